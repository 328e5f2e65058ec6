//! A job that is given its token.

use super::Job;
use crate::cancel::CancelToken;

/// A job that is given the token of its task, [`CancelToken::current`]: so that nobody forgets where to get it, and a
/// function with a token as its parameter is a job as it stands.
///
/// ```
/// use tarae::prelude::*;
///
/// fn count(token: &CancelToken) -> Result<u64, Cancelled> {
///     for n in 0.. {
///         token.checkpoint()?;
///         if n == 1_000_000_000_000 {
///             return Ok(n);
///         }
///     }
///     unreachable!()
/// }
/// let pool = ThreadPool::new(1)?;
/// let endless = pool.submit(with_token(|cx| (0u64..).cancellable(cx).count()));
/// let long = pool.submit(with_token(count));
/// endless.abort();
/// long.abort();
/// assert!(endless.result().unwrap_err().is_cancelled());
/// assert!(long.result().unwrap_err().is_cancelled());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn with_token<F, T>(f: F) -> impl Job<Output = T> + use<F, T>
where
    F: FnOnce(&CancelToken) -> T + Send,
    T: Send,
{
    move || f(&CancelToken::current())
}
