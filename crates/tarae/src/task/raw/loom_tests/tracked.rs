//! What the models share. A `Tracked` value makes loom complain if it is read where its writing is not seen; the loom
//! `Arc` in it makes it complain if a job or a result is leaked or dropped twice.

use crate::options::Options;
use crate::task::raw::handle::Handle;
use crate::task::raw::runner::{self, Erased};
use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::thread;
use std::panic::Location;

/// A value that one thread writes and another reads.
pub(super) struct Tracked {
    value: UnsafeCell<u32>,
    _leak: Arc<()>,
}

// SAFETY: loom watches the accesses.
unsafe impl Send for Tracked {}
// SAFETY: as above.
unsafe impl Sync for Tracked {}

impl Tracked {
    pub(super) fn new(value: u32) -> Self {
        let tracked = Tracked { value: UnsafeCell::new(0), _leak: Arc::new(()) };
        // SAFETY: nobody else has it.
        tracked.value.with_mut(|place| unsafe { *place = value });
        tracked
    }

    pub(super) fn read(&self) -> u32 {
        // SAFETY: loom fails the test if this races with the write.
        self.value.with(|value| unsafe { *value })
    }
}

/// A new task, ready for a queue.
pub(super) fn task<T: Send + 'static>(
    options: Options,
    job: impl FnOnce() -> T + Send + 'static,
) -> (Erased, Handle<T>) {
    let (runner, handle) = runner::new(job, Location::caller(), options);
    (runner.erase(), handle)
}

/// A task whose job gives 7.
pub(super) fn seven() -> (Erased, Handle<Tracked>) {
    // Something of the job's own, too, which is written by who submits and read by who runs.
    let seven = Tracked::new(7);
    task(Options::new(), move || Tracked::new(seven.read()))
}

pub(super) fn returned(handle: Handle<Tracked>) -> u32 {
    handle.take_value().unwrap_or_else(|_| panic!("the job returns")).read()
}

pub(super) fn is_cancelled<T>(handle: Handle<T>) -> bool {
    handle.take_failure().is_none()
}

/// Runs the runner's half on another thread, and `f` on this one.
pub(super) fn against_runner(f: impl Fn(Handle<Tracked>) + Send + Sync + 'static) {
    loom::model(move || {
        let (task, handle) = seven();
        let runner = thread::spawn(move || task.run());
        f(handle);
        runner.join().unwrap();
    });
}
