//! A pool of processes behind the interface of all executors.
//!
//! ```text
//!  this process                                          a worker: the same program, started again
//!  ────────────                                          ─────────────────────────────────────────
//!  submit ─▶ packed ─▶ queue ─▶ seat ══ ring ═══════════▶ decoded ─▶ runs ─▶ encoded
//!                        ▲        │  page: how far it is ◀──┘                   │
//!   not begun when its   │        ▼                                             │
//!   worker died ─────────┘     keeper ◀══ ring ═════════════════════════════════╛
//!                                 │
//!  result() ◀── task settled ◀────┘      socket: doorbell, files for what is big, and the end
//! ```
//!
//! - `pool.rs`, `builder.rs`: what users hold.
//! - `away.rs`: a task whose job is away.
//! - `shared.rs`: the queue, and who has what: `seat.rs`, `dispatch.rs`, `stop.rs`, `deaths.rs`, `ending.rs`.
//! - `keeper.rs`: a worker's thread on this side, `bury.rs`: the last that it does; `link.rs`: its process; `start.rs`: how that
//!   begins; `output.rs`: what it prints.
//! - `wire/`: what goes between the two.
//! - `worker/`: the other side.
//! - `hostile.rs`: what must hold whatever the other side sends, for fuzzers and tests.

mod away;
mod builder;
mod bury;
mod deaths;
mod dispatch;
mod ending;
#[cfg(any(test, fuzzing))]
#[allow(unreachable_pub, reason = "the fuzzers', and private where there are none")]
pub mod hostile;
mod keeper;
mod link;
mod output;
mod pool;
mod seat;
mod shared;
mod start;
mod stop;
mod wire;
mod worker;

pub use crate::task::{Exit, Phase, WorkerDeath};
pub use builder::{ProcessPoolBuilder, StartError};
pub use output::Output;
pub use pool::ProcessPool;
pub use worker::init::init;
