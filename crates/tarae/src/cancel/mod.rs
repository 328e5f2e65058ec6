//! Asking running work to stop, and saying how long to wait: tokens and deadlines.

mod cancellable;
mod deadline;
mod token;

pub use cancellable::Cancellable;
pub use deadline::Deadline;
pub use token::{CancelToken, Cancelled};
