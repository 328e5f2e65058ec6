//! A future that the test opens.
#![allow(dead_code, unreachable_pub, reason = "each test file takes what it needs")]

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::thread::{self, ThreadId};

use super::support::eventually;

/// Closed at first. Passing it is pending until somebody opens it.
#[derive(Clone, Debug, Default)]
pub struct Door(Arc<Mutex<Inside>>);

#[derive(Debug, Default)]
struct Inside {
    open: bool,
    wakers: Vec<Waker>,
    polls: Vec<ThreadId>,
}

impl Door {
    /// Opens it, and wakes who waits.
    pub fn open(&self) {
        self.0.lock().unwrap().open = true;
        self.wake();
    }

    /// Wakes who waits, open or not. Keeps the wakers.
    pub fn wake(&self) {
        let wakers = self.0.lock().unwrap().wakers.clone();
        wakers.iter().for_each(Waker::wake_by_ref);
    }

    /// Forgets who waits.
    pub fn forget(&self) {
        let wakers = std::mem::take(&mut self.0.lock().unwrap().wakers);
        drop(wakers);
    }

    /// How often it was polled.
    pub fn polls(&self) -> usize {
        self.0.lock().unwrap().polls.len()
    }

    /// On which threads.
    pub fn threads(&self) -> Vec<ThreadId> {
        self.0.lock().unwrap().polls.clone()
    }

    /// Waits until somebody waits at it.
    pub fn has_been_polled(&self, times: usize) {
        eventually("a poll", || self.polls() >= times);
        assert_eq!(self.polls(), times);
    }
}

impl Future for Door {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut inside = self.0.lock().unwrap();
        inside.polls.push(thread::current().id());
        if inside.open {
            return Poll::Ready(());
        }
        if !inside.wakers.iter().any(|waker| waker.will_wake(context.waker())) {
            inside.wakers.push(context.waker().clone());
        }
        Poll::Pending
    }
}
