//! Switches: two take turns, and each turn does nothing but give way to the other. What it costs to go from one to the other:
//! generators, futures, threads.
//!
//! A row is a program that makes so many turns and says how many it counted. Rows with threads are timed by the clock on the
//! wall, as all others here: a switch between threads is a sleep and a wake-up of the system's.

use futures::executor::LocalPool;
use futures::task::LocalSpawnExt;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, mpsc};
use std::thread;
use tarae::executor::{Local, yield_now};
use tarae::prelude::*;

/// A row: its name, and what makes so many turns, of two that take turns.
pub type Row = (&'static str, fn(u64) -> u64);

pub const ROWS: &[Row] = &[
    ("generators_by_hand", generators),
    ("local", local),
    ("futures_local_pool", local_pool),
    ("tokio_current_thread", tokio_current_thread),
    ("pool_of_one_worker", pool),
    ("threads_park", threads_park),
    ("threads_channel", threads_channel),
];

fn generators(turns: u64) -> u64 {
    let make = || {
        generator!({
            for _ in 0..turns / 2 {
                yield 1;
            }
        })
        .boxed()
    };
    let (mut a, mut b) = (make(), make());
    let mut counted = 0;
    while let (Some(x), Some(y)) = (a.next(), b.next()) {
        counted += x + y;
    }
    counted
}

fn local(turns: u64) -> u64 {
    let counted = Cell::new(0);
    let local = Local::new();
    for _ in 0..2 {
        local.spawn(async {
            for _ in 0..turns / 2 {
                counted.set(counted.get() + 1);
                yield_now().await;
            }
        });
    }
    local.run();
    drop(local);
    counted.get()
}

fn local_pool(turns: u64) -> u64 {
    let counted = Rc::new(Cell::new(0));
    let mut pool = LocalPool::new();
    for _ in 0..2 {
        let counted = counted.clone();
        let turn = async move {
            for _ in 0..turns / 2 {
                counted.set(counted.get() + 1);
                yield_now().await;
            }
        };
        pool.spawner().spawn_local(turn).expect("the pool is there");
    }
    pool.run();
    counted.get()
}

fn tokio_current_thread(turns: u64) -> u64 {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let counted = Arc::new(AtomicU64::new(0));
    let tasks = [(); 2].map(|()| runtime.spawn(count(counted.clone(), turns / 2)));
    runtime.block_on(async {
        for task in tasks {
            task.await.expect("no panic");
        }
    });
    counted.load(Ordering::Relaxed)
}

fn pool(turns: u64) -> u64 {
    let pool = ThreadPool::new(1).expect("a thread");
    let counted = Arc::new(AtomicU64::new(0));
    let tasks = [(); 2].map(|()| pool.spawn(count(counted.clone(), turns / 2)));
    for task in tasks {
        task.result().expect("no panic");
    }
    counted.load(Ordering::Relaxed)
}

async fn count(counted: Arc<AtomicU64>, turns: u64) {
    for _ in 0..turns {
        // One thread: no need for a read-modify-write.
        counted.store(counted.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
        yield_now().await;
    }
}

/// Whose turn it is stands in one word; who has had it wakes the other and sleeps.
fn threads_park(turns: u64) -> u64 {
    fn take_turns(word: &AtomicU64, parity: u64, turns: u64, other: &thread::Thread) {
        loop {
            match word.load(Ordering::Acquire) {
                turn if turn >= turns => return other.unpark(),
                turn if turn % 2 == parity => {
                    word.store(turn + 1, Ordering::Release);
                    other.unpark();
                }
                _ => thread::park(),
            }
        }
    }
    let word = Arc::new(AtomicU64::new(0));
    let here = thread::current();
    let other = thread::spawn({
        let word = word.clone();
        move || take_turns(&word, 1, turns, &here)
    });
    take_turns(&word, 0, turns, other.thread());
    other.join().expect("no panic");
    word.load(Ordering::Acquire)
}

fn threads_channel(turns: u64) -> u64 {
    let (to_other, from_here) = mpsc::sync_channel::<u64>(0);
    let (to_here, from_other) = mpsc::sync_channel::<u64>(0);
    let other = thread::spawn(move || {
        for turn in from_here {
            to_here.send(turn + 1).expect("the other is there");
        }
    });
    let mut turn = 0;
    while turn < turns {
        to_other.send(turn + 1).expect("the other is there");
        turn = from_other.recv().expect("the other is there");
    }
    drop(to_other);
    other.join().expect("no panic");
    turn
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_rows_take_as_many_turns() {
        for (row, program) in ROWS {
            assert_eq!(program(100), 100, "{row}");
        }
    }
}
