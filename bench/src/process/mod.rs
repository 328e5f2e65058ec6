//! Processes: handing jobs to other processes and taking their answers.
//!
//! A table lists its rows: what the system itself takes for it, ours and the peers, each used as its users would use it, all
//! with two workers. A row starts what it needs when it is made, and its [`Program`] then runs so many items, takes its own
//! time and asserts the answer. `src/bin/processes.rs` has them take turns.
//!
//! The jobs do nothing but answer: a square, or the bytes that they were given.

pub mod limits;
#[allow(unsafe_code)] // memory that two processes share is behind raw pointers
pub mod mapping;
pub mod pools;
pub mod python;

use limits::{Futex, Pipe, SharedMemory, Socket};
use pools::{Ours, Procspawn};
use std::time::Duration;

/// Runs so many items; how long they took.
pub type Program = Box<dyn FnMut(u64) -> Duration>;

/// Its name, and what makes its program: none if the peer is not on this machine, which has been said.
pub type Row = (&'static str, fn() -> Option<Program>);

/// Rows that do the same.
pub struct Table {
    pub name: &'static str,
    pub rows: &'static [Row],
    /// In one round.
    pub items: u64,
    /// As many as keep the table below half a minute.
    pub rounds: u32,
}

pub const WORKERS: usize = 2;
const ONE_MB: usize = 1 << 20;
const HUNDRED_MB: usize = 100 << 20;

pub const TABLES: &[Table] = &[
    // One task at a time: its answer is taken before the next is submitted.
    Table {
        name: "round_trip",
        rows: &[
            ("socket", limits::round_trip::<Socket>),
            ("pipe", limits::round_trip::<Pipe>),
            ("futex", limits::round_trip::<Futex>),
            ("ours", pools::round_trip::<Ours>),
            ("procspawn", pools::round_trip::<Procspawn>),
            ("python", || python::row("python", "round_trip")),
            ("loky", || python::row("loky", "round_trip")),
        ],
        items: 200,
        rounds: 51,
    },
    // Many tasks, one by one, and then their answers.
    Table {
        name: "submit",
        rows: &[
            ("ours", pools::submit::<Ours>),
            ("procspawn", pools::submit::<Procspawn>),
            ("python", || python::row("python", "submit")),
            ("loky", || python::row("loky", "submit")),
        ],
        items: 2000,
        rounds: 15,
    },
    // Many tasks by one call. Python's is told how many to send at once, as its manual advises.
    Table {
        name: "map",
        rows: &[
            ("ours", pools::map_ours),
            ("python", || python::row("python", "map")),
            ("loky", || python::row("loky", "map")),
        ],
        items: 200_000,
        rounds: 15,
    },
    // Bytes there and back.
    Table {
        name: "echo1mb",
        rows: &[
            ("socket", limits::echo::<Socket, ONE_MB>),
            ("reused_memory", limits::echo::<SharedMemory<false>, ONE_MB>),
            ("reused_memory_owned", limits::echo::<SharedMemory<true>, ONE_MB>),
            ("ours", pools::echo::<Ours, ONE_MB>),
            ("procspawn", pools::echo::<Procspawn, ONE_MB>),
            ("python", || python::row("python", "echo1mb")),
            ("loky", || python::row("loky", "echo1mb")),
        ],
        items: 10,
        rounds: 51,
    },
    Table {
        name: "echo100mb",
        rows: &[
            ("socket", limits::echo::<Socket, HUNDRED_MB>),
            ("reused_memory", limits::echo::<SharedMemory<false>, HUNDRED_MB>),
            ("reused_memory_owned", limits::echo::<SharedMemory<true>, HUNDRED_MB>),
            ("ours", pools::echo::<Ours, HUNDRED_MB>),
            ("procspawn", pools::echo::<Procspawn, HUNDRED_MB>),
            ("python", || python::row("python", "echo100mb")),
            ("loky", || python::row("loky", "echo100mb")),
        ],
        items: 1,
        rounds: 5,
    },
    // From nothing to the first answer; the end of the pool is not in it.
    Table {
        name: "first_result",
        rows: &[
            ("spawn", limits::first_result),
            ("ours", pools::first_result::<Ours>),
            ("procspawn", pools::first_result::<Procspawn>),
            ("python", || python::row("python", "first_result")),
            ("loky", || python::row("loky", "first_result")),
        ],
        items: 1,
        rounds: 31,
    },
];

#[tarae::remote]
fn square(x: u64) -> u64 {
    x * x
}

/// What [`square`] answers for `0..n`, summed.
fn sum_of_squares(n: u64) -> u64 {
    (0..n).map(square).sum()
}

/// Bytes of which an earlier round's are no echo.
struct Echoes {
    len: usize,
    rounds: u64,
}

impl Echoes {
    fn of(len: usize) -> Self {
        Echoes { len, rounds: 0 }
    }

    fn next(&mut self) -> Vec<u8> {
        self.rounds += 1;
        let mut bytes = vec![7; self.len];
        let stamp = self.rounds.to_le_bytes();
        bytes[..stamp.len()].copy_from_slice(&stamp);
        bytes[self.len - stamp.len()..].copy_from_slice(&stamp);
        bytes
    }
}
