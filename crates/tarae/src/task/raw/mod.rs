//! The block of a task, its state word and its waiters: all of the module's unsafe code. `README.md` beside this file
//! has the words, the states and the argument.

mod about;
pub(crate) mod block;
pub(crate) mod callback;
pub(crate) mod count;
pub(crate) mod crew;
pub(crate) mod handle;
pub(crate) mod header;
pub(crate) mod join;
pub(crate) mod list;
mod memory;
mod observed;
pub(super) mod off_timer;
pub(crate) mod park;
pub(crate) mod promised;
pub(crate) mod runner;
pub(crate) mod running;
mod scoped;
pub(crate) mod set;
pub(crate) mod set_queue;
pub(crate) mod shared;
pub(crate) mod shown;
#[cfg(feature = "tracing")]
pub(crate) mod spans;
pub(crate) mod spawned;
mod spin_lock;
mod stopper;
pub(crate) mod waiter;
pub(crate) mod wake;
pub(crate) mod worker;

#[cfg(all(test, loom))]
mod loom_tests;
