//! Attacks on `scope`: whatever is forgotten, dropped, carried away, cancelled or panics, no job and no value of one touches
//! what it borrows after the scope has ended. Miri sees what does. Long, since each is a way of its own.

use crate::support::{self, Bomb, Count, Gate, Wakes, hold, keep, message, poll, watched};
use std::panic::{AssertUnwindSafe, catch_unwind, panic_any};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, Once};
use std::thread;
use std::time::Duration;
use tarae::executor::Ticket;
use tarae::prelude::*;
use tarae::task::set_failure_hook;

/// Borrows, and looks at what it borrows when it is dropped.
struct Looks<'a>(&'a Mutex<Vec<u8>>);

impl Drop for Looks<'_> {
    fn drop(&mut self) {
        self.0.lock().unwrap().push(1);
    }
}

/// Calls `f` with a place that is gone right after; how often a `Looks` looked at it before that.
fn with_place(f: impl FnOnce(&Mutex<Vec<u8>>)) -> usize {
    let place = Box::new(Mutex::new(Vec::new()));
    f(&place);
    place.into_inner().unwrap().len()
}

/// What the hook was told, of all tests here.
static SAID: Mutex<Vec<String>> = Mutex::new(Vec::new());

fn listen() {
    static SET: Once = Once::new();
    SET.call_once(|| set_failure_hook(|error| SAID.lock().unwrap().push(error.to_string())));
}

fn was_said(name: &str) -> usize {
    SAID.lock().unwrap().iter().filter(|said| said.contains(&format!("{name:?}"))).count()
}

fn named(name: &'static str) -> Options {
    Options::new().name(name)
}

#[test]
fn forgotten_tasks_are_waited_for() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let looks = with_place(|place| {
            pool.scope(|s| {
                for _ in 0..5 {
                    let captured = Looks(place);
                    let task = s.submit(move || {
                        let _captured = captured;
                    });
                    keep_here(task);
                }
            });
        });
        assert_eq!(looks, 5);
    });
}

/// A leak, as Miri is told to allow: the type is not `'static`.
fn keep_here<T>(value: T) {
    std::mem::forget(value);
}

#[test]
fn forgotten_maps_and_sets_are_waited_for() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let calls = AtomicUsize::new(0);
        let items: Vec<usize> = (0..20).collect();
        pool.scope(|s| {
            let mut map = items.iter().par_map(s, |n| calls.fetch_add(*n, Ordering::Relaxed)).batch(1);
            map.next();
            keep_here(map);
            keep_here(as_completed(items.iter().take(5).map(|n| s.submit(move || calls_of(*n)))));
            keep_here(s.submit(|| items.len()).shared());
            keep_here(s.token().clone());
        });
        drop(items);
        calls.into_inner();
    });
}

fn calls_of(n: usize) -> usize {
    n
}

/// The value is dropped by whoever ends the task, if its handle has gone.
#[test]
fn a_value_that_nobody_takes_is_dropped_before_the_end() {
    for when in 0..3 {
        watched(move || {
            let pool = ThreadPool::new(1).unwrap();
            let looks = with_place(|place| {
                pool.scope(|s| {
                    let (begun, go) = (Gate::default(), Gate::default());
                    let (begins, goes) = (begun.clone(), go.clone());
                    let task = s.submit(move || {
                        begins.open();
                        goes.pass();
                        Looks(place)
                    });
                    match when {
                        0 => drop(task), // perhaps before it has begun
                        1 => {
                            begun.pass();
                            drop(task);
                        }
                        _ => {
                            go.open();
                            assert!(task.wait_within(support::PATIENCE));
                            drop(task);
                        }
                    }
                    go.open();
                });
            });
            assert_eq!(looks, 1);
        });
    }
}

/// The type of the handle does not mention what the job borrows: it goes to a thread that outlives the scope.
#[test]
fn a_handle_on_another_thread_cancels_or_runs_it_while_the_scope_ends() {
    let rounds = if cfg!(miri) { 3 } else { 500 };
    watched(move || {
        let pool = ThreadPool::new(1).unwrap();
        let other = Arc::new(ThreadPool::new(1).unwrap());
        for round in 0..rounds {
            for way in 0..4 {
                let mut far: Option<Task<()>> = None;
                let looks = with_place(|place| {
                    pool.scope(|s| {
                        let captured = Looks(place);
                        let task: Task<usize> = s.submit(move || {
                            let _captured = &captured;
                            captured.0.lock().unwrap().len()
                        });
                        far = Some(other.submit(move || match way {
                            0 => drop(task.cancel()),
                            1 => task.abort(),
                            2 => assert!(task.result().is_ok_and(|n| n == 0)), // runs it, if nobody has
                            _ => drop(task),
                        }));
                        if round % 2 == 0 {
                            thread::yield_now();
                        }
                    });
                });
                assert_eq!(looks, 1);
                far.unwrap().result().unwrap();
            }
        }
    });
}

/// The pool's one worker is held, so whoever waits on the other pool runs the job; the scope knows only from the task.
#[test]
fn a_job_that_a_far_handle_runs_is_waited_for() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let other = Arc::new(ThreadPool::new(1).unwrap());
        let held = Mutex::new(Some(hold(&pool, 1)));
        let looks = with_place(|place| {
            pool.scope(|s| {
                let (begun, go) = (Gate::default(), Gate::default());
                let (begins, goes, captured) = (begun.clone(), go.clone(), Looks(place));
                let task: Task<u8> = s.submit(move || {
                    begins.open();
                    goes.pass();
                    drop(captured);
                    // From here nobody but the pool's worker can run it.
                    s.submit(move || drop(Looks(place)));
                    7
                });
                other.submit(move || assert_eq!(task.result().unwrap(), 7)).detach();
                begun.pass();
                held.lock().unwrap().take().unwrap().release(); // its errand comes, and finds nothing to begin
                go.open();
            });
        });
        assert_eq!(looks, 2);
    });
}

#[test]
fn a_ticket_that_is_forgotten_lets_nobody_at_its_job() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let task: Task<usize> = {
            let text = String::from("short-lived");
            let (ticket, task) = Ticket::new(Options::new(), || text.len());
            std::mem::forget(ticket);
            task
        };
        let task = pool.submit(move || task.result_within(Duration::from_millis(1)).unwrap_err());
        let task = task.result().unwrap();
        assert!(task.cancel());
        assert!(task.result().unwrap_err().is_cancelled());
    });
}

#[test]
fn a_ticket_is_executed_while_its_handle_is_elsewhere() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let other = ThreadPool::new(1).unwrap();
        let looks = with_place(|place| {
            let captured = Looks(place);
            let (ticket, task) = Ticket::new(Options::new(), move || drop(captured));
            let far = other.submit(move || task.result());
            pool.scope(|s| s.execute(ticket));
            far.result().unwrap().unwrap();
        });
        assert_eq!(looks, 1);
    });
}

#[test]
fn when_the_function_panics_all_are_over_before_its_panic_goes_on() {
    watched(|| {
        listen();
        let pool = ThreadPool::new(2).unwrap();
        let looks = with_place(|place| {
            let (begun, runs) = (Gate::default(), Count::default());
            let panic = catch_unwind(AssertUnwindSafe(|| {
                pool.scope(|s| {
                    let captured = Looks(place);
                    let _task = s.submit(|| {
                        begun.open();
                        let _captured = captured;
                        runs.add();
                    });
                    s.submit_with(named("beside a panic"), || panic!("a job")).detach();
                    begun.pass();
                    panic!("the function");
                })
            }));
            assert_eq!(message(&*panic.unwrap_err()), "the function");
            assert_eq!(runs.get(), 1);
        });
        assert_eq!(looks, 1);
        assert_eq!(was_said("beside a panic"), 1);
    });
}

#[test]
fn an_early_return_waits_as_well() {
    fn leaves(pool: &ThreadPool, place: &Mutex<Vec<u8>>) -> Result<(), std::num::ParseIntError> {
        pool.scope(|s| {
            let captured = Looks(place);
            s.submit(move || drop(captured)).detach();
            "no number".parse::<u8>()?;
            unreachable!()
        })
    }
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        assert_eq!(with_place(|place| assert!(leaves(&pool, place).is_err())), 1);
    });
}

/// Whether the handle goes before the job panics or after it makes no difference.
#[test]
fn a_panic_whose_handle_was_dropped_comes_out_once() {
    watched(|| {
        listen();
        for workers in 1..=2 {
            let pool = ThreadPool::new(workers).unwrap();
            for late in [false, true] {
                let others = Count::default();
                let panic = catch_unwind(AssertUnwindSafe(|| {
                    pool.scope(|s| {
                        let task = s.submit_with(named("comes out"), || panic_any(7));
                        if late {
                            assert!(task.wait_within(support::PATIENCE));
                        }
                        drop(task);
                        for _ in 0..5 {
                            s.submit(|| others.add()).detach();
                        }
                    });
                }));
                assert_eq!(panic.unwrap_err().downcast_ref(), Some(&7));
                assert_eq!(others.get(), 5); // the others ran
            }
        }
        assert_eq!(was_said("comes out"), 0);
    });
}

#[test]
fn of_several_panics_one_comes_out_and_the_others_are_said() {
    watched(|| {
        listen();
        let pool = ThreadPool::new(1).unwrap();
        let panic = catch_unwind(AssertUnwindSafe(|| {
            pool.scope(|s| {
                for n in 0..5 {
                    s.submit_with(named("of several"), move || panic!("number {n}")).detach();
                }
            });
        }));
        assert_eq!(message(&*panic.unwrap_err()), "number 0");
        assert_eq!(was_said("of several"), 4);
    });
}

#[test]
fn a_panic_that_was_looked_at_does_not_come_out() {
    watched(|| {
        listen();
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let panics = || -> u8 { panic!("looked at") };
        pool.scope(|s| {
            assert!(s.submit_with(named("looked at"), panics).result().unwrap_err().is_panic());
            let shared = s.submit_with(named("looked at"), panics).shared();
            assert!(shared.result().unwrap_err().is_panic());
            let mut set = as_completed([s.submit_with(named("looked at"), panics)]);
            assert!(set.next().unwrap().result().unwrap_err().is_panic());
            // On the worker, by the handle itself.
            let far = s.submit(|| s.submit_with(named("looked at"), panics).result().unwrap_err().is_panic());
            assert!(far.result().unwrap());
            let results = [1].iter().par_map(s, |_| panics()).results();
            assert!(results.map(|result| result.unwrap_err().is_panic()).eq([true]));
        });
        assert_eq!(was_said("looked at"), 0);
    });
}

#[test]
fn a_panic_whose_task_leaves_the_scope_is_the_tasks_error() {
    watched(|| {
        listen();
        let pool = ThreadPool::new(1).unwrap();
        let panics = || -> u8 { panic!("carried out") };
        let [looked_at, dropped] =
            pool.scope(|s| [(); 2].map(|()| s.submit_with(named("carried out"), panics)));
        assert!(looked_at.result().unwrap_err().is_panic());
        assert_eq!(was_said("carried out"), 0);
        drop(dropped);
        assert_eq!(was_said("carried out"), 1);
    });
}

#[test]
fn many_failures_that_were_looked_at_are_not_kept() {
    let n = if cfg!(miri) { 40 } else { 10_000 };
    watched(move || {
        let pool = ThreadPool::new(1).unwrap();
        let failed = pool.scope(|s| {
            let failed = (0..n).filter(|&n| s.submit(move || panic_any(n)).result().is_err()).count();
            let tasks: Vec<_> = (0..n / 10).map(|n| s.submit(move || panic_any(n))).collect();
            failed + tasks.into_iter().filter_map(|task| task.result().err()).count()
        });
        assert_eq!(failed, n + n / 10);
    });
}

#[test]
fn destructors_that_panic_do_no_harm() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let drops = Count::default();
        let ended = catch_unwind(AssertUnwindSafe(|| {
            pool.scope(|s| {
                let held = hold(&pool, 2);
                let bomb = Bomb(drops.clone());
                assert!(s.submit(move || drop(bomb)).cancel()); // dropped unrun
                let bomb = Bomb(drops.clone());
                s.submit(move || std::mem::forget(bomb)).detach();
                let count = &drops;
                s.submit(move || Bomb(count.clone())).detach(); // a value that nobody takes
                held.release();
            });
        }));
        assert!(ended.is_ok());
        assert_eq!(drops.get(), 2);
        let ended = catch_unwind(AssertUnwindSafe(|| {
            pool.scope(|s| {
                s.submit(|| panic!("a job")).detach();
                Bomb(drops.clone())
            })
        }));
        assert_eq!(message(&*ended.err().unwrap()), "a job");
        assert_eq!(drops.get(), 3);
    });
}

/// A job that owns its own handle, or another's; a callback on one; a waker.
#[test]
fn handles_in_odd_places() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let looks = with_place(|place| {
            pool.scope(|s| {
                let (send, receive) = channel::<Task<()>>();
                let captured = Looks(place);
                let own = s.submit(move || {
                    let _captured = captured;
                    drop(receive.recv());
                });
                send.send(own).unwrap();
                let captured = Looks(place);
                let first = s.submit(move || drop(captured));
                s.submit(move || first.result().unwrap()).detach();
                let captured = Looks(place);
                let followed = s.submit(move || drop(captured)).on_done(|result| result.is_ok());
                assert!(followed.result().unwrap());
                let (_wakes, waker) = Wakes::new();
                let mut polled = s.submit(move || drop(Looks(place)));
                let _ = poll(&mut polled, &waker);
                drop(polled);
            });
        });
        assert_eq!(looks, 4);
    });
}

#[test]
fn its_token_is_cancelled_while_it_ends() {
    let rounds = if cfg!(miri) { 3 } else { 500 };
    watched(move || {
        let pool = ThreadPool::new(2).unwrap();
        for _ in 0..rounds {
            let looks = with_place(|place| {
                let mut stopper = None;
                pool.scope(|s| {
                    let token = s.token().clone();
                    stopper = Some(thread::spawn(move || token.cancel()));
                    for _ in 0..4 {
                        let captured = Looks(place);
                        s.submit(move || {
                            let _captured = captured;
                            CancelToken::current().checkpoint()
                        })
                        .detach();
                    }
                });
                stopper.unwrap().join().unwrap();
            });
            assert_eq!(looks, 4);
        }
    });
}

#[test]
fn the_pool_is_shut_down_while_it_ends() {
    let rounds = if cfg!(miri) { 1 } else { 50 };
    watched(move || {
        for round in 0..rounds * 3 {
            let how = [Shutdown::Finish, Shutdown::CancelPending, Shutdown::Abort][round % 3];
            let pool = ThreadPool::new(2).unwrap();
            let looks = with_place(|place| {
                thread::scope(|threads| {
                    threads.spawn(|| pool.shutdown(how, None).unwrap());
                    pool.scope(|s| {
                        for _ in 0..4 {
                            let captured = Looks(place);
                            s.submit(move || {
                                let inner = Looks(captured.0);
                                s.submit(move || drop(inner)).detach();
                            })
                            .detach();
                        }
                    });
                });
            });
            assert!((4..=8).contains(&looks));
        }
    });
}

/// Values of `'static` type that are dropped after the scope: the block goes with the last of its two halves.
#[test]
fn handles_outlive_scope_and_pool() {
    watched(|| {
        let drops = Count::default();
        let pool = ThreadPool::new(1).unwrap();
        let tasks: Vec<_> = pool.scope(|s| (0..3).map(|_| s.submit(|| drops.on_drop())).collect());
        let leaked = pool.scope(|s| s.submit(|| 1));
        keep(leaked);
        drop(pool);
        assert_eq!(drops.get(), 0);
        drop(tasks);
        assert_eq!(drops.get(), 3);
    });
}
