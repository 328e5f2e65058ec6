//! What is said of the tasks that still run when the limit of a shutdown has passed.

use std::collections::HashSet;
use std::panic::Location;
use std::sync::Arc;
use std::time::Duration;

use crate::support::{Count, Gate, watched};
use tarae::executor::StillRunning;
use tarae::prelude::*;

const NOW: Duration = Duration::ZERO;

#[track_caller]
fn here() -> &'static Location<'static> {
    Location::caller()
}

#[test]
fn the_limit_names_what_is_stuck_and_where_it_came_from() {
    watched(|| {
        let pool = ThreadPool::new(2).unwrap();
        let gate = Gate::default();
        let begun = Count::default();
        let job = || {
            let (gate, begun) = (gate.clone(), begun.clone());
            move || {
                begun.add();
                gate.pass();
            }
        };
        let named = pool.submit_with(Options::new().name("sum 100"), job());
        begun.reaches(1);
        let (place, plain) = (here(), pool.submit(job()));
        begun.reaches(2);
        let queued = pool.submit(|| ());
        let still = pool.shutdown(Shutdown::Finish, Duration::from_millis(1)).unwrap_err();
        let mut tasks: Vec<_> = still.tasks().iter().collect();
        tasks.sort_by_key(|task| task.name().is_none());
        assert_eq!((tasks[0].name(), tasks[1].name(), tasks.len()), (Some("sum 100"), None, 2));
        assert_eq!(tasks[1].location().line(), place.line());
        let (first, second) = (tasks[0].to_string(), tasks[1].to_string());
        assert!(first.starts_with("\"sum 100\" (submitted at ") && first.contains("stuck.rs:"));
        assert!(second.starts_with("a task (submitted at "));
        let said = still.to_string();
        let either = [(&first, &second), (&second, &first)]
            .map(|(one, other)| format!("2 tasks still run: {one}, {other}; 1 queued"));
        assert!(either.contains(&said), "{said}");
        let _: &dyn std::error::Error = &still;
        gate.open();
        pool.shutdown(Shutdown::Finish, None).unwrap();
        for task in [named, plain, queued] {
            task.result().unwrap();
        }
    });
}

/// A worker that waits runs the task it waits for: the innermost is named, and of those around it what has a name.
#[test]
fn of_tasks_that_wait_for_each_other_on_one_thread_the_innermost_and_the_named_are_said() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(1).unwrap());
        let gate = Gate::default();
        let begun = Count::default();
        let task = pool.submit_with(Options::new().name("outer"), {
            let (pool, gate, begun) = (pool.clone(), gate.clone(), begun.clone());
            move || {
                let again = (pool.clone(), gate.clone(), begun.clone());
                let middle = pool.submit(move || {
                    let (pool, gate, begun) = again;
                    let inner = pool.submit(move || {
                        begun.add();
                        gate.pass();
                    });
                    inner.result().unwrap();
                });
                middle.result().unwrap();
                begun.add();
                gate.pass();
            }
        });
        begun.reaches(1);
        let names = |still: &StillRunning| -> Vec<_> {
            still.tasks().iter().map(|task| task.name().map(str::to_owned)).collect()
        };
        let still = pool.shutdown(Shutdown::Finish, NOW).unwrap_err();
        assert_eq!(names(&still), [None, Some("outer".to_owned())]);
        gate.open();
        task.result().unwrap();
        pool.shutdown(Shutdown::Finish, None).unwrap();
    });
}

/// What is said of running tasks is read while they end: their names go with them.
#[test]
fn tasks_may_end_while_they_are_named() {
    fn next(pool: Arc<ThreadPool>, number: usize, enough: Gate) {
        if !enough.is_open() {
            let again = pool.clone();
            let name = Options::new().name(format!("number {number}"));
            pool.submit_with(name, move || next(again, number + 1, enough)).detach();
        }
    }
    watched(|| {
        let pool = Arc::new(ThreadPool::new(2).unwrap());
        let enough = Gate::default();
        let inner = (pool.clone(), enough.clone());
        pool.submit(move || next(inner.0, 0, inner.1)).detach();
        let mut names = HashSet::new();
        while let Err(still) = pool.shutdown(Shutdown::Finish, NOW) {
            names.extend(still.tasks().iter().filter_map(|task| task.name().map(str::to_owned)));
            if names.len() > if cfg!(miri) { 3 } else { 1_000 } {
                enough.open();
            }
        }
        assert!(names.iter().all(|name| name.starts_with("number ")), "{names:?}");
    });
}
