//! How long to look for what is about to come, before sleeping for it.
//!
//! To sleep and to be woken costs several microseconds, and as many where the waking is done. What answers a small job is
//! there before that, so who waits for it looks a while, and lets others have the core meanwhile.

use std::hint::spin_loop;
use std::thread::yield_now;
use std::time::{Duration, Instant};

/// Looks without giving the core away.
const LOOKS: u32 = 64;

/// How long to go on looking.
const PATIENCE: Duration = Duration::from_micros(50);

/// Looks until something is there; false if nothing has come in a while.
pub(crate) fn look(is_there: impl Fn() -> bool) -> bool {
    for _ in 0..LOOKS {
        if is_there() {
            return true;
        }
        spin_loop();
    }
    let start = Instant::now();
    while start.elapsed() < PATIENCE {
        yield_now();
        if is_there() {
            return true;
        }
    }
    false
}
