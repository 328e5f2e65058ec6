//! A task with two owners. Where three threads meet at the task's spin lock, more than one preemption is more steps than loom
//! takes.

use super::tracked::{Tracked, seven};
use crate::sync::model;
use crate::task::{Shared, Task};
use loom::sync::atomic::{AtomicUsize, Ordering};
use loom::thread;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};
use std::time::Duration;

/// Runs the job on a second thread, `first` with one owner on a third, and `second` with the other here.
fn against_runner(
    preemptions: usize,
    in_full: usize,
    first: fn(Shared<Tracked>),
    second: fn(Shared<Tracked>),
) {
    model(preemptions, in_full, move || {
        let (task, handle) = seven();
        let shared = Task::new(handle).shared();
        let runner = thread::spawn(move || task.run());
        let other = thread::spawn({
            let shared = shared.clone();
            move || first(shared)
        });
        second(shared);
        other.join().unwrap();
        runner.join().unwrap();
    });
}

fn get(shared: Shared<Tracked>) {
    assert_eq!(shared.get().unwrap().read(), 7);
}

#[test]
fn two_owners_wait_and_see_the_same_answer() {
    against_runner(1, 1, get, get);
}

#[test]
fn one_owner_looks_while_the_other_leaves() {
    against_runner(2, 3, get, drop);
}

#[test]
fn two_owners_that_leave_free_the_block_whoever_is_last() {
    against_runner(2, 3, drop, drop);
}

#[test]
fn one_owner_cancels_and_the_other_learns_of_it() {
    let cancels = |shared: Shared<Tracked>| {
        if !shared.cancel() {
            get(shared);
        }
    };
    let waits = |shared: Shared<Tracked>| match shared.get() {
        Ok(value) => assert_eq!(value.read(), 7),
        Err(error) => assert!(error.is_cancelled()),
    };
    against_runner(1, 1, cancels, waits);
}

#[test]
fn one_owner_gives_up_waiting_while_the_other_waits() {
    let gives_up = |shared: Shared<Tracked>| {
        if let Some(answer) = shared.get_within(Duration::ZERO) {
            assert_eq!(answer.unwrap().read(), 7);
        }
    };
    against_runner(1, 1, gives_up, get);
}

struct Woken(AtomicUsize);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

/// Two that poll: the waker of the one that leaves goes with it, and the other's is woken.
#[test]
fn an_owner_that_polls_is_woken_though_another_polls_and_leaves() {
    model(1, 1, || {
        let (promised, handle) = crate::task::promise::<u32>();
        let (mut stays, woken) = (handle.shared(), Arc::new(Woken(AtomicUsize::new(0))));
        let leaves = stays.clone();
        let runner = thread::spawn(move || promised.complete(7).unwrap());
        let other = thread::spawn(move || {
            let mut leaves = leaves;
            let _ = pin!(&mut leaves).poll(&mut Context::from_waker(Waker::noop()));
        });
        let waker = Waker::from(woken.clone());
        let over = pin!(&mut stays).poll(&mut Context::from_waker(&waker)).is_ready();
        other.join().unwrap();
        runner.join().unwrap();
        assert_eq!(woken.0.load(Ordering::SeqCst), usize::from(!over));
        assert_eq!(stays.get().unwrap(), &7);
    });
}
