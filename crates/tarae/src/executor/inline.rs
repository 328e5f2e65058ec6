//! The executor that has no threads.

use super::{Executor, Job, Ticket};

/// Runs each job at once, on the caller's thread, before `submit` returns. For tests, for debugging, and for code that
/// takes any executor.
///
/// Jobs may borrow:
///
/// ```
/// use tarae::prelude::*;
///
/// let text = String::from("lazy");
/// assert_eq!(Inline.submit(|| text.len()).result().unwrap(), 4);
/// ```
#[derive(Clone, Copy, Debug, Default)]
pub struct Inline;

impl<J: Job> Executor<J> for Inline {
    #[inline]
    fn execute(&self, ticket: Ticket<J>) {
        ticket.run();
    }
}
