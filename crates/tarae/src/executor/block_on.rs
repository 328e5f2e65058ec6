//! A future on this thread, to its end.

use crate::sync::{AtomicBool, Ordering, thread};
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Polls a future on this thread to its end. Between its polls the thread sleeps: it polls nothing in vain.
///
/// ```
/// use tarae::executor::block_on;
/// use tarae::prelude::*;
///
/// let pool = ThreadPool::new(2)?;
/// let (a, b) = (pool.submit(|| 40), pool.submit(|| 2));
/// let sum = block_on(async { Ok::<_, TaskError>(a.await? + b.await?) });
/// assert_eq!(sum?, 42);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// It may be called anywhere: inside a job, and inside itself. But it runs nothing besides its future: a job that so waits for a
/// task which only its own worker could run waits for ever; [`result`](crate::task::Task::result) runs it. Inside a future,
/// `.await` instead: this holds the thread.
///
/// # Panics
/// If the future does; it is dropped then.
pub fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let sleeper = Arc::new(Sleeper { thread: thread::current(), woken: AtomicBool::new(false) });
    let waker = Waker::from(sleeper.clone());
    let mut context = Context::from_waker(&waker);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return output;
        }
        // An unpark that was meant for something else polls nothing.
        while !sleeper.woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

struct Sleeper {
    thread: thread::Thread,
    woken: AtomicBool,
}

impl Wake for Sleeper {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        if !self.woken.swap(true, Ordering::Release) {
            self.thread.unpark();
        }
    }
}
