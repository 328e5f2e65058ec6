//! A callback, as a task that follows another.

use super::raw::callback::{After, afresh};
use super::raw::runner;
use super::{Task, TaskError};
use crate::options::Options;
use std::panic::Location;

impl<T: Send + 'static> Task<T> {
    /// Runs `f` with the answer, on the thread that ends the task; at once, and here, if it is over. Gives the task of
    /// what `f` returns.
    ///
    /// ```
    /// use tarae::prelude::*;
    ///
    /// let pool = ThreadPool::new(2)?;
    /// let length = pool.submit(|| "answer").on_done(|word| word.map(str::len));
    /// assert_eq!(length.result()??, 6);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// Nothing is locked while `f` runs: it may wait, submit and add callbacks. If it panics, that is the error of the
    /// task that is returned, which has this one's name. If that task is cancelled before, `f` does not run. Dropping it
    /// changes nothing.
    #[doc(alias = "add_done_callback")]
    #[track_caller]
    pub fn on_done<U, F>(self, f: F) -> Task<U>
    where
        U: Send + 'static,
        F: FnOnce(Result<T, TaskError>) -> U + Send + 'static,
    {
        let (after, name) = (After::new(self.handle()), self.name().map(str::to_owned));
        // SAFETY: the job owns `self`, and with it the handle that `after` is of.
        unsafe { follow(after, name.as_deref(), move || f(self.result())) }
    }
}

/// The task of `f`, which runs after another task, whose name it has.
///
/// # Safety
/// `f` owns the handle that `after` was made from.
#[track_caller]
pub(super) unsafe fn follow<U: Send + 'static>(
    after: After,
    name: Option<&str>,
    f: impl FnOnce() -> U + Send + 'static,
) -> Task<U> {
    let options = match name {
        None => Options::new(),
        Some(name) => Options::new().name(name.to_owned()),
    };
    let (runner, handle) = runner::new(move || afresh(f), Location::caller(), options);
    // SAFETY: the caller's promise: the job owns the handle.
    unsafe { after.run(runner.erase()) };
    Task::new(handle)
}
