//! What the generators' tests share.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// A depth of nesting: the full one, or a small one where every step is interpreted.
pub(crate) fn depth(full: u64) -> u64 {
    if cfg!(miri) { full.min(300) } else { full }
}

/// Runs `f`, which must panic, and gives back what it said.
pub(crate) fn message<T>(f: impl FnOnce() -> T) -> String {
    let panic = match catch_unwind(AssertUnwindSafe(f)) {
        Ok(_) => panic!("it did not panic"),
        Err(panic) => panic,
    };
    match panic.downcast::<String>() {
        Ok(text) => *text,
        Err(panic) => panic.downcast_ref::<&str>().expect("a panic with a text").to_string(),
    }
}

/// What happened, in order.
#[derive(Debug, Default)]
pub(crate) struct Log(RefCell<Vec<String>>);

impl Log {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn note(&self, event: impl ToString) {
        self.0.borrow_mut().push(event.to_string());
    }

    /// What has been noted since the last call.
    pub(crate) fn take(&self) -> Vec<String> {
        self.0.take()
    }

    /// Notes `name` when it is dropped.
    pub(crate) fn guard(&self, name: impl ToString) -> Guard<'_> {
        Guard { log: self, name: name.to_string() }
    }
}

pub(crate) struct Guard<'a> {
    log: &'a Log,
    name: String,
}

impl Drop for Guard<'_> {
    fn drop(&mut self) {
        self.log.note(&self.name);
    }
}

/// Notes `name` and panics when it is dropped.
pub(crate) struct Bomb<'a>(pub(crate) &'a Log, pub(crate) &'static str);

impl Drop for Bomb<'_> {
    fn drop(&mut self) {
        self.0.note(self.1);
        panic!("{} exploded", self.1);
    }
}
