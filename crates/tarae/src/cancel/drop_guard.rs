//! A request to stop at the end of a block.

use super::CancelToken;

/// Cancels its token when it is dropped, also by a panic or a `?`; made by
/// [`CancelToken::drop_guard`](CancelToken::drop_guard).
///
/// ```
/// use tarae::prelude::*;
///
/// fn first_of(texts: [&str; 2], token: &CancelToken) -> Result<u32, std::num::ParseIntError> {
///     let guard = token.drop_guard();
///     let number = texts[0].parse()?; // whoever works on the second text stops
///     guard.disarm();
///     Ok(number)
/// }
/// let token = CancelToken::new();
/// assert_eq!(first_of(["1", "2"], &token), Ok(1));
/// assert!(!token.is_cancelled());
/// assert!(first_of(["one", "2"], &token).is_err());
/// assert!(token.is_cancelled());
/// ```
#[must_use = "dropping it cancels the token"]
#[derive(Debug)]
pub struct DropGuard(Option<CancelToken>);

impl DropGuard {
    pub(super) fn new(token: CancelToken) -> Self {
        DropGuard(Some(token))
    }

    /// Gives the token back, as it is: dropping the guard would have cancelled it.
    pub fn disarm(mut self) -> CancelToken {
        self.0.take().expect("only `disarm` takes it, and the guard with it")
    }
}

impl Drop for DropGuard {
    fn drop(&mut self) {
        if let Some(token) = &self.0 {
            token.cancel();
        }
    }
}
