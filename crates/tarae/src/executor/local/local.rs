//! The executor of the thread that calls.

use super::members::{Key, Members};
use super::place::{Event, Place, Ready};
use crate::cancel::CancelToken;
use crate::executor::Options;
use crate::executor::driven::{Driven, token_below};
use crate::task::Task;
use std::cell::{Cell, RefCell};
use std::fmt;
use std::panic::Location;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};

/// Runs futures on the thread that calls, in turns: for what is not `Send`, borrows, or is too small for a thread.
///
/// ```
/// use std::rc::Rc;
/// use tarae::executor::{Local, yield_now};
///
/// let total = Rc::new(std::cell::Cell::new(0)); // neither `Send` nor locked: there is one thread
/// let local = Local::new();
/// let tasks: Vec<_> = (1..=3)
///     .map(|n| {
///         let total = total.clone();
///         local.spawn(async move {
///             total.set(total.get() + n);
///             yield_now().await; // now the others
///             total.get()
///         })
///     })
///     .collect();
/// local.run();
/// for task in tasks {
///     assert_eq!(task.result()?, 6);
/// }
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// Nothing runs before [`run`](Self::run) or [`run_until`](Self::run_until), and only while one of them does. A generator or a
/// coroutine takes part by [`steps`](crate::executor::steps()).
///
/// **Order**: round robin. Who is woken goes to the end of the queue; the first turns are in the order of the spawns. A
/// future that waits for nothing keeps the thread: [`yield_now`](crate::executor::yield_now()) lets the others go on.
///
/// **Waking** is for whatever thread: it puts the future into the queue, once, and wakes the thread if that sleeps. Nothing
/// is polled in vain.
///
/// **Tasks** are as on a pool: `cancel` before the first turn, `abort`, time-outs and tokens drop the future, always on
/// this thread, at its next turn, and so while this runs. The task may be waited for by other threads. On this one it is to
/// be awaited, or given to `run_until`: to wait for it outside would be for ever, and panics.
///
/// **Dropping** it drops the futures where they wait; their tasks end as Cancelled. A future that is pending, and whose last
/// waker was dropped, is dropped as well, and its task ends with an error that says so.
///
/// It is neither `Send` nor `Sync`:
///
/// ```compile_fail,E0277
/// let local = tarae::executor::Local::new();
/// std::thread::spawn(move || local.run());
/// ```
pub struct Local<'a> {
    members: RefCell<Members<'a>>,
    ready: Arc<Ready>,
    /// What the tokens of the futures are below.
    token: CancelToken,
    running: Cell<bool>,
}

impl<'a> Local<'a> {
    /// One without futures.
    pub fn new() -> Self {
        Local {
            members: RefCell::new(Members::new()),
            ready: Ready::new(),
            token: CancelToken::new(),
            running: Cell::new(false),
        }
    }

    /// Takes a future, whose first turn comes after all that are queued.
    #[track_caller]
    pub fn spawn<F>(&self, future: F) -> Task<F::Output>
    where
        F: Future + 'a,
        F::Output: Send,
    {
        self.spawn_with(Options::new(), future)
    }

    /// Takes a future, with a name, a time-out or a token.
    #[track_caller]
    pub fn spawn_with<F>(&self, options: Options, future: F) -> Task<F::Output>
    where
        F: Future + 'a,
        F::Output: Send,
    {
        let location = Location::caller();
        let key = self.members.borrow_mut().reserve();
        let place = Place::new(key, &self.ready);
        let token = token_below(&self.token, &place);
        let (driven, task) = Driven::new((), future, options, location, token);
        driven.hang(&place);
        self.members.borrow_mut().put(key, Box::new(Some(driven)));
        place.wake_by_ref();
        task
    }

    /// How many futures there are that have not ended.
    pub fn len(&self) -> usize {
        self.members.borrow().len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Runs until all futures have ended, also those that are spawned meanwhile.
    ///
    /// # Panics
    /// If it is called by one of its own futures: `.await` the tasks there.
    pub fn run(&self) {
        let _running = Running::begin(&self.running);
        while !self.is_empty() {
            self.go_on(self.ready.next());
        }
    }

    /// Runs until this future is ready, which takes its turns among the others, and need not be `'a`: it may borrow the `Local`
    /// itself, and spawn. The others stay where they are then.
    ///
    /// ```
    /// use tarae::executor::Local;
    ///
    /// let local = Local::new();
    /// let answer = local.run_until(async {
    ///     let (a, b) = (local.spawn(async { 40 }), local.spawn(async { 2 }));
    ///     Ok::<_, tarae::task::TaskError>(a.await? + b.await?)
    /// });
    /// assert_eq!(answer?, 42);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Panics
    /// If this future does, or this is called by one of its own futures.
    pub fn run_until<F: Future>(&self, future: F) -> F::Output {
        let _running = Running::begin(&self.running);
        let mut future = pin!(future);
        let place = Place::new(Key::OUTSIDE, &self.ready);
        let waker = Waker::from(place.clone());
        place.wake_by_ref();
        loop {
            match self.ready.next() {
                Event::Turn(next) if Arc::ptr_eq(&next, &place) => {
                    next.begin_turn();
                    if let Poll::Ready(output) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
                        return output;
                    }
                }
                event => self.go_on(event),
            }
        }
    }

    fn go_on(&self, event: Event) {
        match event {
            Event::Turn(place) => self.turn(place),
            Event::Unwoken(key) => self.leave(key),
        }
    }

    /// A member's turn.
    fn turn(&self, place: Arc<Place>) {
        let key = place.key();
        let Some(mut member) = self.members.borrow_mut().take(key) else { return };
        place.begin_turn();
        let waker = Waker::from(place);
        if member.turn(&waker) {
            self.members.borrow_mut().put(key, member);
        } else {
            self.members.borrow_mut().free(key);
        }
    }

    /// Nothing can wake a member any more, if it is still there.
    fn leave(&self, key: Key) {
        let member = self.members.borrow_mut().take(key);
        if let Some(mut member) = member {
            self.members.borrow_mut().free(key);
            member.leave_unwoken();
        }
    }
}

impl Default for Local<'_> {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for Local<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Local").field("futures", &self.len()).finish_non_exhaustive()
    }
}

impl Drop for Local<'_> {
    fn drop(&mut self) {
        // A destructor may spawn here once more: nothing is borrowed meanwhile.
        while let Some(mut member) = { self.members.borrow_mut().pop() } {
            member.stop();
        }
        self.ready.close();
    }
}

/// As long as this is there, the turns are taken.
struct Running<'a>(&'a Cell<bool>);

impl<'a> Running<'a> {
    fn begin(running: &'a Cell<bool>) -> Self {
        assert!(
            !running.replace(true),
            "a `Local` is run by one of its own futures: `.await` the task there instead"
        );
        Running(running)
    }
}

impl Drop for Running<'_> {
    fn drop(&mut self) {
        self.0.set(false);
    }
}
