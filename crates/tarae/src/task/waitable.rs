//! What can be waited for together with others.

use super::raw::handle::TaskRef;
use super::{Shared, Task};

/// What every task has, seen from outside this crate: nothing.
#[doc(hidden)]
#[allow(missing_debug_implementations)]
pub struct AnyTask<'a>(pub(crate) TaskRef<'a>);

mod sealed {
    /// Implemented here and nowhere else: a set relies on a task staying the same while it is in it.
    pub trait Sealed {}
}
use sealed::Sealed;

/// What can be waited for: a task, a shared one, a reference to one, a box with one, or a pair of a key and one of these.
///
/// A key travels with its task, as in Python's dictionary from future to address:
///
/// ```
/// use tarae::prelude::*;
///
/// let pool = ThreadPool::new(2)?;
/// let tasks = ["one", "three"].map(|word| (word, pool.submit(move || word.len())));
/// for (word, task) in as_completed(tasks) {
///     assert_eq!(task.result()?, word.len());
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be waited for",
    note = "`wait`, `as_completed` and `TaskSet` take `Task<T>`, `Shared<T>`, references to them and pairs `(key, task)`"
)]
pub trait Waitable: Sealed {
    #[doc(hidden)]
    fn any_task(&self) -> AnyTask<'_>;
}

impl<T> Sealed for Task<T> {}
impl<T> Waitable for Task<T> {
    fn any_task(&self) -> AnyTask<'_> {
        AnyTask(self.handle().task())
    }
}

impl<T> Sealed for Shared<T> {}
impl<T> Waitable for Shared<T> {
    fn any_task(&self) -> AnyTask<'_> {
        AnyTask(self.handle().task())
    }
}

impl<W: Waitable + ?Sized> Sealed for &W {}
impl<W: Waitable + ?Sized> Waitable for &W {
    fn any_task(&self) -> AnyTask<'_> {
        (**self).any_task()
    }
}

impl<W: Waitable + ?Sized> Sealed for Box<W> {}
impl<W: Waitable + ?Sized> Waitable for Box<W> {
    fn any_task(&self) -> AnyTask<'_> {
        (**self).any_task()
    }
}

impl<K, W: Waitable> Sealed for (K, W) {}
impl<K, W: Waitable> Waitable for (K, W) {
    fn any_task(&self) -> AnyTask<'_> {
        self.1.any_task()
    }
}
