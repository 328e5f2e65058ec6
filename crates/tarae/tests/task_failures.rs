//! A failure that nobody looked at is said, once. In a file of its own: there is one hook for the whole program.
#![forbid(unsafe_code)]

#[path = "executor_contract/support.rs"]
mod support;

use std::error::Error;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use support::{Count, Shelf, watched};
use tarae::prelude::*;
use tarae::task::{promise, set_failure_hook};

/// Has one test at a time listen.
fn listen() -> (MutexGuard<'static, ()>, Arc<Mutex<Vec<TaskError>>>) {
    static ONE: Mutex<()> = Mutex::new(());
    let alone = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let heard = Arc::new(Mutex::new(Vec::new()));
    let said = heard.clone();
    set_failure_hook(move |error| said.lock().unwrap().push(error.clone()));
    (alone, heard)
}

fn take(heard: &Mutex<Vec<TaskError>>) -> Vec<String> {
    let errors = std::mem::take(&mut *heard.lock().unwrap());
    errors.iter().map(|error| error.to_string().split(" (submitted").next().unwrap().to_owned()).collect()
}

fn fails() -> u32 {
    panic!("expected")
}

#[test]
fn it_is_said_when_the_handle_is_dropped_or_when_the_task_ends_after_that() {
    let (_alone, heard) = listen();
    let task = Inline.submit_with(Options::new().name("first"), fails);
    assert!(take(&heard).is_empty());
    drop(task);
    assert_eq!(take(&heard), ["task \"first\" panicked: expected"]);

    let shelf = Shelf::default();
    drop(shelf.submit_with(Options::new().name("second"), fails));
    assert!(take(&heard).is_empty());
    shelf.run_next();
    assert_eq!(take(&heard), ["task \"second\" panicked: expected"]);
}

#[test]
fn what_was_looked_at_is_not_said() {
    let (_alone, heard) = listen();
    drop(Inline.submit(fails).result());
    drop(support::block_on(Inline.submit(fails)));
    let _length = Inline.submit(fails).on_done(|answer| answer.is_ok());
    let task = Inline.submit(fails).shared();
    assert!(task.get().is_err());
    drop((task.clone(), task));
    // Values and cancelled ones are no failures.
    drop(Inline.submit(|| 1));
    let shelf = Shelf::default();
    let task = shelf.submit(fails);
    assert!(task.cancel());
    drop(task);
    drop(shelf.submit(fails));
    drop((shelf.take(), shelf.take()));
    assert!(take(&heard).is_empty());
}

#[test]
fn that_it_failed_is_not_why() {
    let (_alone, heard) = listen();
    // Waited for, shown, asked whether it is over: nobody has seen the error.
    let tasks = [Inline.submit(fails), Inline.submit(fails)];
    let waited = wait(tasks, None, Wait::AnyFailed);
    assert!(waited.done.iter().all(|task| task.is_finished() && format!("{task:?}").contains("failed")));
    drop(waited);
    assert_eq!(take(&heard).len(), 2);
    drop(as_completed([Inline.submit(fails), Inline.submit(fails)]).next());
    assert_eq!(take(&heard).len(), 2);
}

#[test]
fn a_shared_failure_is_said_once_when_its_last_owner_leaves() {
    let (_alone, heard) = listen();
    let task = Inline.submit(fails).shared();
    let after = task.on_done(|task| task.is_finished());
    assert!(after.result().unwrap());
    let owner = task.clone();
    drop(task);
    assert!(take(&heard).is_empty());
    drop(owner);
    assert_eq!(take(&heard), ["a task panicked: expected"]);
}

#[test]
fn a_promise_that_fails_or_is_broken_is_said() {
    let (_alone, heard) = listen();
    let (answer, task) = promise::<u32>();
    answer.fail(std::fmt::Error);
    drop(task);
    let (answer, task) = promise::<u32>();
    drop(answer);
    drop(task);
    // Failed when nobody was there any more: as the panic of a job.
    let (answer, task) = promise::<u32>();
    drop(task);
    answer.fail(std::fmt::Error);
    let heard_error = heard.lock().unwrap().last().cloned().unwrap();
    assert!(heard_error.source().unwrap().is::<std::fmt::Error>());
    assert_eq!(
        take(&heard),
        [
            format!("a task failed: {}", std::fmt::Error),
            "a task cannot be answered any more: its promise was dropped".into(),
            format!("a task failed: {}", std::fmt::Error),
        ]
    );
    // Nobody wants the answer, and nobody supplies it; or it was cancelled: no failure.
    let (answer, task) = promise::<u32>();
    drop(task);
    drop(answer);
    let (answer, task) = promise::<u32>();
    assert!(task.cancel());
    answer.fail(std::fmt::Error);
    drop(task);
    let (mut answer, task) = promise::<u32>();
    assert!(answer.start());
    task.abort();
    drop(answer);
    drop(task);
    assert!(take(&heard).is_empty());
}

/// F25: both callbacks are called, the failure of the first is said, and who ended the task does not fail.
#[test]
fn a_callback_that_panics_is_said_and_the_next_is_called() {
    let (_alone, heard) = listen();
    let calls = Count::default();
    let (answer, task) = promise::<u32>();
    let task = task.shared();
    task.on_done(|_| panic!("in the callback")).detach();
    let call = calls.clone();
    task.on_done(move |_| call.add()).detach();
    answer.complete(1).unwrap();
    assert_eq!(calls.get(), 1);
    assert_eq!(take(&heard), ["a task panicked: in the callback"]);
}

/// F29: one that is added to a task that is over, and fails at once, does not fail who adds it.
#[test]
fn a_callback_that_panics_at_once_is_said() {
    let (_alone, heard) = listen();
    let task = Inline.submit(|| 1).shared();
    task.on_done(|_| panic!("at once")).detach();
    assert_eq!(take(&heard), ["a task panicked: at once"]);
    Inline.submit(|| 1).on_done(|_| panic!("at once")).detach();
    assert_eq!(take(&heard), ["a task panicked: at once"]);
}

#[test]
fn a_hook_that_panics_harms_nobody() {
    let (_alone, _) = listen();
    watched(|| {
        let said = Count::default();
        let count = said.clone();
        set_failure_hook(move |_| {
            count.add();
            panic!("in the hook");
        });
        drop(Inline.submit(fails));
        let pool = ThreadPool::new(1).unwrap();
        pool.submit(fails).detach();
        assert_eq!(pool.submit(|| 1).result().unwrap(), 1);
        drop(pool);
        assert_eq!(said.get(), 2);
    });
}

#[test]
fn a_hook_may_use_tasks_and_set_another() {
    let (_alone, heard) = listen();
    watched(move || {
        let said = heard.clone();
        set_failure_hook(move |error| {
            assert_eq!(Inline.submit(|| 1).result().unwrap(), 1);
            said.lock().unwrap().push(error.clone());
            let said = said.clone();
            set_failure_hook(move |error| said.lock().unwrap().push(error.clone()));
            drop(Inline.submit(|| panic!("inside")));
        });
        drop(Inline.submit(fails));
        assert_eq!(take(&heard), ["a task panicked: expected", "a task panicked: inside"]);
    });
}

/// Whoever is last says it: the one who drops the handle, or the one who ends the task.
#[test]
fn it_is_said_once_in_every_order() {
    const ROUNDS: usize = if cfg!(miri) { 5 } else { 3_000 };
    let (_alone, heard) = listen();
    watched(move || {
        for round in 0..ROUNDS {
            let (ticket, task) = tarae::executor::Ticket::new(Options::new(), fails);
            let runner = thread::spawn(move || ticket.run());
            if round % 2 == 0 {
                drop(task);
            } else {
                drop(task.shared());
            }
            runner.join().unwrap();
            assert_eq!(take(&heard), ["a task panicked: expected"]);
        }
    });
}
