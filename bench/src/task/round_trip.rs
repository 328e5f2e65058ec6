//! One task at a time: its answer is taken before the next is submitted.

use super::pools::{Channel, FuturesPool, Ours, Pool, Rayon, TokioBlocking, TokioSpawn};
use super::{Program, Rows};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;

pub const ROWS: Rows = &[
    ("hand_park", hand_park),
    ("ours", program::<Ours>),
    ("rayon", program::<Rayon>),
    ("channel", program::<Channel>),
    ("tokio_spawn", program::<TokioSpawn>),
    ("tokio_blocking", program::<TokioBlocking>),
    ("futures_pool", program::<FuturesPool>),
];

fn program<P: Pool>(workers: usize) -> Program {
    let pool = P::of(workers);
    Box::new(move |tasks| one_by_one(&pool, tasks))
}

#[inline(never)]
fn one_by_one<P: Pool>(pool: &P, tasks: u64) -> u64 {
    (0..tasks).map(|n| pool.result(pool.submit(move || n))).sum()
}

/// What any pool whose threads sleep pays: two threads that park, and a word between them. Whoever finds it is not its
/// turn parks at once.
fn hand_park(_workers: usize) -> Program {
    /// It is the other's turn: nothing to do.
    const IDLE: u64 = u64::MAX;
    /// The other is to leave.
    const END: u64 = u64::MAX - 1;
    struct Hands {
        question: AtomicU64,
        answer: AtomicU64,
    }
    struct Other(Arc<Hands>, Option<thread::JoinHandle<()>>);
    impl Drop for Other {
        fn drop(&mut self) {
            self.0.question.store(END, Ordering::Release);
            if let Some(other) = self.1.take() {
                other.thread().unpark();
                other.join().unwrap();
            }
        }
    }

    let hands = Arc::new(Hands { question: AtomicU64::new(IDLE), answer: AtomicU64::new(IDLE) });
    let asker = Arc::new(std::sync::Mutex::new(thread::current()));
    let other = thread::spawn({
        let (hands, asker) = (hands.clone(), asker.clone());
        move || {
            loop {
                match hands.question.swap(IDLE, Ordering::AcqRel) {
                    IDLE => thread::park(),
                    END => break,
                    n => {
                        hands.answer.store(n, Ordering::Release);
                        asker.lock().unwrap().unpark();
                    }
                }
            }
        }
    });
    let other = Other(hands, Some(other));
    Box::new(move |tasks| {
        *asker.lock().unwrap() = thread::current();
        let ask = |n| {
            other.0.question.store(n, Ordering::Release);
            other.1.as_ref().expect("joined when it is dropped").thread().unpark();
            loop {
                match other.0.answer.swap(IDLE, Ordering::AcqRel) {
                    IDLE => thread::park(),
                    n => return n,
                }
            }
        };
        (0..tasks).map(ask).sum()
    })
}
