//! `as_completed`: each task once, in the order they end, and nothing kept.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use crate::support::{self, Count, Shelf, Wakes, hold, poll, watched};
use tarae::prelude::*;
use tarae::task::TimedOut;

fn tasks(shelf: &Shelf, n: usize) -> Vec<(usize, Task<usize>)> {
    (0..n).map(|k| (k, shelf.submit(move || k))).collect()
}

#[test]
fn an_empty_set_has_ended() {
    let mut set = TaskSet::<Task<u32>>::new();
    assert!(set.is_empty());
    assert!(set.next().is_none());
    assert!(set.try_next().is_none());
    assert_eq!(set.next_within(None).map(|task| task.is_none()), Ok(true));
    set.push(Inline.submit(|| 1));
    assert_eq!((set.len(), set.size_hint()), (1, (1, Some(1))));
    assert_eq!(set.next().unwrap().result().unwrap(), 1);
    assert!(set.next().is_none());
}

/// F45, F51: also those that ended between two looks.
#[test]
fn tasks_come_in_the_order_they_end() {
    let shelf = Shelf::default();
    let mut set = as_completed(tasks(&shelf, 5));
    let mut runnables: Vec<_> = (0..5).map(|_| Some(shelf.take())).collect();
    let order = [3, 0, 4, 2, 1];
    for k in order {
        runnables[k].take().unwrap().run();
    }
    let seen: Vec<usize> = set.by_ref().map(|(key, _)| key).collect();
    assert_eq!(seen, order);

    // The same if they are asked for one by one, and some were over before.
    let mut given = tasks(&shelf, 5);
    shelf.run_next();
    let last = given.pop().unwrap();
    let mut set = as_completed(given);
    assert_eq!(set.try_next().map(|(key, _)| key), Some(0));
    assert!(set.try_next().is_none());
    shelf.run_next();
    shelf.run_next();
    set.push(last);
    (0..2).for_each(|_| shelf.run_next());
    assert_eq!(set.map(|(key, _)| key).collect::<Vec<_>>(), [1, 2, 3, 4]);
}

#[test]
fn cancelled_and_failed_ones_come_too() {
    let shelf = Shelf::default();
    let set = as_completed([shelf.submit(|| 1), shelf.submit(|| panic!("two")), shelf.submit(|| 3)]);
    (0..2).for_each(|_| shelf.run_next());
    set.abort_all();
    let states: Vec<_> = set.map(|task| task.state()).collect();
    assert_eq!(states, [TaskState::Finished, TaskState::Finished, TaskState::Cancelled]);
}

#[test]
fn more_can_be_pushed_while_it_is_drained() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let mut set: TaskSet<Task<u32>> = TaskSet::new();
        set.push(pool.submit(|| 1));
        let mut seen = 0;
        while let Some(task) = set.next() {
            let n = task.result().unwrap();
            seen += 1;
            if n < 64 {
                set.extend([2 * n, 2 * n].map(|n| pool.submit(move || n)));
            }
        }
        assert_eq!(seen, 127);
    });
}

#[test]
fn places_are_used_again() {
    let shelf = Shelf::default();
    let mut set = TaskSet::new();
    let rounds = if cfg!(miri) { 10 } else { 10_000 };
    for round in 0..rounds {
        for k in 0..3 {
            set.push((round * 3 + k, shelf.submit(move || k)));
        }
        for _ in 0..if round % 2 == 0 { 2 } else { 4 } {
            shelf.run_next();
            assert!(set.next().is_some());
        }
    }
    assert!(set.is_empty());
}

/// F46, F49: first what is over, then the error with its numbers.
#[test]
fn what_is_over_comes_before_the_limit_does() {
    let shelf = Shelf::default();
    let mut set = as_completed(tasks(&shelf, 4));
    (0..2).for_each(|_| shelf.run_next());
    for limit in [Duration::ZERO, Duration::from_millis(1)] {
        assert_eq!(set.next_within(limit).map(|task| task.map(|(key, _)| key)), Ok(Some(set_key(limit))));
    }
    let error = set.next_within(Duration::ZERO).map(drop_task).unwrap_err();
    assert_eq!(error, TimedOut { unfinished: 2, total: 4 });
    assert_eq!(error.to_string(), "2 (of 4) tasks unfinished when the time was over");
    shelf.run_next();
    assert!(set.next_within(Duration::ZERO).is_ok());
}

/// F46, F49: as items, the error is the last one, and what was late is still there.
#[test]
fn within_a_limit_the_error_is_the_last_item() {
    let shelf = Shelf::default();
    let mut set = as_completed(tasks(&shelf, 4));
    (0..2).for_each(|_| shelf.run_next());
    for limit in [Duration::ZERO, Duration::from_millis(1)] {
        let seen: Vec<_> = set.within(limit).map(|item| item.map(|(key, _)| key)).collect();
        let late = Err(TimedOut { unfinished: 2, total: 4 });
        assert_eq!(seen, if limit.is_zero() { vec![Ok(0), Ok(1), late] } else { vec![late] });
    }
    (0..2).for_each(|_| shelf.run_next());
    let mut rest = set.within(None);
    assert_eq!(rest.by_ref().map(|item| item.unwrap().0).collect::<Vec<_>>(), [2, 3]);
    assert!(rest.next().is_none());
    assert!(set.is_empty());
}

fn set_key(limit: Duration) -> usize {
    usize::from(!limit.is_zero())
}

fn drop_task<T>(_: T) {}

#[test]
fn what_was_not_handed_out_can_be_had_back() {
    let shelf = Shelf::default();
    let mut set = as_completed(tasks(&shelf, 20));
    (0..7).for_each(|_| shelf.run_next());
    (0..3).for_each(|_| drop(set.next()));
    let mut left: Vec<usize> = set.into_pending().into_iter().map(|(key, _)| key).collect();
    left.sort_unstable();
    assert!(left.into_iter().eq(3..20));
    (0..13).for_each(|_| shelf.run_next());
}

/// F50: those that end later find nobody.
#[test]
fn dropped_early_it_takes_itself_off_every_task() {
    let shelf = Shelf::default();
    let given: Vec<_> = (0..10).map(|n| shelf.submit(move || n)).collect();
    let mut set = as_completed(&given);
    (0..4).for_each(|_| shelf.run_next());
    assert!(set.next().is_some());
    drop(set);
    (0..6).for_each(|_| shelf.run_next());
    for (n, task) in given.into_iter().enumerate() {
        assert_eq!(task.result().unwrap(), n);
    }
}

#[test]
fn one_task_can_be_in_two_sets_be_polled_and_be_waited_for() {
    watched(|| {
        let shelf = Shelf::default();
        let (wakes, waker) = Wakes::new();
        let mut task = shelf.submit(|| 1);
        assert!(poll(&mut task, &waker).is_pending());
        let (mut first, second) = (as_completed([&task, &task]), as_completed([&task]));
        let third = as_completed([("key", &task)]);
        let runnable = shelf.take();
        drop(third);
        thread::scope(|scope| {
            scope.spawn(|| assert!(task.wait_within(None)));
            scope.spawn(move || runnable.run());
            assert_eq!(first.by_ref().count(), 2);
            assert_eq!(second.count(), 1);
        });
        drop(first);
        assert_eq!(wakes.get(), 1);
        assert!(poll(&mut task, &waker).is_ready());
    });
}

/// F47. DIFFERENCE: Python yields a future that was given three times once; here each reference comes out.
#[test]
fn a_task_given_three_times_comes_three_times() {
    let task = Inline.submit(|| 1);
    assert_eq!(as_completed([&task, &task, &task]).count(), 3);
}

#[test]
fn a_set_can_be_sent_to_another_thread_between_two_waits() {
    watched(|| {
        let shelf = Shelf::default();
        let mut set = as_completed(tasks(&shelf, 3));
        assert!(set.next_within(Duration::from_millis(1)).is_err()); // registered this thread as the sleeper
        let consumer = thread::spawn(move || set.map(|(key, _)| key).sum::<usize>());
        (0..3).for_each(|_| shelf.run_next());
        assert_eq!(consumer.join().unwrap(), 3);
    });
}

#[test]
fn a_set_made_outside_is_worked_off_by_the_only_worker() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let held = hold(&pool, 1);
        let mut set: TaskSet<Task<u32>> = TaskSet::new();
        // The job that waits for the set stands before what is in it.
        let (send, receive) = std::sync::mpsc::channel::<TaskSet<Task<u32>>>();
        let sum =
            pool.submit(move || receive.recv().unwrap().map(|task| task.result().unwrap()).sum::<u32>());
        set.extend((0..20).map(|n| pool.submit(move || n)));
        send.send(set).unwrap();
        held.release();
        assert_eq!(sum.result().unwrap(), 190);
    });
}

#[test]
fn a_worker_works_off_a_set_that_it_fills_itself() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let inner = pool.clone();
        let count = pool.submit(move || {
            let mut set = TaskSet::new();
            let mut seen = 0;
            for n in 0..if cfg!(miri) { 30 } else { 3_000 } {
                set.push(inner.submit(move || n));
                set.push(Inline.submit(move || n)); // over at once: never waited for
                while set.len() > (n % 40) as usize {
                    assert!(set.next().is_some());
                    seen += 1;
                }
            }
            seen + set.count()
        });
        assert_eq!(count.result().unwrap(), if cfg!(miri) { 60 } else { 6_000 });
    });
}

#[test]
fn a_task_that_has_given_its_answer_away_cannot_be_waited_for() {
    let (_, waker) = Wakes::new();
    let mut taken = Inline.submit(|| 1);
    assert!(poll(&mut taken, &waker).is_ready());
    let drops = Count::default();
    let capture = drops.on_drop();
    let other = Inline.submit(move || capture);
    let waited = catch_unwind(AssertUnwindSafe(|| as_completed([other.on_done(drop), taken.on_done(drop)])));
    assert!(waited.is_err());
    assert_eq!(drops.get(), 1);

    let mut taken = Inline.submit(|| 1);
    assert!(poll(&mut taken, &waker).is_ready());
    let shelf = Shelf::default();
    let pending = shelf.submit(|| 2);
    // The set that holds the first is dropped while that panic goes through.
    let waited = catch_unwind(AssertUnwindSafe(|| wait([pending, taken], None, Wait::All)));
    let said = waited.map(|_| ()).unwrap_err();
    assert!(support::message(&*said).contains("has given its answer away"));
    shelf.run_next();
}

/// F45: each exactly once.
#[test]
fn many_tellers_and_one_consumer_lose_nothing() {
    const EACH: usize = if cfg!(miri) { 5 } else { 5_000 };
    watched(|| {
        let shelf = Shelf::default();
        let mut set = as_completed(tasks(&shelf, 3 * EACH));
        let tellers: Vec<_> = (0..3)
            .map(|_| {
                let mine: Vec<_> = (0..EACH).map(|_| shelf.take()).collect();
                thread::spawn(move || mine.into_iter().for_each(|runnable| runnable.run()))
            })
            .collect();
        let mut seen = vec![false; 3 * EACH];
        for (key, task) in set.by_ref() {
            assert_eq!(task.result().unwrap(), key);
            assert!(!std::mem::replace(&mut seen[key], true));
        }
        assert!(seen.into_iter().all(|seen| seen));
        tellers.into_iter().for_each(|teller| teller.join().unwrap());
    });
}

#[test]
fn sets_dropped_while_their_tasks_end_leave_nothing_behind() {
    const ROUNDS: usize = if cfg!(miri) { 5 } else { 2_000 };
    watched(|| {
        for round in 0..ROUNDS {
            let shelf = Shelf::default();
            let given = tasks(&shelf, 8);
            let runnables: Vec<_> = (0..8).map(|_| shelf.take()).collect();
            let runner = thread::spawn(move || runnables.into_iter().for_each(|runnable| runnable.run()));
            let mut set = as_completed(&given);
            for _ in 0..round % 8 {
                assert!(set.next().is_some());
            }
            if round % 2 == 0 {
                drop(set)
            } else {
                assert_eq!(set.into_pending().len(), 8 - round % 8)
            }
            runner.join().unwrap();
        }
    });
}
