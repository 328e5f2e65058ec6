//! Where blocks lie: what a thread frees, it keeps for its next task.
//!
//! A task that is submitted and waited for on one thread takes its block from here and gives it back here, so that it
//! allocates nothing. What is kept is bounded ([`KEPT`]), and goes back to the allocator when the thread ends.

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use std::cell::Cell;
use std::ptr::{self, NonNull};

/// Sizes of blocks: `STEP * class + LEAST`. What malloc gives room for, anyhow, with its own word before it.
const STEP: usize = 16;
const LEAST: usize = 8;
/// So many classes are kept; larger blocks go to the allocator.
const CLASSES: usize = 17;

/// How many bytes of each class a thread keeps at most. None where the memory is watched by a checker, which would not
/// see what is used after it was given back.
const KEPT: usize = if cfg!(any(miri, loom)) { 0 } else { 1 << 16 };

/// Which class a layout has; `CLASSES` if it is not kept.
const fn class(layout: Layout) -> usize {
    if layout.align() > align_of::<usize>() || layout.size() < size_of::<Free>() {
        return CLASSES;
    }
    let class = layout.size().saturating_sub(LEAST).div_ceil(STEP);
    if class < CLASSES { class } else { CLASSES }
}

/// What is asked of the allocator: all of a class are of one size.
const fn whole(layout: Layout) -> Layout {
    match class(layout) {
        CLASSES => layout,
        class => layout_of(class),
    }
}

/// The layout of all that is in a class.
const fn layout_of(class: usize) -> Layout {
    match Layout::from_size_align(class * STEP + LEAST, align_of::<usize>()) {
        Ok(layout) => layout,
        Err(_) => unreachable!(),
    }
}

/// Memory that is kept: the next of its class.
struct Free {
    next: *mut Free,
}

/// What is kept of one class.
struct Shelf {
    first: Cell<*mut Free>,
    /// How many more may be kept. Zero until the thread has seen to it that they are given back when it ends, and after
    /// that.
    room: Cell<u32>,
}

/// What a thread keeps. Without a destructor, so that looking at it costs no more than reading a variable.
struct Shelves([Shelf; CLASSES]);

thread_local! {
    static SHELVES: Shelves = const { Shelves::new() };
    /// Gives all back when the thread ends.
    static CLEARS: Clears = const { Clears };
}

struct Clears;

impl Drop for Clears {
    fn drop(&mut self) {
        let _ = SHELVES.try_with(Shelves::clear);
    }
}

/// Memory for a block.
#[inline(always)]
pub(super) fn take<T>() -> NonNull<T> {
    let layout = const { Layout::new::<T>() };
    let class = const { class(Layout::new::<T>()) };
    if class < CLASSES
        && let Ok(Some(memory)) = SHELVES.try_with(|shelves| shelves.0[class].take())
    {
        return memory.cast();
    }
    allocate(whole(layout)).cast()
}

/// Gives the memory of a block back.
///
/// # Safety
/// It is from [`take`] of the same type, and nobody uses it any more.
#[inline(always)]
pub(super) unsafe fn give_back<T>(memory: NonNull<T>) {
    let layout = const { Layout::new::<T>() };
    let class = const { class(Layout::new::<T>()) };
    // SAFETY: the caller's promise; a class is large enough for a `Free`, and aligned for it.
    unsafe {
        // Where thread-local variables are not the compiler's business, they may be gone in a thread that ends.
        let kept =
            class < CLASSES && SHELVES.try_with(|shelves| shelves.put(class, memory.cast())).unwrap_or(false);
        if !kept {
            free(memory.cast(), whole(layout));
        }
    }
}

#[cold]
#[inline(never)]
fn allocate(layout: Layout) -> NonNull<u8> {
    // SAFETY: a block has a header, so its size is not zero.
    let memory = unsafe { alloc(layout) };
    NonNull::new(memory).unwrap_or_else(|| handle_alloc_error(layout))
}

/// # Safety
/// `memory` is from `allocate` with this layout, and nobody uses it any more.
#[cold]
#[inline(never)]
unsafe fn free(memory: NonNull<u8>, layout: Layout) {
    // SAFETY: the caller's promise.
    unsafe { dealloc(memory.as_ptr(), layout) }
}

impl Shelf {
    const fn new() -> Self {
        Shelf { first: Cell::new(ptr::null_mut()), room: Cell::new(0) }
    }

    #[inline(always)]
    fn take(&self) -> Option<NonNull<Free>> {
        let first = NonNull::new(self.first.get())?;
        // SAFETY: what is on a shelf is a `Free`, which nobody else has.
        self.first.set(unsafe { first.as_ref().next });
        self.room.set(self.room.get() + 1);
        Some(first)
    }
}

impl Shelves {
    const fn new() -> Self {
        Shelves([const { Shelf::new() }; CLASSES])
    }

    /// Whether it keeps the memory.
    ///
    /// # Safety
    /// `memory` is the class's, and nobody uses it any more.
    #[inline(always)]
    unsafe fn put(&self, class: usize, memory: NonNull<Free>) -> bool {
        let shelf = &self.0[class];
        let room = shelf.room.get();
        if room == 0 && !self.open(class) {
            return false;
        }
        shelf.room.set(shelf.room.get() - 1);
        // SAFETY: the caller's promise.
        unsafe { memory.write(Free { next: shelf.first.get() }) };
        shelf.first.set(memory.as_ptr());
        true
    }

    /// The shelf has no room: whether that was because it has not been used yet, and now has.
    #[cold]
    #[inline(never)]
    fn open(&self, class: usize) -> bool {
        let shelf = &self.0[class];
        let room = KEPT / layout_of(class).size();
        // In a thread that ends, what is kept has been given back already, and nobody would do so again.
        if room == 0 || !shelf.first.get().is_null() || CLEARS.try_with(|_| ()).is_err() {
            return false;
        }
        shelf.room.set(room as u32);
        true
    }

    /// Gives all back.
    fn clear(&self) {
        for (class, shelf) in self.0.iter().enumerate() {
            while let Some(memory) = shelf.take() {
                // SAFETY: all of a class are allocated with its layout.
                unsafe { free(memory.cast(), layout_of(class)) };
            }
            shelf.room.set(0);
        }
    }
}
