//! A node of a chain: where a child lives, and later its result.

use super::chain::Chain;
use super::frame::frame_of;
use alloc::alloc::Layout;
use core::future::Future;
use core::mem::ManuallyDrop;
use core::pin::Pin;
use core::ptr;
use core::task::{Context, Poll, Waker};

/// What every node begins with.
#[repr(C)]
pub(crate) struct Node {
    pub(super) table: &'static Table,
    /// The delegating body's own node; null if that is the generator's root. Of a free node: the next one.
    pub(super) parent: *mut Node,
}

/// What is known of a child where its type is not.
pub(super) struct Table {
    /// See [`NodeOf::run`].
    pub(super) run: unsafe fn(*mut Node, &Waker) -> Outcome,
    /// Drops the child that is in the node.
    pub(super) drop: unsafe fn(*mut Node),
    /// Of the node.
    pub(super) layout: Layout,
}

/// How running a body has ended.
#[derive(Clone, Copy, PartialEq)]
#[repr(u8)]
pub(super) enum Outcome {
    /// It is pending: at a yield, if the frame is full.
    Pending,
    /// It has begun a delegation, or ended one: another body is the innermost now.
    Moved,
    /// The root has returned. Its result is written.
    Returned,
}

/// A node with a child of type `F`, and later with its result.
#[repr(C)]
pub(super) union NodeOf<F: Future> {
    running: ManuallyDrop<Running<F>>,
    ended: ManuallyDrop<Ended<F::Output>>,
}

#[repr(C)]
struct Running<F> {
    head: Node,
    child: F,
}

/// A node whose child has returned. It looks the same whatever the child was.
#[repr(C)]
pub(super) struct Ended<R> {
    head: Node,
    pub(super) result: R,
}

impl<F: Future> NodeOf<F> {
    pub(super) const TABLE: &'static Table =
        &Table { run: Self::run, drop: Self::drop_child, layout: Layout::new::<NodeOf<F>>() };

    /// Puts a child into the memory of a node, which has no parent yet.
    ///
    /// # Safety
    /// `node` has the layout of a `NodeOf<F>` and its table, and nothing that needs to be dropped is in it.
    #[inline(always)]
    pub(super) unsafe fn fill(node: *mut Node, child: F) {
        // SAFETY: the caller's promise.
        unsafe { (&raw mut (*node.cast::<Running<F>>()).child).write(child) }
    }

    /// Polls the body in `node`, or the root if that is null, and then, as long as they are of the same type, the children
    /// that it starts and the parents that their ends resume.
    ///
    /// The only place that polls an `F` that delegates, or is delegated to: so the body is inlined here, and a walk over
    /// a tree, whose bodies are of one type, makes one call an item.
    ///
    /// # Safety
    /// `waker` leads to the frame of a running resume. `node` is the innermost of its chain, with an `F`; or it is null,
    /// the chain has no node, and its root is an `F`.
    unsafe fn run(mut node: *mut Node, waker: &Waker) -> Outcome {
        // SAFETY: the frame's `full` and `chain` lie at the same offsets for all types. It and the chain are live, and nobody
        // else is at them between two polls. Bodies are pinned: a node never moves, nor does the root during a resume. A
        // child that has returned owns nothing any more (an async block has dropped what it had; `Stepped` and `ErasedBody`
        // drop themselves as they return), so its memory is used again without running a destructor, which would find
        // nothing to do.
        unsafe {
            let frame = frame_of::<(), ()>(waker);
            let chain = (*frame).chain;
            let mut body = Self::body_in(node, chain);
            loop {
                // A context for each poll: what a body awaits may put another in the place of its own.
                match Pin::new_unchecked(&mut *body).poll(&mut Context::from_waker(waker)) {
                    Poll::Pending if (*chain).innermost == node => match (*chain).sink {
                        Some(sink) if (*frame).full => {
                            (sink.take)(sink.data);
                            continue;
                        }
                        _ => return Outcome::Pending,
                    },
                    Poll::Pending => {
                        node = (*chain).innermost; // a child, so it is not null
                        // Tables that are the same have the same `run`: to go on here is what calling it would do.
                        if !ptr::eq((*node).table, Self::TABLE) {
                            return Outcome::Moved;
                        }
                    }
                    Poll::Ready(result) if node.is_null() => {
                        (*chain).result.cast::<F::Output>().write(result);
                        return Outcome::Returned;
                    }
                    Poll::Ready(result) => {
                        (&raw mut (*node.cast::<Ended<F::Output>>()).result).write(result);
                        node = (*chain).unlink(node);
                        if !ptr::eq((*chain).table_of(node), Self::TABLE) {
                            return Outcome::Moved;
                        }
                    }
                }
                body = Self::body_in(node, chain);
            }
        }
    }

    /// Where the body in `node` is, or the root's if that is null.
    ///
    /// # Safety
    /// As for [`run`](Self::run).
    #[inline(always)]
    unsafe fn body_in(node: *mut Node, chain: *mut Chain) -> *mut F {
        // SAFETY: the caller's promise.
        unsafe {
            match node.is_null() {
                true => (*chain).root.cast(),
                false => &raw mut (*node.cast::<Running<F>>()).child,
            }
        }
    }

    /// # Safety
    /// `node` has an `F` that has not been dropped. That is done now.
    unsafe fn drop_child(node: *mut Node) {
        // SAFETY: the caller's promise.
        unsafe { ptr::drop_in_place(&raw mut (*node.cast::<Running<F>>()).child) }
    }
}
