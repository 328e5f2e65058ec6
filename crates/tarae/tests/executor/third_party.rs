//! Executors from outside: one method makes one, and whatever it does with its tickets, nothing is unsound. Long, since a
//! ticket can be run, refused, dropped, forgotten and sent, and its job may borrow.

use std::cell::{Cell, RefCell};
use std::sync::mpsc::channel;
use std::task::Waker;
use std::thread;
use std::time::Duration;

use crate::support::{self, Count, Gate, OneThread, Shelf, Wakes, hold, poll, watched};
use tarae::executor::Ticket;
use tarae::prelude::*;
use tarae::task::ErrorKind;

/// An executor in five lines: each job on a thread of its own.
struct ThreadEach;

impl<J: Job + 'static> Executor<J> for ThreadEach {
    fn execute(&self, ticket: Ticket<J>) {
        thread::spawn(|| ticket.run());
    }
}

/// Loses every ticket.
struct Forgetful;

impl<J: Job> Executor<J> for Forgetful {
    fn execute(&self, ticket: Ticket<J>) {
        support::keep(ticket);
    }
}

/// Drops every ticket.
struct Lazy;

impl<J: Job> Executor<J> for Lazy {
    fn execute(&self, ticket: Ticket<J>) {
        drop(ticket);
    }
}

/// Refuses every ticket.
struct Full;

impl<J: Job> Executor<J> for Full {
    fn execute(&self, ticket: Ticket<J>) {
        ticket.reject();
    }
}

/// Threads that end before what their jobs borrow does.
struct Scoped<'scope, 'env>(&'scope thread::Scope<'scope, 'env>);

impl<'scope, J: Job + 'scope> Executor<J> for Scoped<'scope, '_> {
    fn execute(&self, ticket: Ticket<J>) {
        self.0.spawn(|| ticket.run());
    }
}

#[test]
fn five_lines_make_an_executor() {
    watched(|| {
        assert_eq!(ThreadEach.submit(|| 42).result().unwrap(), 42);
        let squares: Vec<u32> = (0..20).par_map(ThreadEach, |n| n * n).collect();
        assert!(squares.into_iter().eq((0..20).map(|n| n * n)));
        let error = ThreadEach.submit(|| -> u32 { panic!("here") }).result().unwrap_err();
        assert!(error.is_panic());
        let tasks: Vec<_> = (0..5).map(|n| ThreadEach.submit(move || n)).collect();
        let mut values: Vec<i32> = as_completed(tasks).map(|task| task.result().unwrap()).collect();
        values.sort_unstable();
        assert_eq!(values, [0, 1, 2, 3, 4]);
        // A ticket that is run as such is run by its executor alone: who waits for it sleeps.
        let nested = ThreadEach.submit(|| ThreadEach.submit(|| 1).result().unwrap() + 1);
        assert_eq!(nested.result().unwrap(), 2);
        let (task, polls) = support::block_on(ThreadEach.submit(|| 3));
        assert_eq!(task.unwrap(), 3);
        assert!((1..=2).contains(&polls));
    });
}

/// Jobs of this one thread wait in every way for jobs that stand behind them in its channel.
#[test]
fn nested_waits_need_no_second_thread() {
    watched(|| {
        let executor = OneThread::new();
        let inner = executor.clone();
        let sum = executor.submit(move || {
            let submit = |n| inner.submit(move || n);
            let one = submit(1).result().unwrap();
            let two: u32 = as_completed([2, 3].map(submit)).map(|task| task.result().unwrap()).sum();
            let three = wait([4, 5].map(submit), None, Wait::All).done.len() as u32;
            let four = submit(6).on_done(|n| n.unwrap() + 1).result().unwrap();
            let five: u32 = (0..4).par_map(&inner, |n| n).sum();
            [one, two, three, four, five]
        });
        assert_eq!(sum.result().unwrap(), [1, 5, 2, 7, 6]);
    });
}

/// What a job leaves behind is dropped by the thread that ran it, after it: also there waits need no other thread.
#[test]
fn a_destructor_of_a_result_that_nobody_wants_may_wait() {
    struct Waits(OneThread, Count);
    impl Drop for Waits {
        fn drop(&mut self) {
            let task = self.0.submit(|| 1);
            assert_eq!(task.result().unwrap(), 1);
            self.1.add();
        }
    }
    watched(|| {
        let (executor, waited) = (OneThread::new(), Count::default());
        let (inner, count, gate) = (executor.clone(), waited.clone(), Gate::default());
        let closed = gate.clone();
        let task = executor.submit(move || {
            closed.pass();
            Waits(inner, count)
        });
        drop(task);
        gate.open();
        waited.reaches(1);
    });
}

#[test]
fn a_thread_that_has_run_a_job_is_no_worker_after_that() {
    watched(|| {
        let shelf = Shelf::default();
        let (first, here) = (shelf.submit(|| ()), thread::current().id());
        shelf.run_next();
        first.result().unwrap();

        let task = shelf.submit(move || thread::current().id() != here);
        let runnable = shelf.take();
        let (open, gate) = channel::<()>();
        let runner = thread::spawn(move || {
            gate.recv().unwrap();
            runnable.run();
        });
        open.send(()).unwrap();
        assert!(task.result().unwrap(), "who is in no job leaves the task to its executor");
        runner.join().unwrap();
    });
}

#[test]
fn a_channel_and_a_thread_make_an_executor() {
    watched(|| {
        let executor = OneThread::new();
        let tasks: Vec<_> = (0..10).map(|n| executor.submit(move || n)).collect();
        assert_eq!(wait(tasks, None, Wait::All).done.len(), 10);
        let (waker_task, last) = (executor.submit(|| 1), executor.submit(|| 2));
        assert!(last.cancel() || last.wait_within(None));
        assert_eq!(waker_task.result().unwrap(), 1);
    });
}

/// The attack that type-checks: a handle does not mention what its job borrows. See Miri.
#[test]
fn a_forgotten_ticket_leaves_its_task_pending_and_its_borrowed_job_alone() {
    watched(|| {
        let dropped = Count::default();
        let task: Task<usize> = {
            let (text, drops) = (String::from("short-lived"), dropped.on_drop());
            let text = &text;
            let (ticket, task) = Ticket::new(Options::new(), move || {
                let _drops = &drops;
                text.len()
            });
            support::keep(ticket);
            task
        }; // `text` is gone, the job is not
        assert_eq!(task.state(), TaskState::Pending);
        assert!(!task.wait_within(Duration::ZERO));
        assert!(as_completed([&task]).next_within(Duration::ZERO).is_err());

        // Nor does a worker that waits for it run it.
        let pool = ThreadPool::new(1).unwrap();
        let (begun, begin) = channel();
        let waiter = pool.submit(move || {
            begun.send(()).unwrap();
            let task = task.result_within(Duration::from_millis(1)).unwrap_err();
            assert_eq!(wait([&task], Duration::from_millis(1), Wait::All).pending.len(), 1);
            task
        });
        begin.recv().unwrap();
        let task = waiter.result().unwrap();
        assert_eq!(task.state(), TaskState::Pending);

        assert!(task.cancel());
        assert_eq!(dropped.get(), 0, "a job that may borrow is not dropped by a handle");
        assert!(task.result().unwrap_err().is_cancelled());
        assert_eq!(dropped.get(), 0);
    });
}

#[test]
fn a_worker_that_waits_without_a_limit_leaves_a_borrowed_job_to_its_executor() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let text = String::from("borrowed");
        thread::scope(|scope| {
            let (ticket, task) = Ticket::new(Options::new(), || text.len());
            let (begun, begin) = channel();
            let waiter = pool.submit(move || {
                begun.send(thread::current().id()).unwrap();
                task.result().unwrap()
            });
            let worker = begin.recv().unwrap();
            scope.spawn(move || {
                assert_ne!(thread::current().id(), worker);
                ticket.run();
            });
            assert_eq!(waiter.result().unwrap(), 8);
        });
    });
}

#[test]
fn a_task_of_a_forgetful_executor_can_be_cancelled_detached_and_followed() {
    let task = Forgetful.submit(|| 1);
    assert!(!task.wait_within(Duration::ZERO));
    assert!(task.cancel());
    assert!(task.cancel());
    assert!(task.result().unwrap_err().is_cancelled());
    drop(Forgetful.submit(|| 1));

    let mut task = Forgetful.submit(|| 1);
    let (wakes, waker) = Wakes::new();
    assert!(poll(&mut task, &waker).is_pending());
    let after = task.on_done(|answer| answer);
    assert!(after.cancel());
    assert_eq!(wakes.get(), 0);

    // Its jobs may be of any lifetime; a map can be dropped without having been answered.
    let offset = 3;
    let map = [1, 2].into_iter().par_map(Forgetful, |n| n + offset);
    drop(map);
}

#[test]
fn an_executor_that_drops_or_refuses_ends_its_tasks() {
    let error = Lazy.submit(|| 1).result().unwrap_err();
    assert!(error.is_cancelled());
    let error = Full.submit_with(Options::new().name("too much"), || 1).result().unwrap_err();
    assert_eq!(*error.kind(), ErrorKind::Rejected);
    assert!(error.to_string().starts_with("task \"too much\" was refused by its executor"), "{error}");
    assert_eq!(wait([Full.submit(|| 1)], None, Wait::All).done.len(), 1);
    assert_eq!(Full.submit(|| 1).on_done(|answer| answer.is_err()).result().ok(), Some(true));

    // Each item of a batch that was refused is an error in its place.
    let results: Vec<_> = (0..3).par_map(Full, |n| n).results().collect();
    assert_eq!(results.len(), 3);
    assert!(results.iter().all(|result| matches!(result, Err(e) if *e.kind() == ErrorKind::Rejected)));
    let results: Vec<_> = (0..7).par_map(Lazy, |n| n).batch(3).results().collect();
    assert_eq!(results.len(), 7);
    assert!(results.iter().all(|result| matches!(result, Err(e) if e.is_cancelled())));
}

#[test]
fn borrowed_jobs_run_on_scoped_threads() {
    watched(|| {
        let words = ["a", "bb", "ccc"].map(String::from);
        let hits = Cell::new(0);
        thread::scope(|scope| {
            let executor = Scoped(scope);
            let lengths: Vec<usize> = words.iter().par_map(executor, |word| word.len()).collect();
            assert_eq!(lengths, [1, 2, 3]);
            let task = Scoped(scope).submit(|| words[2].as_str());
            assert_eq!(task.result().unwrap(), "ccc");
            let cancelled = Scoped(scope).submit(|| words.len());
            cancelled.abort(); // whether it had begun or not
            hits.set(hits.get() + 1);
            drop(Scoped(scope).submit(|| words.len()));
        });
        assert_eq!(hits.get(), 1);
    });
}

#[test]
fn tasks_of_borrowed_jobs_leave_the_scope_and_give_their_answer() {
    watched(|| {
        let text = String::from("a b c");
        let tasks = thread::scope(|scope| {
            let executor = Scoped(scope);
            text.split(' ').map(|word| executor.submit(move || word)).collect::<Vec<_>>()
        });
        let words: Vec<&str> = tasks.into_iter().map(|task| task.result().unwrap()).collect();
        assert_eq!(words, ["a", "b", "c"]);
    });
}

#[test]
fn a_cancelled_borrowed_job_is_dropped_by_its_executor_within_the_borrow() {
    let text = String::from("borrowed");
    let shelf: RefCell<Vec<Box<dyn FnOnce() + '_>>> = RefCell::default();
    let dropped = Count::default();
    let task = {
        let (text, drops) = (&text, dropped.on_drop());
        let (ticket, task) = Ticket::new(Options::new(), move || {
            let _drops = &drops;
            text.len()
        });
        shelf.borrow_mut().push(Box::new(move || ticket.run()));
        task
    };
    assert!(task.cancel());
    assert_eq!(dropped.get(), 0);
    shelf.take().into_iter().for_each(|run| run());
    assert_eq!(dropped.get(), 1);
    drop(shelf);
    drop(text);
    assert!(task.result().unwrap_err().is_cancelled());
}

#[test]
fn a_runnable_may_run_anywhere_also_after_the_task_was_run_by_its_waiter() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let shelf = Shelf::default();
        let runs = Count::default();
        let count = runs.clone();
        let task = shelf.submit(move || {
            count.add();
            thread::current().name().map(str::to_owned)
        });
        // A worker of another executor waits for it, and runs it.
        let name = pool.submit(move || task.result().unwrap()).result().unwrap();
        assert_eq!((name.as_deref(), runs.get()), (Some("tarae-0"), 1));
        shelf.run_next();
        assert_eq!(runs.get(), 1);

        // Dropped instead, while its waiter has it: the answer stays.
        let (begun, begin) = channel();
        let (open, gate) = channel::<()>();
        let task = shelf.submit(move || {
            begun.send(()).unwrap();
            gate.recv().is_ok()
        });
        let waiter = pool.submit(move || task.result());
        begin.recv().unwrap();
        drop(shelf.take());
        open.send(()).unwrap();
        assert!(waiter.result().unwrap().unwrap());
    });
}

#[test]
fn a_task_is_settled_by_whoever_comes_first() {
    const ROUNDS: usize = if cfg!(miri) { 10 } else { 2_000 };
    watched(|| {
        for _ in 0..ROUNDS {
            let (runs, drops) = (Count::default(), Count::default());
            let (count, capture) = (runs.clone(), drops.on_drop());
            let (ticket, task) = Ticket::new(Options::new(), move || {
                let _capture = capture;
                count.add();
            });
            let runner = thread::spawn(move || ticket.into_runnable().run());
            let cancelled = task.cancel();
            assert_eq!(task.result().is_err(), cancelled);
            runner.join().unwrap();
            assert_eq!((runs.get(), drops.get()), (usize::from(!cancelled), 1));
        }
    });
}

#[test]
fn tickets_can_be_sent_and_tasks_shared() {
    fn send<T: Send>(_: &T) {}
    fn sync<T: Sync>(_: &T) {}
    let text = String::from("borrowed");
    let (ticket, task) = Ticket::new(Options::new(), || text.len());
    send(&ticket);
    send(&task);
    sync(&task);
    drop(ticket);
    let (ticket, task) = Ticket::new(Options::new(), || Cell::new(1));
    send(&ticket);
    send(&task);
    let runnable = ticket.into_runnable();
    send(&runnable);
    runnable.run();
    assert_eq!(task.result().unwrap().get(), 1);
    assert!(!format!("{:?}", Ticket::new(Options::new(), || 1).0).is_empty());
}

#[test]
fn executors_can_be_chosen_at_run_time() {
    type BoxJob<T> = Box<dyn FnOnce() -> T + Send>;
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let executors: [&dyn Executor<BoxJob<usize>>; 3] = [&Inline, &pool, &ThreadEach];
        for executor in executors {
            assert_eq!(executor.submit(Box::new(|| 3)).result().unwrap(), 3);
        }
        let boxed: Box<dyn Executor<BoxJob<usize>>> = Box::new(pool);
        assert_eq!(boxed.submit(Box::new(|| 4)).result().unwrap(), 4);
    });
}

#[test]
fn a_panic_in_execute_leaves_no_task_behind() {
    struct Broken;
    impl<J: Job> Executor<J> for Broken {
        fn execute(&self, _ticket: Ticket<J>) {
            panic!("a broken executor");
        }
    }
    let drops = Count::default();
    let capture = drops.on_drop();
    let submit = std::panic::AssertUnwindSafe(|| Broken.submit(move || drop(capture)));
    assert!(std::panic::catch_unwind(submit).is_err());
    assert_eq!(drops.get(), 1);
}

#[test]
fn a_waker_told_by_a_third_partys_thread_is_told_once() {
    watched(|| {
        let (wakes, waker): (_, Waker) = Wakes::new();
        let shelf = Shelf::default();
        let mut task = shelf.submit(|| 1);
        assert!(poll(&mut task, &waker).is_pending());
        let runnable = shelf.take();
        thread::spawn(move || runnable.run()).join().unwrap();
        assert_eq!(wakes.get(), 1);
        assert!(poll(&mut task, &waker).is_ready());
        drop(hold(&ThreadPool::new(1).unwrap(), 1));
    });
}
