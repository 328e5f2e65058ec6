//! The states of a task, who can change them, and how they are shown.

use std::sync::mpsc::channel;

use crate::support::{Gate, Shelf, hold, watched};
use tarae::executor::Ticket;
use tarae::prelude::*;

fn questions<T>(task: &Task<T>) -> (TaskState, bool, bool, bool) {
    (task.state(), task.is_running(), task.is_finished(), task.is_cancelled())
}

/// F2, F4, F5, F6, F7: what a task says of itself in each state, and that it is not cancelled once it runs.
#[test]
fn a_task_is_pending_then_running_then_finished() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let held = hold(&pool, 1);
        let (begun, begin) = channel();
        let gate = Gate::default();
        let task = pool.submit({
            let gate = gate.clone();
            move || {
                begun.send(()).unwrap();
                gate.pass();
            }
        });
        assert_eq!(questions(&task), (TaskState::Pending, false, false, false));
        held.release();
        begin.recv().unwrap();
        assert_eq!(questions(&task), (TaskState::Running, true, false, false));
        assert!(!task.cancel());
        assert_eq!(questions(&task), (TaskState::Running, true, false, false));
        gate.open();
        assert!(task.wait_within(None));
        assert_eq!(questions(&task), (TaskState::Finished, false, true, false));
        assert!(!task.cancel());
        task.result().unwrap();
    });
}

/// F4, F5, F6: a failed task is finished, and not cancelled.
#[test]
fn a_panic_is_a_way_to_finish() {
    let task = Inline.submit(|| -> u32 { panic!("expected") });
    assert_eq!(questions(&task), (TaskState::Finished, false, true, false));
    assert!(!task.cancel());
    assert!(task.result().unwrap_err().is_panic());
}

/// F1, F3, F5, F6: cancelling is done once, and may be asked for again.
#[test]
fn cancel_is_true_as_often_as_it_is_asked_and_changes_nothing_more() {
    let shelf = Shelf::default();
    let task = shelf.submit(|| -> u32 { unreachable!("it was cancelled") });
    for _ in 0..3 {
        assert!(task.cancel());
        assert_eq!(questions(&task), (TaskState::Cancelled, false, true, true));
    }
    task.abort();
    shelf.run_next();
    assert_eq!(questions(&task), (TaskState::Cancelled, false, true, true));
    assert!(task.result().unwrap_err().is_cancelled());
}

#[test]
fn a_job_sees_its_own_task_running() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let (send, receive) = channel::<Task<()>>();
        let (tell, told) = channel();
        let task = pool.submit(move || {
            let own = receive.recv().unwrap();
            tell.send((own.state(), own.cancel(), own.wait_within(std::time::Duration::ZERO))).unwrap();
        });
        send.send(task).unwrap();
        assert_eq!(told.recv().unwrap(), (TaskState::Running, false, false));
    });
}

/// F8: as Python shows a future; of a failure without its type.
#[test]
fn debug_tells_name_state_and_type() {
    let shelf = Shelf::default();
    let plain = |text: String| {
        let (before, after) = text.split_once(" at 0x").expect("an address");
        format!("{before} {}", after.split_once(' ').unwrap().1)
    };
    let task = shelf.submit_with(Options::new().name("sum"), || 1u64);
    assert_eq!(plain(format!("{task:?}")), "<Task \"sum\" state=pending>");
    assert_eq!(task.name(), Some("sum"));
    shelf.run_next();
    assert_eq!(plain(format!("{task:?}")), "<Task \"sum\" state=finished returned u64>");

    let task = shelf.submit(|| ());
    assert_eq!(task.name(), None);
    assert!(task.cancel());
    assert_eq!(plain(format!("{task:?}")), "<Task state=cancelled>");
    shelf.run_next();

    let task = Inline.submit(|| -> String { panic!("expected") });
    assert_eq!(plain(format!("{task:?}")), "<Task state=finished failed>");

    watched(move || {
        let pool = ThreadPool::new(1).unwrap();
        let (send, receive) = channel::<Task<()>>();
        let (tell, told) = channel();
        let task = pool.submit(move || tell.send(format!("{:?}", receive.recv().unwrap())).unwrap());
        send.send(task).unwrap();
        assert_eq!(plain(told.recv().unwrap()), "<Task state=running>");
    });
}

#[test]
fn a_rejected_task_counts_as_cancelled() {
    let (ticket, task) = Ticket::new(Options::new(), || 1);
    ticket.reject();
    assert_eq!(questions(&task), (TaskState::Cancelled, false, true, true));
    assert!(task.cancel());
}
