//! Cancellation, a file a promise, in one program. Apart is the one that counts the timer's threads
//! (`cancel_timer_thread.rs`).
#![forbid(unsafe_code)]

#[path = "../executor_contract/support.rs"]
mod support;

mod abort;
mod deadlines;
mod guards;
mod iterators;
mod obeyed;
mod sleep;
mod tree;
