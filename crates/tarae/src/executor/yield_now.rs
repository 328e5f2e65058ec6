//! Letting the others go on.

use std::pin::Pin;
use std::task::{Context, Poll};

/// Lets the other futures of this one's executor have a turn: what a future awaits now and then that computes for long.
///
/// ```
/// use std::cell::RefCell;
/// use tarae::executor::{Local, yield_now};
///
/// let said = RefCell::new(String::new());
/// let local = Local::new();
/// for name in ["a", "b", "c"] {
///     let said = &said;
///     local.spawn(async move {
///         for _ in 0..3 {
///             said.borrow_mut().push_str(name);
///             yield_now().await;
///         }
///     });
/// }
/// local.run();
/// assert_eq!(said.take(), "abcabcabc");
/// ```
#[doc(alias = "sleep(0)")]
pub fn yield_now() -> YieldNow {
    YieldNow { yielded: false }
}

/// Is pending once; see [`yield_now`].
#[derive(Debug)]
#[must_use = "it does nothing before it is awaited"]
pub struct YieldNow {
    yielded: bool,
}

impl Future for YieldNow {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.yielded, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}
