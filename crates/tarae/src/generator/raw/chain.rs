//! The running delegations of one generator: a linked list of nodes, innermost first.
//!
//! The driver resumes the innermost node directly, which makes an item cost the same at any depth. Nodes belong to the
//! chain and not to the future that the parent awaits, so a chain of any depth is torn down in a loop.

use super::frame::{Frame, frame_of};
use alloc::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use core::future::Future;
use core::mem::ManuallyDrop;
use core::pin::Pin;
use core::ptr;
use core::task::{Context, Poll, Waker};

/// What every node begins with.
#[repr(C)]
pub(crate) struct Node {
    table: &'static Table,
    /// The delegating body's own node; null if that is the generator's root. On the free list: the next free node.
    parent: *mut Node,
}

struct Table {
    poll: unsafe fn(*mut Node, &Waker) -> bool,
    drop: unsafe fn(*mut Node),
    layout: Layout,
}

/// A child, and later its result.
union Stage<F: Future> {
    child: ManuallyDrop<F>,
    result: ManuallyDrop<F::Output>,
}

/// A node with a child of type `F`.
#[repr(C)]
pub(crate) struct NodeOf<F: Future> {
    head: Node,
    stage: Stage<F>,
}

impl<F: Future> NodeOf<F> {
    const TABLE: Table =
        Table { poll: Self::poll, drop: Self::drop_child, layout: Layout::new::<NodeOf<F>>() };

    /// Polls the child. True when it has returned: then the node is unlinked, the child is gone and its result is here.
    ///
    /// The only place that polls an `F`, so that the body is inlined here and a resume is one indirect call.
    ///
    /// # Safety
    /// `node` is a `NodeOf<F>` that is linked, with a live child; `waker` is that of its chain's driver.
    #[inline]
    pub(super) unsafe fn poll(node: *mut Node, waker: &Waker) -> bool {
        let node = node.cast::<Self>();
        // SAFETY: the caller's promise; the child is pinned, since a node never moves. A frame's `chain` lies at the
        // same offset for all types.
        unsafe {
            let child = Pin::new_unchecked(&mut *(*node).stage.child);
            let Poll::Ready(result) = child.poll(&mut Context::from_waker(waker)) else { return false };
            let chain = (*frame_of::<(), ()>(waker)).chain;
            // Unlinked first: a destructor that panics must not meet the node again.
            (*chain).innermost = (*node).head.parent;
            ManuallyDrop::drop(&mut (*node).stage.child);
            (&raw mut (*node).stage.result).write(ManuallyDrop::new(result));
        }
        true
    }

    /// # Safety
    /// As for [`poll`](Self::poll), once.
    unsafe fn drop_child(node: *mut Node) {
        // SAFETY: the caller's promise.
        unsafe { ManuallyDrop::drop(&mut (*node.cast::<Self>()).stage.child) }
    }

    /// Takes the result.
    ///
    /// # Safety
    /// `poll` has returned true for this node, and the result has not been taken.
    #[inline(always)]
    pub(super) unsafe fn take_result(node: *mut Self) -> F::Output {
        // SAFETY: the caller's promise.
        ManuallyDrop::into_inner(unsafe { ptr::read(&raw const (*node).stage.result) })
    }
}

/// The running delegations of one generator, innermost first, and nodes to be used again.
pub struct Chain {
    innermost: *mut Node,
    /// Free nodes, all of `free_size` bytes and `NODE_ALIGN`.
    free: *mut Node,
    free_size: usize,
    /// Set by a delegation that leaves its child to the driver's loop to start; cleared by that loop.
    unstarted: bool,
}

/// The least alignment of a node, so that nodes of different types with one size can stand in for each other.
const NODE_ALIGN: usize = 16;

/// The layout that a node of this size and alignment is allocated with.
#[inline(always)]
fn allocated(size: usize, align: usize) -> Layout {
    Layout::from_size_align(size, align.max(NODE_ALIGN)).expect("a node is smaller than the address space")
}

// SAFETY: nodes hold nothing but children between two resumes, and whether those may move to another thread is counted
// in the body that awaits them (`Delegate` is `Send` only if its child is).
unsafe impl Send for Chain {}

impl Chain {
    pub(super) const fn new() -> Self {
        Chain { innermost: ptr::null_mut(), free: ptr::null_mut(), free_size: 0, unstarted: false }
    }

    #[inline(always)]
    pub(super) fn innermost(&self) -> *mut Node {
        self.innermost
    }

    #[inline(always)]
    pub(super) fn take_unstarted(&mut self) -> bool {
        core::mem::replace(&mut self.unstarted, false)
    }

    #[inline(always)]
    pub(super) fn leave_unstarted(&mut self) {
        self.unstarted = true;
    }

    /// Polls the child in `node`; see [`NodeOf::poll`].
    ///
    /// # Safety
    /// `node` is linked in the chain of the frame that `waker` leads to, and `waker` is its driver's.
    #[inline(always)]
    pub(super) unsafe fn poll(node: *mut Node, waker: &Waker) -> bool {
        // SAFETY: the table was made for the node's child.
        unsafe { ((*node).table.poll)(node, waker) }
    }

    /// Puts a child into a node, which is the caller's: to be linked, or discarded. It has no parent yet.
    #[inline(always)]
    pub(super) fn hold<F: Future>(&mut self, child: F) -> *mut NodeOf<F> {
        let node = self.allocate(size_of::<NodeOf<F>>(), align_of::<NodeOf<F>>()).cast::<NodeOf<F>>();
        // SAFETY: the memory is ours and large enough.
        unsafe {
            (&raw mut (*node).stage.child).write(ManuallyDrop::new(child));
            (&raw mut (*node).head.table).write(&NodeOf::<F>::TABLE);
        }
        node
    }

    /// Links a node as the innermost one. It is the chain's from now on.
    ///
    /// # Safety
    /// `node` was made by [`hold`](Self::hold). The chain is that of the generator whose body is running, and that body
    /// suspends, without a panic, until the node has been unlinked, or the child has panicked. Every waker that the child
    /// is polled with will be the chain's driver's.
    #[inline(always)]
    pub(super) unsafe fn link(&mut self, node: *mut Node) {
        // SAFETY: the node is live.
        unsafe { (&raw mut (*node).parent).write(self.innermost) };
        self.innermost = node;
    }

    /// Drops a child that has not returned, and frees its node.
    ///
    /// # Safety
    /// `node` was made by [`hold`](Self::hold), and is not linked, or not any more. It is not used again.
    #[cold]
    #[inline(never)]
    pub(super) unsafe fn discard(node: *mut Node) {
        struct Memory(*mut Node, Layout);
        impl Drop for Memory {
            fn drop(&mut self) {
                // SAFETY: the node is the caller's, and this is its last use.
                unsafe { dealloc(self.0.cast(), self.1) }
            }
        }
        // SAFETY: the node is live, and the caller's; it was allocated with this layout.
        unsafe {
            let table = (*node).table;
            let _memory = Memory(node, allocated(table.layout.size(), table.layout.align()));
            (table.drop)(node);
        }
    }

    #[inline(always)]
    fn allocate(&mut self, size: usize, align: usize) -> *mut Node {
        let node = self.free;
        if !node.is_null() && self.free_size == size && align <= NODE_ALIGN {
            // SAFETY: free nodes are ours, and their `parent` is the next one.
            self.free = unsafe { (*node).parent };
            return node;
        }
        Self::allocate_new(allocated(size, align))
    }

    #[cold]
    #[inline(never)]
    fn allocate_new(layout: Layout) -> *mut Node {
        // SAFETY: a node has a head, so its size is not 0.
        let node = unsafe { alloc(layout) };
        if node.is_null() {
            handle_alloc_error(layout);
        }
        node.cast()
    }

    /// Keeps the node for the next delegation. All free nodes have the size of the first that was freed.
    ///
    /// # Safety
    /// `node` is a `NodeOf<F>` of this chain that is unlinked and empty.
    #[inline(always)]
    pub(super) unsafe fn recycle<F: Future>(&mut self, node: *mut NodeOf<F>) {
        let (size, align) = (size_of::<NodeOf<F>>(), align_of::<NodeOf<F>>());
        let node = node.cast::<Node>();
        // SAFETY: the caller's promise; `allocated` is the layout it was allocated with.
        unsafe {
            if align <= NODE_ALIGN && (self.free.is_null() || self.free_size == size) {
                self.free_size = size;
                (&raw mut (*node).parent).write(self.free);
                self.free = node;
            } else {
                dealloc(node.cast(), allocated(size, align));
            }
        }
    }

    /// Drops the children, innermost first, and frees all nodes.
    #[cold]
    #[inline(never)]
    pub(super) fn clear(&mut self) {
        /// Goes on with the outer ones if a destructor panics (a second panic aborts, as everywhere in Rust).
        struct Rest<'a>(&'a mut Chain);
        impl Drop for Rest<'_> {
            fn drop(&mut self) {
                self.0.drop_children();
                self.0.free_nodes();
            }
        }
        let rest = Rest(self);
        rest.0.drop_children();
    }

    fn free_nodes(&mut self) {
        while !self.free.is_null() {
            let node = self.free;
            // SAFETY: free nodes are ours, and were allocated with this layout.
            unsafe {
                self.free = (*node).parent;
                dealloc(node.cast(), allocated(self.free_size, NODE_ALIGN));
            }
        }
    }

    fn drop_children(&mut self) {
        while !self.innermost.is_null() {
            let node = self.innermost;
            // SAFETY: a linked node is live. It is unlinked before its child is dropped, so it is dropped once.
            // Dropping a child touches no other node: the future that a parent awaits has no destructor.
            unsafe {
                self.innermost = (*node).parent;
                Self::discard(node);
            }
        }
    }
}

impl Drop for Chain {
    #[inline(always)]
    fn drop(&mut self) {
        if !self.innermost.is_null() || !self.free.is_null() {
            self.clear();
        }
    }
}

/// Bytes of native stack that children started inside their parents may use; then the driver's loop starts them.
const EAGER_STACK: usize = 16 << 10;

/// Whether the native stack has grown so far since the resume with this frame began that a child should be started by
/// the driver's loop.
#[inline(always)]
pub(super) fn is_deep<Y, S>(frame: *mut Frame<Y, S>, node: *mut Node) -> bool {
    if cfg!(miri) {
        // Miri's addresses say nothing about depth: take both ways, by the node's address.
        return node.addr() & 0x30 == 0;
    }
    let here = 0u8;
    frame.addr().wrapping_sub((&raw const here).addr()) > EAGER_STACK
}
