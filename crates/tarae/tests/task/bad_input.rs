//! What is wrong, odd or too late: an error or a plain answer, never a hang and never undefined.

use std::cell::RefCell;
use std::sync::mpsc::channel;
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;

use crate::support::{Count, eventually, hold, watched};
use tarae::executor::BuildError;
use tarae::prelude::*;

/// F58: it says so.
#[test]
fn a_pool_of_no_workers_is_an_error() {
    let error = ThreadPool::new(0).unwrap_err();
    assert!(matches!(error, BuildError::NoWorkers));
    assert_eq!(error.to_string(), "a pool of 0 workers would never run anything: give it at least 1");
    assert!(ThreadPool::builder().workers(0).build().is_err());
}

/// F62: it is said where the pool is made.
#[test]
#[cfg_attr(miri, ignore = "Miri starts threads of any size")]
fn a_pool_whose_threads_cannot_be_started_is_an_error() {
    let error = ThreadPool::builder().workers(2).stack_size(usize::MAX / 4).build().unwrap_err();
    assert!(matches!(error, BuildError::Spawn { worker: 0, .. }), "{error}");
    assert!(std::error::Error::source(&error).is_some());
}

#[test]
fn a_pool_that_was_never_used_ends() {
    watched(|| {
        for workers in [1, 3] {
            drop(ThreadPool::new(workers).unwrap());
        }
    });
}

/// F61: the work is done, and nobody waits for himself.
#[test]
fn a_pool_that_its_own_job_drops_ends_by_itself() {
    watched(|| {
        let runs = Count::default();
        for _ in 0..if cfg!(miri) { 2 } else { 100 } {
            let pool = Arc::new(ThreadPool::new(2).unwrap());
            let (send, receive) = channel::<Arc<ThreadPool>>();
            let count = runs.clone();
            let task = pool.submit(move || {
                let pool = receive.recv().unwrap();
                let queued = count.clone();
                pool.submit(move || queued.add()).detach();
                drop(pool); // the last one
                count.add();
            });
            send.send(pool).unwrap();
            task.result().unwrap();
        }
        runs.reaches(if cfg!(miri) { 4 } else { 200 });
    });
}

#[test]
fn a_job_that_submits_while_its_pool_is_dropped_is_served() {
    static POOL: OnceLock<ThreadPool> = OnceLock::new();
    watched(|| {
        // A pool that is never dropped, and one that is while its jobs use the other.
        let pool = POOL.get_or_init(|| ThreadPool::new(1).unwrap());
        let other = ThreadPool::new(1).unwrap();
        let runs = Count::default();
        let held = hold(&other, 1);
        for _ in 0..10 {
            let count = runs.clone();
            other.submit(move || pool.submit(move || count.add()).result().unwrap()).detach();
        }
        drop(held);
        drop(other);
        assert_eq!(runs.get(), 10);
    });
}

#[test]
fn a_task_that_waits_for_itself_with_a_limit_gets_none() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let (send, receive) = channel::<Task<()>>();
        let (tell, told) = channel();
        let task = pool.submit(move || {
            let own = receive.recv().unwrap();
            let pending = wait([&own], Duration::from_millis(1), Wait::All).pending.len();
            let unfinished = as_completed([&own]).next_within(Duration::ZERO).unwrap_err().unfinished;
            tell.send((own.wait_within(Duration::from_millis(1)), pending, unfinished)).unwrap();
        });
        send.send(task).unwrap();
        assert_eq!(told.recv().unwrap(), (false, 1, 1));
        assert_eq!(pool.submit(|| 1).result().unwrap(), 1);
    });
}

#[test]
fn a_limit_that_has_passed_or_never_comes_is_a_limit() {
    let task = Inline.submit(|| 1);
    assert!(task.wait_within(Duration::MAX));
    assert_eq!(wait([&task], Duration::ZERO, Wait::All).done.len(), 1);
}

#[test]
fn a_thread_that_ends_may_still_submit() {
    struct Last(Arc<ThreadPool>, Count);
    impl Drop for Last {
        fn drop(&mut self) {
            let count = self.1.clone();
            self.0.submit(move || count.add()).detach();
        }
    }
    thread_local! {
        static LAST: RefCell<Option<Last>> = const { RefCell::new(None) };
    }
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let runs = Count::default();
        let (last, count) = (pool.clone(), runs.clone());
        let thread = thread::spawn(move || {
            // In either order of registration: before and after the thread is known to the pool.
            LAST.set(Some(Last(last.clone(), count)));
            last.submit(|| ()).result().unwrap();
        });
        thread.join().unwrap();
        runs.reaches(1);
        // A worker that ends, too.
        let (last, count) = (pool.clone(), runs.clone());
        let other = ThreadPool::new(1).unwrap();
        other.submit(move || LAST.set(Some(Last(last, count)))).result().unwrap();
        drop(other);
        runs.reaches(2);
    });
}

#[test]
fn a_worker_may_own_the_pool_that_it_leaves_last() {
    thread_local! {
        static POOL: RefCell<Option<Arc<ThreadPool>>> = const { RefCell::new(None) };
    }
    watched(|| {
        let ended = Count::default();
        let drops = ended.on_drop();
        let inner = ThreadPool::new(1).unwrap();
        inner.submit(move || drop(drops)).detach();
        let outer = ThreadPool::new(1).unwrap();
        outer.submit(move || POOL.set(Some(Arc::new(inner)))).result().unwrap();
        drop(outer); // its worker's thread drops the inner one when it ends
        eventually("the inner pool to end", || ended.get() == 1);
    });
}
