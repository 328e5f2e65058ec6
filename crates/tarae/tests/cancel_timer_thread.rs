//! The thread that keeps the deadlines: it is there when there is one, and only then. A file, and so a process, of its
//! own, and one test after the other, since threads are counted.
#![forbid(unsafe_code)]
#![cfg(target_os = "linux")]

#[path = "executor_contract/support.rs"]
mod support;

use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use support::{eventually, watched};
use tarae::prelude::*;

const HOUR: Duration = Duration::from_secs(3600);

/// How many threads have the timer's name.
fn timers() -> usize {
    let threads = std::fs::read_dir("/proc/self/task").unwrap();
    // One that has just ended has no name any more.
    let names = threads.filter_map(|thread| std::fs::read_to_string(thread.ok()?.path().join("comm")).ok());
    names.filter(|name| name.trim_end() == "tarae-timer").count()
}

/// Runs a test while no other one does, with no timer at first, and sees that there is none in the end.
fn alone(test: fn()) {
    static ALONE: Mutex<()> = Mutex::new(());
    watched(move || {
        let _alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        eventually("the timer of the test before to end", || timers() == 0);
        test();
        eventually("the timer to end", || timers() == 0);
    });
}

#[test]
#[cfg_attr(miri, ignore = "Miri has no /proc")]
fn plain_tokens_need_no_thread() {
    alone(|| {
        let root = CancelToken::new();
        let (child, limited) = (root.child(), root.until(None));
        let passed = root.until(Duration::ZERO);
        root.cancel();
        let late = root.until(HOUR);
        assert_eq!(timers(), 0);
        drop((child, limited, passed, late));
    });
}

#[test]
#[cfg_attr(miri, ignore = "Miri has no /proc")]
fn there_is_one_thread_for_any_number_of_deadlines() {
    alone(|| {
        let root = CancelToken::new();
        let tokens: Vec<_> = (0..1_000).map(|n| root.until(HOUR + Duration::from_secs(n))).collect();
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| drop(root.until(HOUR)));
            }
        });
        eventually("the timer to have its name", || timers() == 1);
        drop(tokens);
    });
}

#[test]
#[cfg_attr(miri, ignore = "Miri has no /proc")]
fn dropping_the_last_token_lets_it_end() {
    alone(|| {
        let token = CancelToken::new().until(HOUR);
        let clone = token.clone();
        drop(token);
        eventually("the timer to have its name", || timers() == 1);
        drop(clone);
    });
}

#[test]
#[cfg_attr(miri, ignore = "Miri has no /proc")]
fn cancelling_the_last_token_lets_it_end() {
    alone(|| {
        let root = CancelToken::new();
        let (by_itself, by_parent) = (root.until(HOUR), root.until(HOUR));
        by_itself.cancel();
        eventually("the timer to have its name", || timers() == 1);
        root.cancel();
        eventually("the timer to end", || timers() == 0);
        drop((by_itself, by_parent));
    });
}

#[test]
#[cfg_attr(miri, ignore = "Miri has no /proc")]
fn the_last_deadline_ends_it_and_the_next_one_starts_another() {
    alone(|| {
        for _ in 0..3 {
            let token = CancelToken::new().until(Duration::from_millis(5));
            eventually("the deadline", || token.is_cancelled());
            eventually("the timer to end", || timers() == 0);
        }
    });
}

#[test]
#[cfg_attr(miri, ignore = "Miri has no /proc")]
fn one_short_deadline_after_another_finds_it_still_there() {
    alone(|| {
        let root = CancelToken::new();
        // More than once, since this thread may be kept waiting for longer than the timer lingers.
        eventually("many deadlines with one thread", || {
            let first = root.until(HOUR);
            eventually("the timer to have its name", || timers() == 1);
            let number = thread_number();
            drop(first);
            for _ in 0..1_000 {
                drop(root.until(HOUR));
            }
            let _last = root.until(HOUR);
            thread_number() == number
        });
    });
}

/// The number of the thread with the timer's name; `None` if there is none, or it has just begun.
fn thread_number() -> Option<String> {
    let named = |path: &std::path::Path| {
        std::fs::read_to_string(path.join("comm")).is_ok_and(|name| name.trim_end() == "tarae-timer")
    };
    let mut threads = std::fs::read_dir("/proc/self/task").unwrap().map(|thread| thread.unwrap().path());
    threads.find(|path| named(path)).map(|path| path.display().to_string())
}
