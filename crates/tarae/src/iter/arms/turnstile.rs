//! A source that threads take turns at. What `shared` and `serialize` share.

use crate::sync::thread::{self, ThreadId};
use crate::sync::{Condvar, Mutex, lock, wait};
use std::mem;
use std::ops::{Deref, DerefMut};

/// A source, and beside it what its threads leave for one another.
///
/// No code of the program runs under the lock: who has the turn has the source, and pulls it with the lock free. So
/// nothing but the source itself can make a thread wait for long, and a panic leaves the lock as it was.
pub(super) struct Turnstile<S, M> {
    state: Mutex<State<S, M>>,
    /// The source is free, or its turn has left something.
    changed: Condvar,
    /// The mail has been changed without a turn. Apart from `changed`, since a bell for one must not wake a thread that
    /// cannot use it.
    sorted: Condvar,
}

struct State<S, M> {
    source: Source<S>,
    // How many threads wait for `changed`, and for `sorted`: if none do, it is not rung, which would be a system call.
    waiting: usize,
    sorting: usize,
    mail: M,
}

/// | from | to | by |
/// |---|---|---|
/// | `Free` | `Taken` | `Turnstile::enter` |
/// | `Taken` | `Free` | `Turn::leave`; the drop of the `Turn`, which is also how a panic ends it |
/// | `Taken` | `Ended` | `Turn::end`, for good |
enum Source<S> {
    // Boxed, since it goes in and out.
    Free(Box<S>),
    /// By this thread: should it come again, it has come from inside the source.
    Taken(ThreadId),
    Ended,
}

pub(super) enum Entered<'a, S, M, R> {
    /// What was looked for is there.
    Ready(R),
    Turn(Turn<'a, S, M>),
    Ended,
}

#[cold]
#[inline(never)]
pub(super) fn in_use() -> ! {
    panic!(
        "a source that is read by several was asked from inside itself, or from the clone of an item: ask it afterwards"
    )
}

impl<S, M> Turnstile<S, M> {
    pub(super) fn new(source: S, mail: M) -> Self {
        let state = State { source: Source::Free(Box::new(source)), waiting: 0, sorting: 0, mail };
        Self { state: Mutex::new(state), changed: Condvar::new(), sorted: Condvar::new() }
    }

    /// Waits until `ready` finds something or this thread has the turn.
    pub(super) fn enter<R>(&self, mut ready: impl FnMut(&mut M) -> Option<R>) -> Entered<'_, S, M, R> {
        let mut state = lock(&self.state);
        loop {
            if let Some(found) = ready(&mut state.mail) {
                return Entered::Ready(found);
            }
            match &state.source {
                Source::Ended => return Entered::Ended,
                Source::Free(_) => {
                    let taken = Source::Taken(thread::current().id());
                    if let Source::Free(source) = mem::replace(&mut state.source, taken) {
                        return Entered::Turn(Turn { stile: self, source: Some(source) });
                    }
                }
                Source::Taken(by) if *by == thread::current().id() => {
                    drop(state);
                    in_use();
                }
                Source::Taken(_) => {
                    state.waiting += 1;
                    state = wait(&self.changed, state);
                    state.waiting -= 1;
                }
            }
        }
    }

    /// The turn, if nobody has it, and `f` of what is left; the source may have ended.
    pub(super) fn try_enter<R>(&self, f: impl FnOnce(&mut M) -> R) -> (R, Entered<'_, S, M, ()>) {
        let mut state = lock(&self.state);
        let found = f(&mut state.mail);
        let entered = match &state.source {
            Source::Ended => Entered::Ended,
            Source::Taken(_) => Entered::Ready(()),
            Source::Free(_) => {
                let taken = Source::Taken(thread::current().id());
                match mem::replace(&mut state.source, taken) {
                    Source::Free(source) => Entered::Turn(Turn { stile: self, source: Some(source) }),
                    _ => unreachable!("it was free"),
                }
            }
        };
        (found, entered)
    }

    /// Waits until `ready` finds something that `change` has brought, whoever has the turn.
    pub(super) fn wait_for<R>(&self, mut ready: impl FnMut(&mut M) -> Option<R>) -> R {
        let mut state = lock(&self.state);
        loop {
            if let Some(found) = ready(&mut state.mail) {
                return found;
            }
            state.sorting += 1;
            state = wait(&self.sorted, state);
            state.sorting -= 1;
        }
    }

    /// Changes what is left, and rings for those in `wait_for`; nobody who waits for a turn may gain by it. No code of
    /// the program may run in `f`.
    pub(super) fn change<R>(&self, f: impl FnOnce(&mut M) -> R) -> R {
        let mut state = lock(&self.state);
        let result = f(&mut state.mail);
        if state.sorting > 0 {
            self.sorted.notify_all();
        }
        result
    }
}

/// The use of the source. Dropped, it lets the next one in.
pub(super) struct Turn<'a, S, M> {
    stile: &'a Turnstile<S, M>,
    // None once it has been given back.
    source: Option<Box<S>>,
}

impl<S, M> Turn<'_, S, M> {
    /// Leaves something for the others, and gives the source back if `f` says true. No code of the program may run in
    /// `f`.
    pub(super) fn leave(&mut self, f: impl FnOnce(&mut S, &mut M) -> bool) {
        let Some(source) = &mut self.source else { return };
        let mut state = lock(&self.stile.state);
        if f(source, &mut state.mail) {
            if let Some(source) = self.source.take() {
                state.source = Source::Free(source);
            }
            if state.waiting > 0 {
                self.stile.changed.notify_all();
            }
        }
    }

    /// The source has nothing more. It is dropped, by this thread.
    pub(super) fn end(mut self) {
        let source = self.source.take();
        let mut state = lock(&self.stile.state);
        state.source = Source::Ended;
        self.stile.changed.notify_all();
        drop(state);
        drop(source);
    }
}

impl<S, M> Deref for Turn<'_, S, M> {
    type Target = S;

    fn deref(&self) -> &S {
        match &self.source {
            Some(source) => source,
            None => unreachable!("the source is given back at the end of a turn"),
        }
    }
}

impl<S, M> DerefMut for Turn<'_, S, M> {
    fn deref_mut(&mut self) -> &mut S {
        match &mut self.source {
            Some(source) => source,
            None => unreachable!("the source is given back at the end of a turn"),
        }
    }
}

impl<S, M> Drop for Turn<'_, S, M> {
    fn drop(&mut self) {
        if let Some(source) = self.source.take() {
            let mut state = lock(&self.stile.state);
            state.source = Source::Free(source);
            // Nothing has been left, so only one can go on.
            if state.waiting > 0 {
                self.stile.changed.notify_one();
            }
        }
    }
}
