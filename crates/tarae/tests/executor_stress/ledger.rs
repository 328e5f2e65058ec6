//! What becomes of all jobs of a round: each is counted when it is submitted, when it runs, and when what it captured is
//! dropped, whatever happens to it.
#![allow(unreachable_pub, reason = "a part of a test")]

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tarae::prelude::*;

/// Failures that nobody looked at, as the failure hook is told.
pub static REPORTED: AtomicUsize = AtomicUsize::new(0);

#[derive(Clone, Debug, Default)]
pub struct Ledger(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    submitted: AtomicUsize,
    /// What ran, and what did not, as the captured values say when they are dropped.
    ran: AtomicUsize,
    never_ran: AtomicUsize,
    returned: AtomicUsize,
    returned_dropped: AtomicUsize,
    panicked: AtomicUsize,
    panics_seen: AtomicUsize,
    callbacks: AtomicUsize,
    callbacks_run: AtomicUsize,
}

fn add(count: &AtomicUsize) {
    count.fetch_add(1, Ordering::SeqCst);
}

impl Ledger {
    /// What a job captures. It counts as submitted.
    pub fn captured(&self) -> Captured {
        add(&self.0.submitted);
        Captured { ledger: self.clone(), ran: false }
    }

    /// What a job returns.
    pub fn returned(&self) -> Returned {
        add(&self.0.returned);
        Returned(self.clone())
    }

    /// Panics, without the panic hook's message.
    pub fn panic(&self) -> ! {
        add(&self.0.panicked);
        std::panic::resume_unwind(Box::new("as it should"))
    }

    /// Somebody looks at an answer.
    pub fn see(&self, answer: Result<Returned, TaskError>) {
        if answer.is_err_and(|error| error.is_panic()) {
            add(&self.0.panics_seen);
        }
    }

    /// One of those who share it looks at an answer.
    pub fn see_shared(&self, answer: Result<&Returned, &TaskError>, seen: &AtomicBool) {
        if answer.is_err_and(TaskError::is_panic) && !seen.swap(true, Ordering::SeqCst) {
            add(&self.0.panics_seen);
        }
    }

    /// A callback that looks at the answer.
    pub fn callback(&self) -> impl FnOnce(Result<Returned, TaskError>) + Send + 'static {
        add(&self.0.callbacks);
        let ledger = self.clone();
        move |answer| {
            add(&ledger.0.callbacks_run);
            ledger.see(answer);
        }
    }

    /// What does not come out even yet.
    pub fn open(&self) -> Vec<(&'static str, usize, usize)> {
        let get = |count: &AtomicUsize| count.load(Ordering::SeqCst);
        let counts = &*self.0;
        let sums = [
            (
                "submitted: ran or cancelled",
                get(&counts.submitted),
                get(&counts.ran) + get(&counts.never_ran),
            ),
            ("returned: dropped", get(&counts.returned), get(&counts.returned_dropped)),
            ("panicked: seen or reported", get(&counts.panicked), get(&counts.panics_seen) + get(&REPORTED)),
            ("callbacks: run", get(&counts.callbacks), get(&counts.callbacks_run)),
        ];
        sums.into_iter().filter(|&(_, is, should)| is != should).collect()
    }

    pub fn submitted(&self) -> usize {
        self.0.submitted.load(Ordering::SeqCst)
    }
}

/// Dropped once, with its job.
#[derive(Debug)]
pub struct Captured {
    ledger: Ledger,
    ran: bool,
}

impl Captured {
    pub fn run(&mut self) -> Ledger {
        assert!(!self.ran, "a job runs once");
        self.ran = true;
        self.ledger.clone()
    }
}

impl Drop for Captured {
    fn drop(&mut self) {
        let counts = &self.ledger.0;
        add(if self.ran { &counts.ran } else { &counts.never_ran });
    }
}

/// Dropped once, by whoever has it last.
#[derive(Debug)]
pub struct Returned(Ledger);

impl Drop for Returned {
    fn drop(&mut self) {
        add(&self.0.0.returned_dropped);
    }
}
