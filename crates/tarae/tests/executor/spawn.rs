//! Futures as tasks of a pool: polled when they are woken, once, and nobody waits meanwhile. Long, since a future can be woken,
//! stopped, dropped and fail in each of its states, and the pool end in each.

use std::future::poll_fn;
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};
use std::thread;
use std::time::Duration;

use crate::door::Door;
use crate::support::{self, Bomb, Count, Gate, Wakes, eventually, hold, poll, watched};
use tarae::executor::{block_on, steps, yield_now};
use tarae::prelude::*;
use tarae::task::ErrorKind;

fn one_worker() -> ThreadPool {
    ThreadPool::new(1).unwrap()
}

#[test]
fn a_future_is_polled_when_it_is_woken_and_never_else() {
    watched(|| {
        let (pool, door) = (one_worker(), Door::default());
        let task = pool.spawn({
            let door = door.clone();
            async move {
                door.await;
                42
            }
        });
        door.has_been_polled(1);
        pool.submit(|| ()).result().unwrap(); // behind any poll that was due
        assert_eq!(door.polls(), 1);
        door.open();
        assert_eq!(task.result().unwrap(), 42);
        assert_eq!(door.polls(), 2);
    });
}

#[test]
fn thousands_wait_on_one_worker_and_it_is_free() {
    const FUTURES: usize = if cfg!(miri) { 30 } else { 10_000 };
    watched(|| {
        let (door, begun) = (Door::default(), Count::default());
        let pool = ThreadPool::builder().workers(1).name("futures").build().unwrap();
        let tasks: Vec<Task<usize>> = (0..FUTURES)
            .map(|n| {
                let (begun, door) = (begun.clone(), door.clone());
                pool.spawn(async move {
                    begun.add();
                    door.await;
                    n
                })
            })
            .collect();
        begun.reaches(FUTURES);
        #[cfg(target_os = "linux")]
        if !cfg!(miri) {
            assert_eq!(support::threads_named("futures-"), 1, "a future takes a thread");
        }
        assert_eq!(pool.submit(|| 7).result().unwrap(), 7);
        door.open();
        for (n, task) in tasks.into_iter().enumerate() {
            assert_eq!(task.result().unwrap(), n);
        }
    });
}

#[test]
fn woken_often_it_is_polled_once() {
    watched(|| {
        let (pool, door) = (one_worker(), Door::default());
        let task = pool.spawn(door.clone());
        door.has_been_polled(1);
        let held = hold(&pool, 1);
        for _ in 0..100 {
            door.wake();
        }
        held.release();
        pool.submit(|| ()).result().unwrap();
        assert_eq!(door.polls(), 2);
        door.open();
        task.result().unwrap();
        assert_eq!(door.polls(), 3);
    });
}

#[test]
fn woken_while_it_is_polled_it_is_polled_again() {
    watched(|| {
        let (pool, polls, gate) = (one_worker(), Count::default(), Gate::default());
        let seen: Arc<Mutex<Option<Waker>>> = Arc::default();
        let task = pool.spawn({
            let (polls, gate, seen) = (polls.clone(), gate.clone(), seen.clone());
            poll_fn(move |context| {
                polls.add();
                if polls.get() == 2 {
                    return Poll::Ready(());
                }
                *seen.lock().unwrap() = Some(context.waker().clone());
                gate.pass();
                Poll::Pending
            })
        });
        polls.reaches(1);
        eventually("its waker", || seen.lock().unwrap().is_some());
        let waker = seen.lock().unwrap().take().unwrap();
        waker.wake(); // from another thread, while it is polled
        gate.open();
        task.result().unwrap();
        assert_eq!(polls.get(), 2);
    });
}

#[test]
fn it_is_pending_then_running_until_it_ends() {
    watched(|| {
        let (pool, door) = (one_worker(), Door::default());
        let held = hold(&pool, 1);
        let task = pool.spawn_with(Options::new().name("the door"), door.clone());
        assert_eq!(task.state(), TaskState::Pending);
        assert_eq!(task.name(), Some("the door"));
        held.release();
        door.has_been_polled(1);
        assert_eq!(task.state(), TaskState::Running);
        assert!(!task.cancel());
        door.open();
        assert!(task.wait_within(None));
        assert_eq!(task.state(), TaskState::Finished);
    });
}

#[test]
fn cancelled_before_its_first_poll_it_is_dropped_at_once_and_never_polled() {
    watched(|| {
        let (pool, door, dropped) = (one_worker(), Door::default(), Count::default());
        let held = hold(&pool, 1);
        let (guard, at) = (dropped.on_drop(), door.clone());
        let task = pool.spawn(async move {
            let _guard = guard;
            at.await;
        });
        assert!(task.cancel());
        assert_eq!(dropped.get(), 1);
        assert!(task.result().unwrap_err().is_cancelled());
        held.release();
        pool.shutdown(Shutdown::Finish, None).unwrap();
        assert_eq!(door.polls(), 0);
    });
}

#[test]
fn aborted_where_it_waits_it_is_dropped_there() {
    watched(|| {
        let (pool, door, dropped) = (one_worker(), Door::default(), Count::default());
        let (guard, at) = (dropped.on_drop(), door.clone());
        let task = pool.spawn(async move {
            let _guard = guard;
            at.await;
        });
        door.has_been_polled(1);
        let held = hold(&pool, 1); // no worker is needed for it
        task.abort();
        assert_eq!(dropped.get(), 1);
        assert!(task.is_cancelled());
        assert!(task.result().unwrap_err().is_cancelled());
        door.open(); // wakes nobody
        held.release();
        assert_eq!(door.polls(), 1);
    });
}

#[test]
fn aborted_while_it_is_polled_it_ends_where_it_waits_next() {
    watched(|| {
        let (pool, gate, begun, after) = (one_worker(), Gate::default(), Count::default(), Count::default());
        let task = pool.spawn({
            let (gate, begun, after) = (gate.clone(), begun.clone(), after.clone());
            async move {
                begun.add();
                gate.pass();
                assert!(CancelToken::current().is_cancelled());
                yield_now().await;
                after.add();
            }
        });
        begun.reaches(1);
        task.abort();
        assert_eq!(task.state(), TaskState::Running);
        gate.open();
        assert!(task.result().unwrap_err().is_cancelled());
        assert_eq!(after.get(), 0);
    });
}

#[test]
fn one_that_goes_on_to_its_end_gives_its_value_and_one_that_obeys_does_not() {
    watched(|| {
        for obeys in [false, true] {
            let (pool, gate, begun) = (one_worker(), Gate::default(), Count::default());
            let task = pool.spawn({
                let (gate, begun) = (gate.clone(), begun.clone());
                async move {
                    begun.add();
                    gate.pass();
                    if obeys { CancelToken::current().checkpoint().map_or(1, |()| 2) } else { 3 }
                }
            });
            begun.reaches(1);
            task.abort();
            gate.open();
            match task.result() {
                Ok(value) => assert!(!obeys && value == 3),
                Err(error) => assert!(obeys && error.is_cancelled()),
            }
        }
    });
}

#[test]
fn its_token_is_the_same_in_all_turns() {
    watched(|| {
        let (pool, door) = (one_worker(), Door::default());
        let (say, hear) = channel();
        let task = pool.spawn({
            let door = door.clone();
            async move {
                let token = CancelToken::current();
                say.send(token.clone()).unwrap();
                door.await;
                token.is_cancelled()
            }
        });
        let token = hear.recv().unwrap();
        door.has_been_polled(1);
        assert!(!token.is_cancelled());
        token.cancel(); // whoever has it may ask
        assert!(task.result().unwrap_err().is_cancelled());
    });
}

#[test]
fn a_panic_is_its_tasks_error_and_the_worker_lives() {
    watched(|| {
        let (pool, dropped) = (one_worker(), Count::default());
        let guard = dropped.on_drop();
        let task = pool.spawn_with(Options::new().name("bad"), async move {
            let _guard = guard;
            yield_now().await;
            panic!("no answer");
        });
        let error = task.result().unwrap_err();
        assert!(
            error.is_panic() && error.to_string().starts_with("task \"bad\" panicked: no answer"),
            "{error}"
        );
        assert_eq!(dropped.get(), 1);
        assert_eq!(pool.submit(|| 1).result().unwrap(), 1);
    });
}

#[test]
fn a_destructor_that_panics_goes_no_further() {
    watched(|| {
        let (pool, door, dropped) = (one_worker(), Door::default(), Count::default());
        let (bomb, at) = (Bomb(dropped.clone()), door.clone());
        let task = pool.spawn(async move {
            let _bomb = bomb;
            at.await;
        });
        door.has_been_polled(1);
        task.abort();
        assert_eq!(dropped.get(), 1);
        assert!(task.result().unwrap_err().is_cancelled());
        assert_eq!(pool.submit(|| 1).result().unwrap(), 1);
    });
}

#[test]
fn a_time_out_and_a_token_end_it_where_it_waits() {
    watched(|| {
        let (pool, door, dropped) = (one_worker(), Door::default(), Count::default());
        let waits = || {
            let (guard, at) = (dropped.on_drop(), door.clone());
            async move {
                let _guard = guard;
                at.await;
            }
        };
        let late = pool.spawn_with(Options::new().timeout(Duration::from_millis(1)), waits());
        assert!(late.result().unwrap_err().is_timed_out());
        dropped.reaches(1);
        let token = CancelToken::new();
        let task = pool.spawn_with(Options::new().token(&token), waits());
        token.cancel();
        assert!(task.result().unwrap_err().is_cancelled());
        let task = pool.spawn_with(Options::new().token(&token), waits()); // born so
        assert!(task.result().unwrap_err().is_cancelled());
        dropped.reaches(3);
    });
}

#[test]
fn one_that_nothing_can_wake_ends_with_an_error_that_says_so() {
    watched(|| {
        let (pool, dropped) = (one_worker(), Count::default());
        let guard = dropped.on_drop();
        let task = pool.spawn(async move {
            let _guard = guard;
            std::future::pending::<()>().await;
        });
        let error = task.result().unwrap_err();
        assert_eq!(error.kind(), &ErrorKind::Broken);
        assert!(error.to_string().contains("nothing was left that could wake it"), "{error}");
        assert_eq!(dropped.get(), 1);

        let door = Door::default();
        let task = pool.spawn(door.clone());
        door.has_been_polled(1);
        pool.submit(|| ()).result().unwrap();
        door.forget();
        assert_eq!(task.result().unwrap_err().kind(), &ErrorKind::Broken);
    });
}

#[test]
fn a_job_that_waits_for_it_polls_it_and_nothing_else() {
    watched(|| {
        let (pool, door) = (Arc::new(one_worker()), Door::default());
        let (waiting, strangers) = (Count::default(), Count::default());
        let outer = pool.submit({
            let (pool, door, waiting, strangers) =
                (Arc::downgrade(&pool), door.clone(), waiting.clone(), strangers.clone());
            move || {
                let pool = pool.upgrade().unwrap();
                let at = door.clone();
                let inner = pool.spawn(async move {
                    at.await;
                    at_once().await + 1
                });
                let stranger = {
                    let strangers = strangers.clone();
                    pool.submit(move || strangers.add())
                };
                waiting.add();
                let answer = inner.result().unwrap();
                assert_eq!(strangers.get(), 0);
                stranger.detach();
                (answer, thread::current().id())
            }
        });
        door.has_been_polled(1); // by the worker that waits
        assert_eq!(waiting.get(), 1);
        door.wake(); // and again
        door.has_been_polled(2);
        door.open();
        let (answer, worker) = outer.result().unwrap();
        assert_eq!(answer, 42);
        assert_eq!(door.threads(), [worker; 3]);
        drop(pool);
        assert_eq!(strangers.get(), 1);
    });
}

async fn at_once() -> u32 {
    yield_now().await;
    41
}

#[test]
fn jobs_that_wait_for_futures_that_wait_for_jobs_need_no_other_worker() {
    watched(|| {
        let pool = Arc::new(one_worker());
        let weak = Arc::downgrade(&pool);
        let outer = pool.submit(move || {
            let pool = weak.upgrade().unwrap();
            let inner = pool.spawn(async { 1 });
            let followed = pool.spawn(at_once()).on_done(|answer| answer.unwrap());
            let shared = pool.spawn(at_once()).shared();
            inner.result().unwrap() + followed.result().unwrap() + shared.result().unwrap()
        });
        assert_eq!(outer.result().unwrap(), 83);
    });
}

#[test]
fn it_is_awaited_followed_and_waited_for_as_any_task() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(2).unwrap());
        let first = pool.spawn(at_once());
        let second = pool.spawn(async move { first.await.unwrap() + pool_free().await });
        assert_eq!(block_on(second).unwrap(), 42);
        let tasks = (0..10).map(|n| {
            pool.spawn(async move {
                yield_now().await;
                n
            })
        });
        let mut answers: Vec<i32> = as_completed(tasks).map(|task| task.result().unwrap()).collect();
        answers.sort();
        assert_eq!(answers, Vec::from_iter(0..10));
        let waited = wait((0..10).map(|_| pool.spawn(at_once())), None, Wait::All);
        assert_eq!(waited.done.len(), 10);
    });
}

async fn pool_free() -> u32 {
    1
}

#[test]
fn futures_that_wake_themselves_take_turns() {
    watched(|| {
        let pool = one_worker();
        let said: Arc<Mutex<String>> = Arc::default();
        let held = hold(&pool, 1);
        let say = |name: &'static str| {
            let said = said.clone();
            async move {
                for _ in 0..3 {
                    said.lock().unwrap().push_str(name);
                    yield_now().await;
                }
            }
        };
        let tasks = ["a", "b", "c"].map(|name| pool.spawn(say(name)));
        let generator = {
            let said = said.clone();
            pool.spawn(steps(generator!(move {
                said.lock().unwrap().push('d');
                yield;
                said.lock().unwrap().push('e');
            })))
        };
        held.release();
        for task in tasks {
            task.result().unwrap();
        }
        generator.result().unwrap();
        assert_eq!(*said.lock().unwrap(), "abcdabceabc");
    });
}

#[test]
fn a_waker_that_comes_late_wakes_nobody() {
    watched(|| {
        let (pool, door) = (one_worker(), Door::default());
        let task = pool.spawn(door.clone());
        door.has_been_polled(1);
        door.open();
        task.result().unwrap();
        door.wake();
        drop(pool);
        door.wake();
        assert_eq!(door.polls(), 2);
    });
}

#[test]
fn a_dropped_pool_waits_for_its_futures() {
    watched(|| {
        let (pool, door, ended) = (ThreadPool::new(2).unwrap(), Door::default(), Count::default());
        let tasks: Vec<Task<()>> = (0..10)
            .map(|_| {
                let (at, ended) = (door.clone(), ended.clone());
                pool.spawn(async move {
                    at.await;
                    yield_now().await;
                    ended.add();
                })
            })
            .collect();
        eventually("all at the door", || door.polls() == 10);
        let opener = thread::spawn(move || door.open());
        drop(pool);
        assert_eq!(ended.get(), 10);
        opener.join().unwrap();
        tasks.into_iter().for_each(|task| task.result().unwrap());
    });
}

#[test]
fn a_future_that_owns_its_pool_may_be_dropped_by_anybody() {
    watched(|| {
        for by_abort in [true, false] {
            let (pool, door) = (Arc::new(ThreadPool::new(2).unwrap()), Door::default());
            let task = pool.spawn({
                let (pool, door) = (pool.clone(), door.clone());
                async move {
                    door.await;
                    drop(pool);
                }
            });
            door.has_been_polled(1);
            drop(pool);
            if by_abort {
                task.abort(); // drops the future here, and with it the pool, which waits for its threads
                assert!(task.result().unwrap_err().is_cancelled());
            } else {
                door.forget();
                assert_eq!(task.result().unwrap_err().kind(), &ErrorKind::Broken);
            }
        }
    });
}

#[test]
fn a_shutdown_that_cancels_drops_futures_where_they_wait() {
    watched(|| {
        for how in [Shutdown::CancelPending, Shutdown::Abort] {
            let (pool, door, dropped) = (one_worker(), Door::default(), Count::default());
            let tasks: Vec<Task<()>> = (0..3)
                .map(|_| {
                    let (guard, at) = (dropped.on_drop(), door.clone());
                    pool.spawn(async move {
                        let _guard = guard;
                        at.await;
                    })
                })
                .collect();
            eventually("all at the door", || door.polls() == 3);
            let held = hold(&pool, 1);
            let queued = pool.spawn(door.clone());
            let releaser = thread::spawn(move || held.release());
            pool.shutdown(how, None).unwrap();
            releaser.join().unwrap();
            assert_eq!(dropped.get(), 3);
            for task in tasks.into_iter().chain([queued]) {
                assert!(task.result().unwrap_err().is_cancelled());
            }
            let late = pool.spawn(async { 1 });
            assert_eq!(late.result().unwrap_err().kind(), &ErrorKind::Rejected);
        }
    });
}

#[test]
fn a_shutdown_with_a_limit_says_that_futures_wait() {
    watched(|| {
        let (pool, door) = (one_worker(), Door::default());
        let task = pool.spawn(door.clone());
        door.has_been_polled(1);
        let still = pool.shutdown(Shutdown::Finish, Duration::ZERO).unwrap_err();
        assert_eq!(still.waiting(), 1);
        assert!(still.to_string().ends_with("1 future waits"), "{still}");
        door.open();
        pool.shutdown(Shutdown::Finish, None).unwrap();
        task.result().unwrap();
    });
}

#[test]
fn what_runs_while_the_pool_finishes_may_spawn() {
    watched(|| {
        let (pool, gate, door) = (Arc::new(one_worker()), Gate::default(), Door::default());
        let begun = Count::default();
        let outer = pool.submit({
            let (pool, gate, door, begun) =
                (Arc::downgrade(&pool), gate.clone(), door.clone(), begun.clone());
            move || {
                let pool = pool.upgrade().unwrap();
                begun.add();
                gate.pass();
                pool.spawn(door)
            }
        });
        begun.reaches(1);
        pool.shutdown(Shutdown::Finish, Duration::ZERO).unwrap_err();
        gate.open();
        let inner = outer.result().unwrap();
        door.has_been_polled(1);
        assert!(pool.submit(|| ()).result().is_err());
        door.open();
        inner.result().unwrap();
        pool.shutdown(Shutdown::Finish, None).unwrap();
    });
}

#[test]
fn futures_and_their_wakers_meet_in_every_way() {
    const ROUNDS: usize = if cfg!(miri) { 3 } else { 300 };
    watched(|| {
        for round in 0..ROUNDS {
            let pool = ThreadPool::new(1 + round % 3).unwrap();
            let doors: Vec<Door> = (0..8).map(|_| Door::default()).collect();
            let tasks: Vec<Task<()>> = doors.iter().map(|door| pool.spawn(door.clone())).collect();
            let opener = thread::spawn({
                let doors = doors.clone();
                move || {
                    for door in &doors {
                        door.wake();
                        door.open();
                    }
                }
            });
            match round % 4 {
                0 => drop(pool),
                1 => pool.shutdown(Shutdown::CancelPending, None).unwrap(),
                2 => tasks.iter().for_each(Task::abort),
                _ => {}
            }
            for task in tasks {
                match task.result() {
                    Ok(()) => {}
                    Err(error) => assert!(error.is_cancelled() && matches!(round % 4, 1 | 2), "{error}"),
                }
            }
            opener.join().unwrap();
        }
    });
}

#[test]
fn block_on_sleeps_between_polls_and_nests() {
    watched(|| {
        let (door, wakes) = (Door::default(), Wakes::new().0);
        let inner = door.clone();
        let opener = thread::spawn({
            let door = door.clone();
            move || {
                door.has_been_polled(1);
                door.open();
            }
        });
        let answer = block_on(async move {
            block_on(inner); // nested
            let mut again = std::pin::pin!(yield_now());
            let waker = Waker::from(wakes.clone());
            assert!(poll(&mut again, &waker).is_pending());
            again.await;
            wakes.get()
        });
        assert_eq!((answer, door.polls()), (1, 2));
        opener.join().unwrap();
        let panicked = thread::spawn(|| block_on(async { panic!("in a future") })).join();
        assert!(panicked.is_err());
        let pool = one_worker();
        assert_eq!(pool.submit(|| block_on(at_once())).result().unwrap(), 41);
    });
}
