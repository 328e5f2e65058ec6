//! A scope as an executor that can be kept: a thread stands in its function, and passes on what it is sent.

use std::num::NonZeroUsize;
use std::sync::Mutex;
use std::sync::mpsc::{Sender, channel};
use std::thread::{self, JoinHandle};
use tarae::executor::{Scope, Ticket};
use tarae::prelude::*;

type Pass = Box<dyn for<'scope> FnOnce(&'scope Scope<'scope, '_>) + Send>;

#[derive(Debug)]
pub(crate) struct InScope {
    /// Taken when it is dropped, which ends the scope.
    sender: Mutex<Option<Sender<Pass>>>,
    thread: Option<JoinHandle<()>>,
    workers: NonZeroUsize,
}

impl InScope {
    pub(crate) fn new(workers: usize) -> Self {
        let (sender, receiver) = channel::<Pass>();
        let pool = ThreadPool::new(workers).unwrap();
        let thread = thread::spawn(move || pool.scope(|s| receiver.into_iter().for_each(|pass| pass(s))));
        let workers = NonZeroUsize::new(workers).unwrap();
        InScope { sender: Mutex::new(Some(sender)), thread: Some(thread), workers }
    }
}

impl<J: Job + 'static> Executor<J> for InScope {
    /// Comes back when the scope has it, as if it had been there.
    fn execute(&self, ticket: Ticket<J>) {
        let (done, passed) = channel::<()>();
        let pass: Pass = Box::new(move |s| {
            s.execute(ticket);
            drop(done);
        });
        self.sender.lock().unwrap().as_ref().unwrap().send(pass).unwrap();
        let _ = passed.recv();
    }

    fn parallelism(&self) -> NonZeroUsize {
        self.workers
    }
}

impl Drop for InScope {
    fn drop(&mut self) {
        drop(self.sender.lock().unwrap().take());
        let thread = self.thread.take().unwrap();
        // One that is dropped by a job of its own does not wait for itself.
        if !thread::current().name().is_some_and(|name| name.starts_with("tarae-")) {
            thread.join().unwrap();
        }
    }
}
