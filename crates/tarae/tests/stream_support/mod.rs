//! What the streams' tests share.
#![allow(dead_code, reason = "each test binary uses a part of it")]

use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use tarae::stream::Stream;

/// A task that polls streams by hand and counts how often it is woken.
#[derive(Default)]
pub(crate) struct Task {
    wakes: AtomicUsize,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        self.wakes.fetch_add(1, Ordering::SeqCst);
    }
}

impl Task {
    pub(crate) fn new() -> Arc<Self> {
        Arc::default()
    }

    pub(crate) fn wakes(&self) -> usize {
        self.wakes.load(Ordering::SeqCst)
    }

    pub(crate) fn poll<S: Stream + ?Sized>(self: &Arc<Self>, stream: Pin<&mut S>) -> Poll<Option<S::Item>> {
        let waker = Waker::from(Arc::clone(self));
        stream.poll_next(&mut Context::from_waker(&waker))
    }
}

/// The next item of a stream that must not be pending.
pub(crate) fn next<S: Stream + ?Sized>(stream: Pin<&mut S>) -> Option<S::Item> {
    match Task::new().poll(stream) {
        Poll::Ready(item) => item,
        Poll::Pending => panic!("the stream is pending"),
    }
}

/// All items of a stream that is never pending.
pub(crate) fn all<S: Stream>(stream: S) -> Vec<S::Item> {
    let mut stream = pin!(stream);
    std::iter::from_fn(|| next(stream.as_mut())).collect()
}

/// Pending once, having woken its task.
pub(crate) async fn pending_once() {
    let mut pending = true;
    std::future::poll_fn(|context| {
        context.waker().wake_by_ref();
        if std::mem::take(&mut pending) { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
}

/// A future that is ready when it is opened, and wakes who waits then. It counts how often it is polled.
#[derive(Clone, Default)]
pub(crate) struct Gate(Arc<Mutex<Inside>>);

#[derive(Default)]
struct Inside {
    open: bool,
    polls: usize,
    waiting: Option<Waker>,
}

impl Gate {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    pub(crate) fn open(&self) {
        let mut inside = self.0.lock().unwrap();
        inside.open = true;
        if let Some(waker) = inside.waiting.take() {
            drop(inside);
            waker.wake();
        }
    }

    pub(crate) fn polls(&self) -> usize {
        self.0.lock().unwrap().polls
    }
}

impl Future for Gate {
    type Output = ();

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let mut inside = self.0.lock().unwrap();
        inside.polls += 1;
        if inside.open {
            return Poll::Ready(());
        }
        inside.waiting = Some(context.waker().clone());
        Poll::Pending
    }
}
