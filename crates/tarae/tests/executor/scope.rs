//! `scope`: jobs that borrow, and are over when it returns. Long, since a job can be run by the pool, by its handle and by
//! who waits for the end, and stopped from four sides.

use crate::support::{Count, Gate, hold, watched};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;
use tarae::executor::Scope;
use tarae::prelude::*;
use tarae::task::ErrorKind;

#[test]
fn jobs_borrow_and_change_what_is_outside() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let text = [String::from("a b"), String::from("c"), String::from("d e f")];
        let mut counts = [0; 3];
        let total = pool.scope(|s| {
            for (line, count) in text.iter().zip(&mut counts) {
                s.submit(move || *count = line.split(' ').count());
            }
            s.submit(|| text.len()).result().unwrap()
        });
        assert_eq!((total, counts), (3, [2, 1, 3]));
    });
}

#[test]
fn all_are_over_when_it_returns() {
    let (rounds, jobs) = if cfg!(miri) { (2, 5) } else { (200, 50) };
    watched(move || {
        for workers in 1..=3 {
            let pool = ThreadPool::new(workers).unwrap();
            for _ in 0..rounds {
                let done = AtomicUsize::new(0);
                pool.scope(|s| {
                    for _ in 0..jobs {
                        s.submit(|| {
                            s.submit(|| done.fetch_add(1, Ordering::Relaxed)).detach();
                            done.fetch_add(1, Ordering::Relaxed)
                        });
                    }
                });
                assert_eq!(done.into_inner(), 2 * jobs);
            }
        }
    });
}

#[test]
fn a_thread_that_is_no_worker_sleeps_and_runs_nothing() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let here = std::thread::current().id();
        let elsewhere = AtomicUsize::new(0);
        pool.scope(|s| {
            for _ in 0..20 {
                s.submit(|| {
                    elsewhere.fetch_add(usize::from(std::thread::current().id() != here), Ordering::Relaxed)
                });
            }
        });
        assert_eq!(elsewhere.into_inner(), 20);
    });
}

fn fib(pool: &ThreadPool, n: u64) -> u64 {
    if n < 2 {
        return n;
    }
    let mut first = 0;
    let second = pool.scope(|s| {
        s.submit(|| first = fib(pool, n - 1));
        fib(pool, n - 2)
    });
    first + second
}

#[test]
fn scopes_in_scopes_come_to_an_end() {
    let n = if cfg!(miri) { 6 } else { 16 };
    watched(move || {
        for workers in 1..=3 {
            let pool = ThreadPool::new(workers).unwrap();
            let expected = if cfg!(miri) { 8 } else { 987 };
            assert_eq!(fib(&pool, n), expected);
            let inside = pool.scope(|s| s.submit(|| fib(&pool, n)).result().unwrap());
            assert_eq!(inside, expected);
        }
    });
}

/// The waiting worker is the only one: what it does not run nobody runs.
#[test]
fn a_worker_that_waits_for_the_end_runs_the_scopes_own_jobs_and_nothing_else() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let order = Arc::new(Mutex::new(Vec::new()));
        let (inner, log) = (pool.clone(), order.clone());
        let (begun, strangers) = (Gate::default(), Gate::default());
        let (begins, come) = (begun.clone(), strangers.clone());
        let task = pool.submit(move || {
            begins.open();
            come.pass();
            let lock = Mutex::new(());
            let held = lock.lock().unwrap();
            inner.scope(|s| {
                for n in 0..5 {
                    let log = &log;
                    s.submit(move || log.lock().unwrap().push(n));
                }
            });
            drop(held);
        });
        begun.pass();
        let log = order.clone();
        let stranger = pool.submit(move || log.lock().unwrap().push(100));
        strangers.open();
        task.result().unwrap();
        stranger.result().unwrap();
        assert_eq!(*order.lock().unwrap(), [0, 1, 2, 3, 4, 100]);
    });
}

/// Each pool's one worker waits for a scope on the other.
#[test]
fn two_pools_do_not_wait_for_each_other() {
    watched(|| {
        let (one, other) = (ThreadPool::new(1).unwrap(), ThreadPool::new(1).unwrap());
        let sum = AtomicUsize::new(0);
        one.scope(|s| {
            s.submit(|| {
                other.scope(|s| {
                    s.submit(|| {
                        one.scope(|s| {
                            s.submit(|| sum.fetch_add(1, Ordering::Relaxed));
                        });
                    });
                });
            });
        });
        assert_eq!(sum.into_inner(), 1);
    });
}

/// While the waiting worker sleeps, a job of the scope that runs elsewhere submits another one and waits for it by other
/// means than its task.
#[test]
fn what_is_submitted_while_it_waits_is_run_by_who_waits() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(2).unwrap());
        let inner = pool.clone();
        let task = pool.submit(move || {
            let (begun, done) = (Gate::default(), Gate::default());
            inner.scope(|s| {
                s.submit(|| {
                    begun.open();
                    s.submit(|| done.open());
                    done.pass();
                });
                begun.pass(); // by the other worker
            });
        });
        task.result().unwrap();
    });
}

#[test]
fn a_job_that_submits_and_waits_needs_no_other_thread() {
    let rounds = if cfg!(miri) { 10 } else { 2_000 };
    watched(move || {
        let pool = ThreadPool::new(1).unwrap();
        let sum = pool.scope(|s| {
            let task = s.submit(|| (0..rounds).map(|n| s.submit(move || n).result().unwrap()).sum::<usize>());
            task.result().unwrap()
        });
        assert_eq!(sum, rounds * (rounds - 1) / 2);
    });
}

#[test]
fn par_map_and_the_tools_for_tasks_work_on_a_scope() {
    let n = if cfg!(miri) { 30 } else { 1_000 };
    watched(move || {
        let pool = ThreadPool::new(2).unwrap();
        let numbers: Vec<u64> = (0..n).collect();
        let factor = 3;
        let sum = pool.scope(|s| {
            let sum: u64 = numbers.iter().par_map(s, |n| n * factor).sum();
            let tasks = numbers.chunks(100).map(|chunk| s.submit(move || chunk.iter().sum::<u64>()));
            let parts: u64 = as_completed(tasks).map(|task| task.result().unwrap()).sum();
            let lent = s.submit(|| &numbers).shared();
            assert_eq!(lent.result().unwrap().len(), numbers.len());
            let waited = wait([s.submit(|| numbers.len())], None, Wait::All);
            assert_eq!(waited.done.len(), 1);
            assert_eq!(sum, parts * factor);
            sum
        });
        assert_eq!(sum, factor * (n - 1) * n / 2);
    });
}

#[test]
fn a_scope_is_an_executor_like_others() {
    fn lengths<'a, E, F>(executor: &E, words: &[&'a str], length: fn(&'a str) -> F) -> Vec<usize>
    where
        E: Executor<F>,
        F: FnOnce() -> usize + Send,
    {
        let tasks: Vec<_> = words.iter().map(|word| executor.submit(length(word))).collect();
        tasks.into_iter().map(|task| task.result().unwrap()).collect()
    }
    fn length(word: &str) -> impl FnOnce() -> usize + Send {
        move || word.len()
    }
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let text = String::from("one three");
        let words: Vec<&str> = text.split(' ').collect();
        assert_eq!(lengths(&Inline, &words, length), [3, 5]);
        assert_eq!(pool.scope(|s| lengths(s, &words, length)), [3, 5]);
        assert_eq!(pool.scope(|s| lengths(&Arc::new(s), &words, length)), [3, 5]);
        let workers = pool.scope(|s| Executor::<fn()>::parallelism(s).get());
        assert_eq!(workers, 2);
    });
}

#[test]
fn a_task_leaves_the_scope_with_what_it_borrows() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let text = String::from("a b");
        let task: Task<&str> = pool.scope(|s| s.submit(|| text.split(' ').next_back().unwrap()));
        assert!(task.is_finished());
        assert_eq!(task.result().unwrap(), "b");
    });
}

#[test]
fn its_token_cancels_what_waits_and_stops_what_runs_and_what_comes() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let (begun, runs) = (Gate::default(), Count::default());
        pool.scope(|s| {
            let running = s.submit(|| {
                begun.open();
                (0u64..).cancellable(&CancelToken::current()).count()
            });
            let waiting = s.submit(|| runs.add());
            begun.pass();
            s.token().cancel();
            assert!(waiting.result().unwrap_err().is_cancelled());
            assert!(running.result().unwrap_err().is_cancelled());
            assert!(s.submit(|| runs.add()).result().unwrap_err().is_cancelled());
        });
        assert_eq!(runs.get(), 0);
        assert_eq!(pool.scope(|s| s.submit(|| 1).result().unwrap()), 1);
    });
}

/// The one that runs is begun by the handle that waits for it, so the pool's threads know nothing of it.
#[test]
fn its_token_stops_what_a_handle_runs() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let inner = pool.clone();
        let task = pool.submit(move || {
            let begun = Gate::default();
            inner.scope(|s| {
                let other = std::thread::scope(|threads| {
                    let stopper = threads.spawn(|| {
                        begun.pass();
                        s.token().cancel();
                    });
                    let endless = s.submit(|| {
                        begun.open();
                        (0u64..).cancellable(&CancelToken::current()).count()
                    });
                    // Moves it from what waits to what is kept.
                    let result = endless.result();
                    stopper.join().unwrap();
                    result
                });
                other.unwrap_err().is_cancelled()
            })
        });
        assert!(task.result().unwrap());
    });
}

#[test]
fn who_asks_the_job_to_stop_that_opened_it_stops_the_scope() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(2).unwrap());
        let (inner, begun) = (pool.clone(), Gate::default());
        let begins = begun.clone();
        let task = pool.submit(move || {
            inner.scope(|s| {
                s.submit(|| {
                    begins.open();
                    (0u64..).cancellable(&CancelToken::current()).count()
                });
            });
            CancelToken::current().checkpoint()
        });
        begun.pass();
        task.abort();
        assert!(task.result().unwrap_err().is_cancelled());
    });
}

#[test]
fn a_scope_that_is_opened_by_a_job_that_is_to_stop_runs_nothing() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let (inner, begun, go) = (pool.clone(), Gate::default(), Gate::default());
        let (begins, goes) = (begun.clone(), go.clone());
        let task = pool.submit(move || {
            begins.open();
            goes.pass();
            inner.scope(|s| s.submit(|| 1).result().unwrap_err().is_cancelled())
        });
        begun.pass();
        task.abort();
        go.open();
        assert!(task.result().unwrap());
    });
}

#[test]
fn options_count() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let held = hold(&pool, 1);
        let drops = Count::default();
        pool.scope(|s| {
            let captured = drops.on_drop();
            let options = Options::new().name("late").timeout(Duration::ZERO);
            let error = s.submit_with(options, move || drop(captured)).result().unwrap_err();
            assert!(error.is_timed_out());
            assert_eq!(error.task_name(), Some("late"));
            assert!(error.location().file().ends_with("scope.rs"));
            let token = CancelToken::new();
            let task = s.submit_with(Options::new().token(&token), || ());
            token.cancel();
            assert!(task.result().unwrap_err().is_cancelled());
            held.release();
        });
        assert_eq!(drops.get(), 1);
    });
}

/// What it captures is dropped when its turn comes, and in any case before the scope ends.
#[test]
fn a_cancelled_job_is_gone_at_the_end() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let (drops, runs) = (Count::default(), Count::default());
        let held = hold(&pool, 1);
        pool.scope(|s| {
            let (captured, borrowed) = (drops.on_drop(), &runs);
            let task = s.submit(move || {
                let _captured = captured;
                borrowed.add();
            });
            assert!(task.cancel());
            assert!(task.result().unwrap_err().is_cancelled());
            held.release();
        });
        assert_eq!((drops.get(), runs.get()), (1, 0));
    });
}

#[test]
fn after_a_shutdown_all_are_refused() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        pool.shutdown(Shutdown::Finish, None).unwrap();
        let drops = Count::default();
        let error = pool.scope(|s| {
            let captured = drops.on_drop();
            s.submit(move || drop(captured)).result().unwrap_err()
        });
        assert!(matches!(error.kind(), ErrorKind::Rejected));
        assert_eq!(drops.get(), 1);
    });
}

#[test]
fn it_ends_though_the_pool_is_shut_down_meanwhile() {
    watched(|| {
        for how in [Shutdown::Finish, Shutdown::CancelPending, Shutdown::Abort] {
            let pool = ThreadPool::new(1).unwrap();
            let (begun, drops) = (Gate::default(), Count::default());
            let ends: Vec<_> = pool.scope(|s| {
                let first = s.submit(|| {
                    begun.open();
                    let token = CancelToken::current();
                    while !token.is_cancelled() && how == Shutdown::Abort {
                        std::thread::yield_now();
                    }
                    token.checkpoint()
                });
                let captured: Vec<_> = (0..3).map(|_| drops.on_drop()).collect();
                let queued = captured.into_iter().map(|captured| s.submit(move || drop(captured)));
                let queued: Vec<_> = queued.collect();
                begun.pass();
                pool.shutdown(how, None).unwrap();
                let _ = first.result();
                queued.into_iter().map(|task| task.result().is_ok()).collect()
            });
            assert!(how != Shutdown::Finish || ends.iter().all(|ran| *ran));
            assert_eq!(drops.get(), 3);
        }
    });
}

#[test]
fn a_pool_whose_initializer_failed_says_so() {
    watched(|| {
        let pool = ThreadPool::builder().workers(1).initializer(|_| panic!("no")).build().unwrap();
        let drops = Count::default();
        let error = pool.scope(|s| {
            let captured = drops.on_drop();
            s.submit(move || drop(captured)).result().unwrap_err()
        });
        assert!(matches!(error.kind(), ErrorKind::Broken), "{error}");
        assert_eq!(drops.get(), 1);
    });
}

/// A function that is given a scope, as std's are.
#[test]
fn a_scope_is_handed_on() {
    fn sum<'scope>(s: &'scope Scope<'scope, '_>, numbers: &'scope [u64], to: &'scope AtomicUsize) {
        if let [one] = numbers {
            to.fetch_add(*one as usize, Ordering::Relaxed);
            return;
        }
        let (left, right) = numbers.split_at(numbers.len() / 2);
        s.submit(move || sum(s, left, to));
        s.submit(move || sum(s, right, to));
    }
    let n = if cfg!(miri) { 8 } else { 1_000 };
    watched(move || {
        let pool = ThreadPool::new(2).unwrap();
        let numbers: Vec<u64> = (1..=n).collect();
        let total = AtomicUsize::new(0);
        pool.scope(|s| sum(s, &numbers, &total));
        assert_eq!(total.into_inner() as u64, n * (n + 1) / 2);
    });
}
