//! What the tests of tasks and executors share: gates instead of sleeps, counts instead of guesses, and a limit for
//! whatever could hang.
#![allow(dead_code, unreachable_pub, reason = "each test file takes what it needs")]

use std::collections::VecDeque;
use std::panic::resume_unwind;
use std::pin::pin;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::{Duration, Instant};

use tarae::executor::{Runnable, Ticket};
use tarae::prelude::*;

/// How long anything may take before it counts as hanging.
pub const PATIENCE: Duration = Duration::from_secs(if cfg!(miri) { 300 } else { 30 });

/// Runs a test on a thread of its own, and fails if it hangs.
pub fn watched(test: impl FnOnce() + Send + 'static) {
    let (ended, end) = channel::<()>();
    let name = thread::current().name().unwrap_or("test").to_owned();
    let body = move || {
        let _ended = ended;
        test();
    };
    let thread = thread::Builder::new().name(name).spawn(body).unwrap();
    assert_ne!(end.recv_timeout(PATIENCE), Err(RecvTimeoutError::Timeout), "the test hangs");
    if let Err(panic) = thread.join() {
        resume_unwind(panic);
    }
}

/// Closed at first; whoever passes waits until it is open.
#[derive(Clone, Debug, Default)]
pub struct Gate(Arc<(Mutex<bool>, Condvar)>);

impl Gate {
    pub fn open(&self) {
        *self.0.0.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.0.1.notify_all();
    }

    pub fn is_open(&self) -> bool {
        *self.0.0.lock().unwrap()
    }

    pub fn pass(&self) {
        let closed = self.0.0.lock().unwrap();
        let (_open, wait) = self.0.1.wait_timeout_while(closed, PATIENCE, |open| !*open).unwrap();
        assert!(!wait.timed_out(), "nobody opened the gate");
    }
}

/// A number that threads count up.
#[derive(Clone, Debug, Default)]
pub struct Count(Arc<AtomicUsize>);

impl Count {
    pub fn add(&self) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }

    pub fn get(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }

    /// Waits until it is `n`, and fails if it does not become so.
    pub fn reaches(&self, n: usize) {
        eventually(&format!("a count of {n}"), || self.get() >= n);
        assert_eq!(self.get(), n);
    }

    /// Something that counts when it is dropped.
    pub fn on_drop(&self) -> OnDrop {
        OnDrop(self.clone())
    }
}

/// Counts when it is dropped.
#[derive(Debug)]
pub struct OnDrop(Count);

impl Drop for OnDrop {
    fn drop(&mut self) {
        self.0.add();
    }
}

/// Panics when it is dropped, after having counted.
#[derive(Debug)]
pub struct Bomb(pub Count);

impl Drop for Bomb {
    fn drop(&mut self) {
        self.0.add();
        panic!("a destructor that panics");
    }
}

/// Looks until it is true, and fails if it does not become so.
pub fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let start = Instant::now();
    while !is_so() {
        assert!(start.elapsed() < PATIENCE, "waited in vain for {what}");
        thread::yield_now();
    }
}

/// Workers that are busy until this is dropped.
#[derive(Debug)]
#[must_use]
pub struct Held {
    gate: Gate,
    tasks: Vec<Task<()>>,
}

/// Keeps so many workers busy: all have begun when this returns.
pub fn hold(executor: &impl Executor<Box<dyn FnOnce() + Send>>, workers: usize) -> Held {
    let (gate, begun) = (Gate::default(), Count::default());
    let tasks = (0..workers).map(|_| {
        let (gate, begun) = (gate.clone(), begun.clone());
        executor.submit(Box::new(move || {
            begun.add();
            gate.pass();
        }))
    });
    let tasks = tasks.collect();
    begun.reaches(workers);
    Held { gate, tasks }
}

impl Held {
    /// Lets them go, and waits until they have.
    pub fn release(mut self) {
        self.gate.open();
        for task in std::mem::take(&mut self.tasks) {
            task.result().unwrap();
        }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.gate.open();
    }
}

/// An executor that keeps what it is given until the test says what becomes of it.
#[derive(Debug, Default)]
pub struct Shelf(Mutex<VecDeque<Runnable>>);

impl<J: Job + 'static> Executor<J> for Shelf {
    fn execute(&self, ticket: Ticket<J>) {
        self.0.lock().unwrap().push_back(ticket.into_runnable());
    }
}

impl Shelf {
    /// The job that has been there longest.
    pub fn take(&self) -> Runnable {
        self.0.lock().unwrap().pop_front().expect("a job on the shelf")
    }

    pub fn run_next(&self) {
        self.take().run();
    }

    pub fn len(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

/// One thread that runs what comes through a channel. It ends when the last of these is dropped.
#[derive(Clone, Debug)]
pub struct OneThread(Sender<Runnable>);

impl OneThread {
    pub fn new() -> Self {
        let (sender, receiver) = channel::<Runnable>();
        thread::spawn(move || receiver.into_iter().for_each(Runnable::run));
        OneThread(sender)
    }
}

impl<J: Job + 'static> Executor<J> for OneThread {
    fn execute(&self, ticket: Ticket<J>) {
        self.0.send(ticket.into_runnable()).unwrap();
    }
}

/// A waker that counts how often it is woken.
#[derive(Debug, Default)]
pub struct Wakes(pub AtomicUsize);

impl Wake for Wakes {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::SeqCst);
    }
}

impl Wakes {
    pub fn new() -> (Arc<Self>, Waker) {
        let wakes = Arc::new(Wakes::default());
        (wakes.clone(), Waker::from(wakes))
    }

    pub fn get(&self) -> usize {
        self.0.load(Ordering::SeqCst)
    }
}

/// Polls once.
pub fn poll<F: Future + Unpin>(future: &mut F, waker: &Waker) -> Poll<F::Output> {
    pin!(future).poll(&mut Context::from_waker(waker))
}

struct Unpark(thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Runs a future to its end on this thread; how often it was polled, too.
pub fn block_on<F: Future>(future: F) -> (F::Output, usize) {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut polls = 0;
    loop {
        polls += 1;
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return (output, polls),
            Poll::Pending => thread::park_timeout(PATIENCE),
        }
    }
}

/// Forgets something, in a way that Miri does not count as a leak of ours.
pub fn keep<T>(value: T) {
    static KEPT: Mutex<Vec<AtomicPtr<()>>> = Mutex::new(Vec::new());
    KEPT.lock().unwrap().push(AtomicPtr::new(Box::into_raw(Box::new(value)).cast()));
}

/// A small random number generator: xorshift.
#[derive(Debug)]
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % n
    }
}

/// How many threads this process has.
#[cfg(target_os = "linux")]
pub fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").unwrap().count()
}

/// Runs a test that counts threads in a process of its own, since other tests start threads, too. `name` is the test's, with
/// its module.
#[cfg(target_os = "linux")]
pub fn alone(name: &str, test: impl FnOnce() + Send + 'static) {
    const ALONE: &str = "TARAE_COUNTS_THREADS";
    if std::env::var_os(ALONE).is_some() {
        return watched(test);
    }
    let mut alone = std::process::Command::new(std::env::current_exe().unwrap());
    let output = alone.args(["--exact", name]).env(ALONE, "1").output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && said.contains("1 passed"), "{name}: {said}");
}

/// How many threads this process has whose names begin so: other tests, which run beside, start threads, too.
#[cfg(target_os = "linux")]
pub fn threads_named(prefix: &str) -> usize {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap();
    let name =
        |task: &std::fs::DirEntry| std::fs::read_to_string(task.path().join("comm")).unwrap_or_default();
    tasks.filter(|task| name(task.as_ref().unwrap()).starts_with(prefix)).count()
}

/// What a panic said.
pub fn message(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<String>()
        .map(String::as_str)
        .or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("")
}
