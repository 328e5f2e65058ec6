//! Random operations on tasks, promises, shared tasks and a set, on one thread, against a plain model: each answer, each
//! state, each wake, callback, report and drop.

mod alive;
mod model;
mod slot;
mod world;

use proptest::prelude::*;
use std::cell::Cell;
use std::sync::atomic::Ordering;
use tarae::task::set_failure_hook;
use world::World;

thread_local!(static REPORTS: Cell<usize> = const { Cell::new(0) });

#[derive(Clone, Copy, Debug)]
enum Op {
    Submit {
        panics: bool,
    },
    Ticket {
        panics: bool,
    },
    Promise,
    /// Runs a job, or keeps a promise.
    Run,
    Fail,
    Start,
    Reject,
    DropRunner,
    Cancel,
    Abort,
    WaitZero,
    ResultZero,
    Poll {
        waker: usize,
    },
    OnDone,
    Share,
    Clone,
    DropHandle,
    Push,
    TryNext,
    DropSet,
}

fn ops() -> impl Strategy<Value = Vec<(Op, prop::sample::Index)>> {
    let op = prop_oneof![
        4 => any::<bool>().prop_map(|panics| Op::Submit { panics }),
        2 => any::<bool>().prop_map(|panics| Op::Ticket { panics }),
        3 => Just(Op::Promise),
        6 => Just(Op::Run),
        1 => Just(Op::Fail),
        2 => Just(Op::Start),
        1 => Just(Op::Reject),
        2 => Just(Op::DropRunner),
        2 => Just(Op::Cancel),
        2 => Just(Op::Abort),
        2 => Just(Op::WaitZero),
        2 => Just(Op::ResultZero),
        4 => (0..2usize).prop_map(|waker| Op::Poll { waker }),
        2 => Just(Op::OnDone),
        2 => Just(Op::Share),
        2 => Just(Op::Clone),
        3 => Just(Op::DropHandle),
        3 => Just(Op::Push),
        3 => Just(Op::TryNext),
        1 => Just(Op::DropSet),
    ];
    prop::collection::vec((op, any::<prop::sample::Index>()), 0..if cfg!(miri) { 30 } else { 80 })
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: if cfg!(miri) { 3 } else { 2_000 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn whatever_is_done_to_tasks_is_what_the_model_says(ops in ops()) {
        set_failure_hook(|_| REPORTS.set(REPORTS.get() + 1));
        let mut world = World::new();
        for (op, which) in ops {
            world.apply(op, which);
            world.check();
        }
        // And in the end nothing is left.
        let (jobs, values) = (world.jobs.clone(), world.values.clone());
        drop(world);
        prop_assert_eq!(jobs.load(Ordering::SeqCst), 0);
        prop_assert_eq!(values.load(Ordering::SeqCst), 0);
    }
}
