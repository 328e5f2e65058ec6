//! Asking running work to stop, and saying how long to wait: tokens and deadlines.
//!
//! A [`CancelToken`] is handed to the work, which looks at it. Tokens form a tree: a [`child`](CancelToken::child) is
//! cancelled with its parent, [`until`](CancelToken::until) makes one that has a time limit, and a [`DropGuard`] cancels
//! at the end of a block. The guide has a chapter: [Stopping work](crate::guide::stopping).

mod cancellable;
mod children;
mod deadline;
mod drop_guard;
mod node;
mod sleep;
pub(crate) mod timer;
mod token;

#[cfg(all(test, loom))]
mod loom_tests;
#[cfg(all(test, not(loom)))]
mod timer_tests;

pub use cancellable::Cancellable;
pub use deadline::Deadline;
pub use drop_guard::DropGuard;
pub(crate) use node::{Listen, Reason};
pub use token::{CancelToken, Cancelled};
