//! What a panic of the user's code leaves behind. Below all that runs such code.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// What a panic carried.
pub(crate) type Payload = Box<dyn Any + Send>;

/// What a panic said, if that was text.
pub(crate) fn text(payload: &Payload) -> Option<&str> {
    payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref::<String>().map(String::as_str))
}

/// What stands for a panic that carried something else.
pub(crate) const NO_TEXT: &str = "a value that is not text";

/// Drops what belongs to the user. A destructor that panics has been reported by the panic hook; it must not take a
/// worker, or whoever settles the task, or the timer with it.
pub(crate) fn drop_quietly(f: impl FnOnce()) {
    if let Err(payload) = catch_unwind(AssertUnwindSafe(f)) {
        // What the panic carried may panic in its turn when it is dropped; there need be no end to that.
        if let Err(another) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
            std::mem::forget(another);
        }
    }
}
