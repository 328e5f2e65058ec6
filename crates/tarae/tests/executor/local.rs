//! One thread, many jobs: a `Local` takes turns, in order, and sleeps when nobody is to have one.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use crate::door::Door;
use crate::support::{Bomb, Count, message, watched};
use tarae::executor::{Local, block_on, steps, yield_now};
use tarae::prelude::*;
use tarae::task::ErrorKind;

#[test]
fn turns_go_round() {
    let said = RefCell::new(String::new());
    let local = Local::new();
    for (name, turns) in [("a", 3), ("b", 1), ("c", 4)] {
        let said = &said;
        local.spawn(async move {
            for _ in 0..turns {
                said.borrow_mut().push_str(name);
                yield_now().await;
            }
        });
    }
    assert_eq!(said.borrow().len(), 0, "nothing runs before `run`");
    local.run();
    assert_eq!(said.take(), "abcacacc");
    assert!(local.is_empty());
}

#[test]
fn generators_and_coroutines_take_turns_with_futures() {
    let said = RefCell::new(Vec::new());
    let say = |word: String| said.borrow_mut().push(word);
    let local = Local::new();
    for name in ["first", "second"] {
        let say = &say;
        local.spawn(steps(generator!({
            say(format!("{name} starts"));
            yield 'A';
            say(format!("{name} goes on"));
            yield 'B';
            say(format!("{name} ends"));
        })));
    }
    let total = local.spawn(steps(coroutine!(|| {
        let mut sum = 0;
        for n in 1..=3 {
            sum += n;
            yield n;
        }
        sum
    })()));
    local.run();
    assert_eq!(total.result().unwrap(), 6);
    assert_eq!(
        said.take(),
        ["first starts", "second starts", "first goes on", "second goes on", "first ends", "second ends"]
    );
}

#[test]
fn what_is_not_send_is_shared_without_a_lock() {
    let total = Rc::new(Cell::new(0));
    let local = Local::new();
    for n in 1..=100 {
        let total = total.clone();
        local.spawn(async move {
            yield_now().await;
            total.set(total.get() + n);
        });
    }
    local.run();
    assert_eq!(total.get(), 5050);
}

#[test]
fn other_threads_wake_it_and_it_polls_nothing_in_vain() {
    watched(|| {
        let (a, b) = (Door::default(), Door::default());
        let local = Local::new();
        let tasks = [local.spawn(a.clone()), local.spawn(b.clone())];
        let opener = thread::spawn({
            let (a, b) = (a.clone(), b.clone());
            move || {
                b.has_been_polled(1);
                for _ in 0..10 {
                    b.open(); // often: it has one more poll
                }
                a.open();
            }
        });
        local.run();
        opener.join().unwrap();
        assert!(tasks.iter().all(Task::is_finished));
        assert_eq!((a.polls(), b.polls()), (2, 2));
        assert!(a.threads().iter().chain(&b.threads()).all(|thread| *thread == thread::current().id()));
    });
}

#[test]
fn run_until_ends_with_its_future_and_leaves_the_others() {
    watched(|| {
        let (local, door) = (Local::new(), Door::default());
        let waits = local.spawn(door.clone());
        let answer = local.run_until(async {
            let inner = local.spawn(async {
                yield_now().await;
                41
            });
            inner.await.unwrap() + 1
        });
        assert_eq!((answer, local.len(), door.polls()), (42, 1, 1));
        door.open();
        assert!(local.run_until(waits).is_ok());
        assert!(local.is_empty());
    });
}

#[test]
fn other_threads_wait_for_its_tasks() {
    watched(|| {
        let (say, hear) = channel();
        let waiter = thread::spawn(move || {
            let task: Task<i32> = hear.recv().unwrap();
            task.result().unwrap()
        });
        let local = Local::new();
        say.send(local.spawn(async { 42 })).unwrap();
        local.run();
        assert_eq!(waiter.join().unwrap(), 42);
    });
}

#[test]
fn to_wait_for_its_task_on_its_own_thread_is_refused() {
    let local = Local::new();
    let task = local.spawn(async { 42 });
    let panic = catch_unwind(AssertUnwindSafe(|| task.wait_within(None))).unwrap_err();
    assert!(message(&*panic).contains("give it to `run_until`"), "{}", message(&*panic));
    assert!(!task.wait_within(Duration::ZERO));
    local.run();
    assert_eq!(task.result().unwrap(), 42);
}

#[test]
fn to_run_it_inside_itself_is_refused() {
    let local = Local::new();
    let task = local.spawn(async { 1 });
    local.run_until(async {
        let panic = catch_unwind(AssertUnwindSafe(|| local.run())).unwrap_err();
        assert!(message(&*panic).contains(".await"));
    });
    assert!(local.run_until(task).is_ok()); // it still can be run
}

#[test]
fn cancelled_before_its_first_turn_it_is_never_polled() {
    let (local, door, dropped) = (Local::new(), Door::default(), Count::default());
    let (guard, at) = (dropped.on_drop(), door.clone());
    let task = local.spawn(async move {
        let _guard = guard;
        at.await;
    });
    assert!(task.cancel());
    local.run();
    assert_eq!((dropped.get(), door.polls()), (1, 0));
    assert!(task.result().unwrap_err().is_cancelled());
}

#[test]
fn aborted_by_another_thread_it_is_dropped_on_its_own() {
    struct Here(Rc<Cell<usize>>);
    impl Drop for Here {
        fn drop(&mut self) {
            self.0.set(self.0.get() + 1);
        }
    }
    watched(|| {
        let (door, dropped) = (Door::default(), Rc::new(Cell::new(0)));
        let local = Local::new();
        let (here, at) = (Here(dropped.clone()), door.clone());
        let task = local.spawn(async move {
            let _here = here;
            at.await;
        });
        let aborter = thread::spawn(move || {
            door.has_been_polled(1);
            task.abort();
            task.result().unwrap_err().is_cancelled()
        });
        local.run();
        assert!(aborter.join().unwrap());
        assert_eq!(dropped.get(), 1);
    });
}

#[test]
fn a_time_out_ends_one_that_waits() {
    watched(|| {
        let (local, door) = (Local::new(), Door::default());
        let options = Options::new().name("door").timeout(Duration::from_millis(1));
        let task = local.spawn_with(options, door.clone());
        local.run();
        let error = task.result().unwrap_err();
        assert!(error.is_timed_out() && error.task_name() == Some("door"));
    });
}

#[test]
fn a_panic_is_its_tasks_error_and_the_others_go_on() {
    let local = Local::new();
    let bad = local.spawn(async {
        yield_now().await;
        panic!("no answer");
    });
    let good = local.spawn(async {
        yield_now().await;
        yield_now().await;
        1
    });
    let dropped = Count::default();
    let bomb = Bomb(dropped.clone());
    local.spawn(async move {
        let _bomb = bomb;
        std::future::pending::<()>().await;
    });
    local.run();
    assert!(bad.result().unwrap_err().is_panic());
    assert_eq!((good.result().unwrap(), dropped.get()), (1, 1));
}

#[test]
fn one_that_nothing_can_wake_ends_with_an_error_that_says_so() {
    watched(|| {
        let (local, door) = (Local::new(), Door::default());
        let at_once = local.spawn(std::future::pending::<()>());
        let later = local.spawn(door.clone());
        let forgetter = thread::spawn(move || {
            door.has_been_polled(1);
            door.forget();
        });
        local.run();
        forgetter.join().unwrap();
        for task in [at_once, later] {
            assert_eq!(task.result().unwrap_err().kind(), &ErrorKind::Broken);
        }
    });
}

#[test]
fn dropped_it_drops_its_futures_and_their_tasks_end() {
    let (door, dropped) = (Door::default(), Count::default());
    let local = Local::new();
    let task = |at: Door| {
        let guard = dropped.on_drop();
        local.spawn(async move {
            let _guard = guard;
            at.await;
        })
    };
    let (waits, ended) = (task(door.clone()), local.spawn(async { 1 }));
    assert_eq!(local.run_until(ended).unwrap(), 1);
    let pending = task(Door::default());
    drop(local);
    assert_eq!(dropped.get(), 2);
    assert!(waits.result().unwrap_err().is_cancelled());
    assert!(pending.result().unwrap_err().is_cancelled());
    door.open(); // wakes nobody
}

#[test]
fn it_runs_inside_a_job_with_the_jobs_pool_at_hand() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let task = pool.submit(|| {
            let local = Local::new();
            let tasks: Vec<_> = (0..10).map(|n| local.spawn(async move { n })).collect();
            local.run_until(async move {
                let mut sum = 0;
                for task in tasks {
                    sum += task.await.unwrap();
                }
                sum
            })
        });
        assert_eq!(block_on(task).unwrap(), 45);
    });
}

#[test]
fn its_token_stops_it_where_it_waits() {
    let local = Local::new();
    let task = local.spawn(async {
        CancelToken::current().cancel();
        assert!(CancelToken::current().is_cancelled());
        yield_now().await;
        unreachable!("dropped at the yield");
    });
    local.run();
    assert!(task.result().unwrap_err().is_cancelled());
    assert!(!CancelToken::current().is_cancelled());
}
