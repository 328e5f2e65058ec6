//! `par_map` pulls no more than it may, when it is asked, on the consumer's thread; and it keeps the order.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::thread;

use crate::support::{self, Count, Gate, eventually, watched};
use tarae::prelude::*;

/// F53: as the plain `map`.
#[test]
fn the_order_is_that_of_the_source_whatever_ends_first() {
    watched(|| {
        let pool = ThreadPool::new(3).unwrap();
        let n = if cfg!(miri) { 40u64 } else { 5_000 };
        let work = |n: u64| {
            (0..n.wrapping_mul(7919) % 100).for_each(|k| _ = std::hint::black_box(k));
            n * n
        };
        for batch in [1, 3, 100] {
            assert!((0..n).par_map(&pool, work).batch(batch).eq((0..n).map(work)));
        }
        assert!((0..n).par_map(&pool, work).eq((0..n).map(work)));
        assert!((0..n).par_map(Arc::new(pool), work).eq((0..n).map(work)));
        assert!((0..n).par_map(Inline, work).eq((0..n).map(work)));
    });
}

/// F56. DIFFERENCE: Python's map submits all at once, and runs it though nobody iterates.
#[test]
fn nothing_is_pulled_or_run_before_the_first_next() {
    let (pulled, run) = (Cell::new(0), Count::default());
    let count = run.clone();
    let map = (0..10).inspect(|_| pulled.set(pulled.get() + 1)).par_map(Inline, |n| {
        count.add();
        n
    });
    let mut map = map.buffer(3).batch(2);
    assert_eq!((pulled.get(), run.get()), (0, 0));
    assert_eq!(map.size_hint(), (10, Some(10)));
    assert_eq!(map.next(), Some(0));
    assert!((1..=3).contains(&pulled.get()));
    drop(map);
    assert!(pulled.get() <= 3 && run.get() <= 3);
}

#[test]
fn no_more_is_pulled_than_the_buffer_holds() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        for buffer in [1, 2, 7, 64] {
            for batch in [None, Some(1), Some(3), Some(100)] {
                let (pulled, most) = (Cell::new(0), Cell::new(0));
                let handed_out = Cell::new(0);
                let source = (0u64..).inspect(|_| {
                    pulled.set(pulled.get() + 1);
                    most.set(most.get().max(pulled.get() - handed_out.get()));
                });
                let map = source.par_map(&pool, |n| n).buffer(buffer);
                let mut map = match batch {
                    Some(batch) => map.batch(batch),
                    None => map,
                };
                for n in 0..if cfg!(miri) { 20 } else { 500 } {
                    assert_eq!(map.next(), Some(n));
                    // Counted only now: while `next` pulls, what it is about to give is still in the buffer.
                    handed_out.set(handed_out.get() + 1);
                }
                assert!(most.get() <= buffer, "buffer {buffer}, batch {batch:?}: {}", most.get());
            }
        }
    });
}

#[test]
fn a_source_need_not_be_send_nor_static_and_is_pulled_here() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let here = thread::current().id();
        let words = [String::from("a"), String::from("bb")];
        let shared = Rc::new(RefCell::new(Vec::new()));
        let source = words.iter().map(|word| {
            assert_eq!(thread::current().id(), here);
            shared.borrow_mut().push(word.len());
            word.clone()
        });
        let lengths: Vec<usize> = source.par_map(&pool, |word| word.len()).collect();
        assert_eq!(lengths, [1, 2]);
        assert_eq!(*shared.borrow(), [1, 2]);
        // On the caller's thread even the function and the items may borrow.
        let offset = 10;
        assert!(words.iter().par_map(Inline, |word| word.len() + offset).eq([11, 12]));
    });
}

#[test]
fn an_endless_source_is_cut_short() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        assert_eq!((1u64..).par_map(&pool, |n| n * n).find(|n| *n > 50), Some(64));
        assert!((0u64..).par_map(&pool, |n| n).step_by(10).take(3).eq([0, 10, 20]));
    });
}

#[test]
fn size_hint_counts_what_is_in_flight_and_the_end_is_the_end() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let mut map = (0..20).par_map(&pool, |n| n).buffer(5);
        for n in 0..20 {
            assert_eq!(map.size_hint(), (20 - n, Some(20 - n)));
            assert_eq!(map.next(), Some(n));
        }
        for _ in 0..3 {
            assert_eq!(map.size_hint(), (0, Some(0)));
            assert_eq!(map.next(), None);
        }
        // A source that goes on after its end is not asked again.
        let mut answers = [Some(1), None, Some(2)].into_iter();
        let mut map = std::iter::from_fn(move || answers.next().flatten()).par_map(&pool, |n| n);
        assert_eq!((map.next(), map.next(), map.next()), (Some(1), None, None));
        assert_eq!(std::iter::empty::<u32>().par_map(&pool, |n| n).next(), None);
        assert_eq!((0u64..).par_map(&pool, |n| n).size_hint(), (usize::MAX, None));
    });
}

#[test]
fn a_result_that_is_there_is_handed_out_before_the_source_is_asked_again() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let pulled = Cell::new(0);
        // The second item comes when the first has been mapped: the only worker has gone on to another job.
        let source = (0..6).inspect(|n| {
            pulled.set(pulled.get() + 1);
            if n % 2 == 1 {
                pool.submit(|| ()).result().unwrap();
            }
        });
        let mut map = source.par_map(&pool, |n| n).batch(2);
        assert_eq!(map.next(), Some(0));
        let first = pulled.get();
        assert!(first <= 4, "the first batch was there when the fourth item was: {first}");
        assert!(map.eq(1..6));

        // Where a result is there at once, one item is pulled for each.
        let pulled = Cell::new(0);
        let mut map = (0..6).inspect(|_| pulled.set(pulled.get() + 1)).par_map(Inline, |n| n).batch(1);
        for n in 0..6 {
            assert_eq!((map.next(), pulled.get()), (Some(n), n + 1));
        }
    });
}

#[test]
fn a_full_buffer_is_worked_off_without_a_look_at_the_source() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let (send, items) = channel();
        // One item at a time: the next is sent only after the answer to the one before.
        let mut map = items.into_iter().par_map(&pool, |n: u32| n + 1).buffer(1);
        for n in 0..if cfg!(miri) { 5 } else { 200 } {
            send.send(n).unwrap();
            assert_eq!(map.next(), Some(n + 1));
        }
        drop(send);
        assert_eq!(map.next(), None);
    });
}

#[test]
fn every_worker_gets_a_share_of_a_small_buffer() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let (gate, running) = (Gate::default(), Count::default());
        let (passed, count) = (gate.clone(), running.clone());
        let mut map = (0..6)
            .par_map(&pool, move |n| {
                count.add();
                if n < 2 {
                    passed.pass();
                }
                n
            })
            .buffer(6);
        let opener = thread::spawn(move || {
            eventually("both workers", || running.get() >= 2);
            gate.open();
        });
        assert_eq!(map.next(), Some(0));
        opener.join().unwrap();
        assert!(map.eq(1..6));
    });
}

#[test]
fn a_buffer_or_batch_of_none_is_refused_at_the_call() {
    let map = || (0..3).par_map(Inline, |n| n);
    for (call, said) in [
        (catch_unwind(AssertUnwindSafe(|| drop(map().buffer(0)))), "a buffer of 0 items hands nothing out"),
        (catch_unwind(AssertUnwindSafe(|| drop(map().batch(0)))), "a batch of 0 items maps nothing"),
    ] {
        assert!(support::message(&*call.unwrap_err()).contains(said));
    }
}
