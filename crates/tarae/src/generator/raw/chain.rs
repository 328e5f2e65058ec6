//! The running delegations of one generator: a linked list of nodes, innermost first.
//!
//! The driver resumes the innermost node directly, which makes an item cost the same at any depth. Nodes belong to the
//! chain and not to the future that the parent awaits, so a chain of any depth is torn down in a loop.

use super::node::{Ended, Node, NodeOf, Outcome, Table};
use alloc::alloc::{alloc, dealloc, handle_alloc_error};
use core::future::Future;
use core::marker::PhantomData;
use core::ptr;
use core::task::Waker;

/// The running delegations of one generator, innermost first, and nodes to be used again.
pub struct Chain {
    root_table: &'static Table,
    /// Null if the root itself is.
    pub(super) innermost: *mut Node,
    /// Nodes that are not in use, the last one freed first. There are never more than there have been levels.
    free: *mut Node,
    /// The generator's own body, which lies in no node. Set by each resume.
    pub(super) root: *mut (),
    /// Where that body's result goes. Set by each resume.
    pub(super) result: *mut (),
    /// What takes the items, if the resume is to go on to the end. Set by each resume.
    pub(super) sink: Option<Sink>,
}

/// Takes the item out of the frame.
#[derive(Clone, Copy)]
pub(super) struct Sink {
    pub(super) take: unsafe fn(*mut ()),
    pub(super) data: *mut (),
}

// SAFETY: nodes hold nothing but children between two resumes, and whether those may move to another thread is counted
// in the body that awaits them (`Delegate` is `Send` only if its child is).
unsafe impl Send for Chain {}

impl Chain {
    /// The chain of a generator with the body `B`.
    #[inline(always)]
    const fn of<B: Future>() -> Self {
        Chain {
            root_table: NodeOf::<B>::TABLE,
            innermost: ptr::null_mut(),
            free: ptr::null_mut(),
            root: ptr::null_mut(),
            result: ptr::null_mut(),
            sink: None,
        }
    }

    /// The table of what is in `node`, or of the root if that is null.
    ///
    /// # Safety
    /// `node` is a node of this chain.
    #[inline(always)]
    pub(super) unsafe fn table_of(&self, node: *mut Node) -> &'static Table {
        // SAFETY: the caller's promise.
        if node.is_null() { self.root_table } else { unsafe { (*node).table } }
    }

    /// Runs the innermost body until one is pending, or the root has returned: then it is true, and `result` is written.
    ///
    /// # Safety
    /// `waker` leads to the frame of this resume, which has this chain. `root` is the generator's body, pinned, and `result`
    /// is where its result can be written. `sink` takes items out of the frame, and does nothing else with the generator.
    #[inline(always)]
    pub(super) unsafe fn run(
        chain: *mut Chain,
        root: *mut (),
        result: *mut (),
        sink: Option<Sink>,
        waker: &Waker,
    ) -> bool {
        // SAFETY: the caller's promise; nothing else refers into the chain between two calls. The table is that of the
        // body which is run.
        unsafe {
            (*chain).root = root;
            (*chain).result = result;
            (*chain).sink = sink;
            loop {
                let node = (*chain).innermost;
                match ((*chain).table_of(node).run)(node, waker) {
                    Outcome::Moved => {}
                    outcome => return outcome == Outcome::Returned,
                }
            }
        }
    }

    /// Puts a child into a node, which is the caller's to link. It has no parent yet.
    #[inline(always)]
    pub(super) fn hold<F: Future>(&mut self, child: F) -> *mut Ended<F::Output> {
        let node = self.allocate(NodeOf::<F>::TABLE);
        // SAFETY: the node is ours, has this table, and is empty.
        unsafe { NodeOf::fill(node, child) };
        node.cast()
    }

    /// Links a node as the innermost one. It is the chain's from now on.
    ///
    /// # Safety
    /// `node` was made by [`hold`](Self::hold). The chain is that of the generator whose body is running, and that body
    /// suspends, without a panic, until the node has been unlinked. Every waker that the child is polled with will be
    /// the chain's driver's.
    #[inline(always)]
    pub(super) unsafe fn link(&mut self, node: *mut Node) {
        // SAFETY: the node is live.
        unsafe { (&raw mut (*node).parent).write(self.innermost) };
        self.innermost = node;
    }

    /// Leaves a node to its parent, which takes the result and is the innermost now.
    ///
    /// # Safety
    /// `node` is the innermost, and its child has returned.
    #[inline(always)]
    pub(super) unsafe fn unlink(&mut self, node: *mut Node) -> *mut Node {
        // SAFETY: a linked node is live.
        self.innermost = unsafe { (*node).parent };
        self.innermost
    }

    /// Takes the result out of a node, and keeps the node for the next delegation.
    ///
    /// # Safety
    /// The node was made by [`hold`](Self::hold) of this chain; its child has returned, and it is unlinked.
    #[inline(always)]
    pub(super) unsafe fn take_result<R>(&mut self, node: *mut Ended<R>) -> R {
        // SAFETY: the caller's promise.
        unsafe {
            let result = ptr::read(&raw const (*node).result);
            let node = node.cast::<Node>();
            (&raw mut (*node).parent).write(self.free);
            self.free = node;
            result
        }
    }

    /// A node with this table, and nothing in it.
    #[inline(always)]
    fn allocate(&mut self, table: &'static Table) -> *mut Node {
        let node = self.free;
        // SAFETY: free nodes are ours, and their `parent` is the next one.
        unsafe {
            if !node.is_null() && ptr::eq((*node).table, table) {
                self.free = (*node).parent;
                return node;
            }
        }
        self.allocate_other(table)
    }

    /// The last node that was freed, if it fits. Else a new one, and that one is given back: so there are never more
    /// nodes than there have been levels.
    #[cold]
    #[inline(never)]
    fn allocate_other(&mut self, table: &'static Table) -> *mut Node {
        let mut node = self.free;
        // SAFETY: free nodes are ours, their `parent` is the next one, and they were allocated with their table's
        // layout, whose size is not 0: a node has a head.
        unsafe {
            if !node.is_null() {
                self.free = (*node).parent;
                if (*node).table.layout != table.layout {
                    dealloc(node.cast(), (*node).table.layout);
                    node = ptr::null_mut();
                }
            }
            if node.is_null() {
                node = alloc(table.layout).cast();
                if node.is_null() {
                    handle_alloc_error(table.layout);
                }
            }
            (&raw mut (*node).table).write(table);
        }
        node
    }

    /// Drops a child that has not returned, and frees its node.
    ///
    /// # Safety
    /// `node` was linked, and is not any more. It is not used again.
    unsafe fn discard(node: *mut Node) {
        struct Memory(*mut Node);
        impl Drop for Memory {
            fn drop(&mut self) {
                // SAFETY: the node is the caller's, and this is its last use; it was allocated with this layout.
                unsafe { dealloc(self.0.cast(), (*self.0).table.layout) }
            }
        }
        let memory = Memory(node);
        // SAFETY: the node is live, and the caller's.
        unsafe { ((*memory.0).table.drop)(node) }
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
            // SAFETY: free nodes are ours, and were allocated with their table's layout.
            unsafe {
                self.free = (*node).parent;
                dealloc(node.cast(), (*node).table.layout);
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

/// The chain of a generator with the body `B`, as a part of it.
///
/// Its destructor says to the compiler what that of the chain does, which knows no types: children are dropped with the
/// generator, so all that its body borrows, and may have lent to them, must outlive it. Without this, a safe program
/// could have a child's destructor read what is gone.
pub struct ChainOf<B> {
    pub(super) chain: Chain,
    body: PhantomData<fn(B)>,
}

impl<B: Future> ChainOf<B> {
    #[inline(always)]
    pub(super) const fn new() -> Self {
        ChainOf { chain: Chain::of::<B>(), body: PhantomData }
    }
}

impl<B> Drop for ChainOf<B> {
    #[inline(always)]
    fn drop(&mut self) {}
}
