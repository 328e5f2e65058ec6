//! Streams: bodies that `yield` and may `await` what is not ready. With the feature `stream`.
//!
//! A stream is to an [`Iterator`] what a future is to a value: asked for its next item, it may be pending. What
//! [`stream!`](crate::stream!) and [`try_stream!`](crate::try_stream!) make is a [`Stream`] for any runtime; Python has
//! asynchronous generators.
//!
//! ```
//! use futures::{StreamExt, executor::block_on};
//! use tarae::prelude::*;
//!
//! async fn page(n: u32) -> Vec<u32> {
//!     if n < 3 { vec![n * 10, n * 10 + 1] } else { vec![] }
//! }
//!
//! let rows = stream!({
//!     for n in 0.. {
//!         let rows = page(n).await;
//!         if rows.is_empty() {
//!             return;
//!         }
//!         for row in rows {
//!             yield row;
//!         }
//!     }
//! });
//! assert_eq!(block_on(rows.collect::<Vec<_>>()), [0, 1, 10, 11, 20, 21]);
//! ```
//!
//! # Who runs when
//!
//! A stream's body runs inside `poll_next`, on the thread of whoever polls, and with the context that it is polled
//! with: a future that is awaited in it wakes the task that waits for the stream. A yield wakes nobody, since the
//! stream is ready.
//!
//! # Errors, panics and ends
//!
//! - After its end a stream is `None` for ever ([`FusedStream`]). The locals of its body have been dropped by then.
//! - A panic in a body reaches whoever polled it; the stream is over then, and its body is never polled again.
//! - Dropping a stream drops what its body holds where it waits, the future that it awaits first: that cancels it.

mod ending;
mod macros;
mod next;
#[allow(unsafe_code)]
mod raw;

pub use ending::Ending;
pub use futures_core::{FusedStream, Stream};
pub use raw::async_generator::AsyncGenerator;

/// What the macros expand to. Not part of the public interface.
#[doc(hidden)]
pub mod expansion {
    pub use super::raw::expansion::StreamExpansion;
}
