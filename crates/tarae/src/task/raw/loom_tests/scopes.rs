//! The end of a scope against whoever is at one of its tasks, in every order of their steps: what a job borrows is touched by
//! nobody when the scope is over, and the scope is over at some time.

use crate::cancel::{Listen, Reason};
use crate::options::Options;
use crate::sync::model;
use crate::task::Task;
use crate::task::raw::crew::{Crew, End};
use crate::task::raw::handle::Handle;
use crate::task::raw::runner;
use loom::cell::UnsafeCell;
use loom::sync::Arc as LoomArc;
use loom::thread;
use std::panic::Location;
use std::sync::Arc;

/// What jobs borrow. loom fails the test if two are at it at once.
#[derive(Clone)]
struct Place(LoomArc<UnsafeCell<u32>>);

// SAFETY: loom watches the accesses.
unsafe impl Send for Place {}

impl Place {
    fn new() -> Self {
        Place(LoomArc::new(UnsafeCell::new(0)))
    }

    fn touch(&self) -> u32 {
        self.0.with_mut(|count| {
            // SAFETY: loom fails the test if another is at it.
            unsafe {
                *count += 1;
                *count
            }
        })
    }
}

/// What a job has captured: it touches the place when it is dropped.
struct Touches(Place);

impl Drop for Touches {
    fn drop(&mut self) {
        self.0.touch();
    }
}

/// Adds a task whose job touches the place, and what it has captured does.
fn add(crew: &Crew, place: &Place) -> Handle<u32> {
    let captured = Touches(place.clone());
    add_job(crew, move || captured.0.touch())
}

fn add_job<T: Send + 'static>(crew: &Crew, job: impl FnOnce() -> T + Send + 'static) -> Handle<T> {
    let (runner, handle) = runner::new(job, Location::caller(), Options::new());
    // SAFETY: nothing is borrowed.
    let _asks = unsafe { crew.add(runner) };
    handle
}

/// A thread of the pool comes.
fn comer(crew: &Arc<Crew>) -> thread::JoinHandle<()> {
    let crew = crew.clone();
    thread::spawn(move || crew.come())
}

/// One task of a scope: `at_it` runs beside a thread of the pool that comes for it, and the scope ends.
fn against_the_end(comes: bool, at_it: impl Fn(&Crew, Handle<u32>) + Send + Sync + Clone + 'static) {
    model(2, 3, move || {
        let (crew, place) = (Crew::new(), Place::new());
        let threads = crew.scope(|| {
            let handle = add(&crew, &place);
            let (crew, at_it) = (crew.clone(), at_it.clone());
            [comes.then(|| comer(&crew)), Some(thread::spawn(move || at_it(&crew, handle)))]
        });
        place.touch(); // it is ours again
        threads.into_iter().flatten().for_each(|thread| thread.join().unwrap());
    });
}

#[test]
fn job_captures_and_a_value_that_nobody_wants_are_gone_at_the_end() {
    model(2, 3, || {
        let (crew, place) = (Crew::new(), Place::new());
        let comer = crew.scope(|| {
            let (captured, value) = (Touches(place.clone()), place.clone());
            let job = move || {
                drop(captured);
                Touches(value)
            };
            drop(add_job(&crew, job));
            comer(&crew)
        });
        assert_eq!(place.touch(), 3);
        comer.join().unwrap();
    });
}

#[test]
fn a_job_that_its_handle_cancels_is_gone_at_the_end() {
    against_the_end(true, |_, handle| {
        handle.task().cancel();
    });
}

#[test]
fn a_job_that_its_handle_runs_is_gone_at_the_end() {
    against_the_end(true, |_, handle| {
        handle.task().help();
    });
}

#[test]
fn a_job_that_nobody_comes_for_is_gone_at_the_end() {
    against_the_end(false, |crew, _handle| crew.stay_away(|| End::Cancel));
}

#[test]
fn a_job_that_the_scopes_token_stops_is_gone_at_the_end() {
    against_the_end(true, |crew, _handle| crew.cancelled(Reason::Cancelled));
}

/// The one who waits has fallen asleep, perhaps, when a job submits another, for which no thread comes.
#[test]
fn who_waits_runs_what_comes() {
    model(2, 3, || {
        let (crew, place) = (Crew::new(), Place::new());
        let (inner, later) = (crew.clone(), place.clone());
        drop(add_job(&crew, move || drop(add(&inner, &later))));
        let comer = comer(&crew);
        assert!(crew.wait(true).is_none());
        assert_eq!(place.touch(), 3);
        comer.join().unwrap();
    });
}

/// Whichever of the two leaves first.
#[test]
fn a_failure_whose_handle_is_dropped_comes_out() {
    model(2, 3, || {
        let (crew, place) = (Crew::new(), Place::new());
        let handle = add(&crew, &place);
        let ender = {
            let crew = crew.clone();
            thread::spawn(move || crew.stay_away(|| End::Fail(Box::new("failed"))))
        };
        drop(Task::new(handle));
        assert!(crew.wait(false).is_some_and(|failure| failure.is_panic()));
        assert_eq!(place.touch(), 2); // the job was dropped
        ender.join().unwrap();
    });
}
