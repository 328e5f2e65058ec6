//! Nothing is allocated by a stream itself, counted by the allocator: in a binary of its own.

#[path = "stream_support/mod.rs"]
mod support;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::hint::black_box;
use std::pin::pin;
use std::task::{Context, Poll, Waker};
use tarae::prelude::*;
use tarae::stream::Stream;

/// Counts the allocations of this thread.
struct Counting;

thread_local!(static ALLOCATIONS: Cell<usize> = const { Cell::new(0) });

// SAFETY: all is passed on to `System`.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let _ = ALLOCATIONS.try_with(|allocations| allocations.set(allocations.get() + 1));
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

fn sum(stream: impl Stream<Item = u64>) -> u64 {
    let mut stream = pin!(stream);
    let mut context = Context::from_waker(Waker::noop());
    let mut sum = 0;
    loop {
        match stream.as_mut().poll_next(&mut context) {
            Poll::Ready(Some(item)) => sum += black_box(item),
            Poll::Ready(None) => return sum,
            Poll::Pending => {}
        }
    }
}

#[test]
fn a_stream_allocates_nothing() {
    let numbers = || {
        stream!({
            for n in 0..100 {
                support::pending_once().await;
                yield n;
            }
        })
    };
    let before = ALLOCATIONS.get();
    assert_eq!(sum(numbers()), 4950);
    let twice = stream!({
        yield_from!(numbers());
        for await n in numbers() {
            yield n;
        }
    });
    assert_eq!(sum(twice), 9900);
    let tried = try_stream!(|| -> Result<u64, u64> {
        yield 1;
        Err(2u64)?;
    });
    let items = stream!({
        for await item in tried() {
            yield item.unwrap_or_else(|error| error);
        }
    });
    assert_eq!(sum(items), 3);
    assert_eq!(ALLOCATIONS.get(), before);
}

#[test]
fn a_boxed_stream_is_its_body_and_a_flag() {
    let (a, b) = (black_box(1u64), black_box(2u64));
    let stream = stream!({
        yield a;
        yield b;
    });
    assert!(size_of_val(&stream) <= 64, "{}", size_of_val(&stream));
    assert_eq!(sum(stream), 3);
}
