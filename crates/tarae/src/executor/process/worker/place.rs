//! Where a panic was: its payload does not say.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::cell::RefCell;
use std::panic::{PanicHookInfo, set_hook, take_hook};

thread_local! {
    /// Of this thread's last panic.
    static LAST: RefCell<String> = const { RefCell::new(String::new()) };
}

/// From here on each panic says where it is, besides what the hook before says.
pub(super) fn remember() {
    let before = take_hook();
    set_hook(Box::new(move |panic| {
        let _ = LAST.try_with(|last| *last.borrow_mut() = describe(panic));
        before(panic);
    }));
}

/// Where the last panic of this thread was, with the way there if the environment asks for that.
pub(super) fn take() -> String {
    LAST.take()
}

fn describe(panic: &PanicHookInfo<'_>) -> String {
    let place = panic.location().map_or_else(|| "an unknown place".to_owned(), ToString::to_string);
    let backtrace = Backtrace::capture();
    match backtrace.status() {
        BacktraceStatus::Captured => format!("{place}\n{backtrace}"),
        _ => place,
    }
}
