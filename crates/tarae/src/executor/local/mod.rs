//! One thread, many jobs: futures that take turns on the thread that calls.
//!
//! ```text
//!             ┌───────────────────── woken, by whatever thread ◀──────┐
//!             ▼                                                        │
//! queue: [ a │ b │ c ] ──▶ the next has its turn ── pending ──▶ [ members: a, b, c, .. ]
//!                                   └── over: its task is settled
//! ```
//!
//! The queue is all that other threads see. It has places, not futures: a place is what wakes its member, and is owned by the
//! member's wakers, and by the queue while it is in there. When the last waker of a member that is pending goes, nothing
//! could ever wake it; the place says so on its way out.

mod local;
mod members;
mod place;

pub use local::Local;
