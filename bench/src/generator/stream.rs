//! A stream that counts and is never pending: what an item costs here is what streams cost.

use futures_core::Stream;
use std::hint::black_box;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use tarae::prelude::*;

/// Sums a stream that is never pending, a poll at a time.
macro_rules! sum_by_poll {
    ($items:expr) => {{
        let mut items = $items;
        let mut context = Context::from_waker(Waker::noop());
        let mut sum = 0u64;
        while let Poll::Ready(Some(item)) = items.as_mut().poll_next(&mut context) {
            sum = sum.wrapping_add(black_box(item));
        }
        sum
    }};
}

/// `1..=to`, by hand.
struct Count {
    at: u64,
    to: u64,
}

impl Stream for Count {
    type Item = u64;

    #[inline]
    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<u64>> {
        if self.at == self.to {
            return Poll::Ready(None);
        }
        self.at += 1;
        Poll::Ready(Some(self.at))
    }
}

/// `1..=to`, by a stream.
#[inline(always)]
fn count(to: u64) -> impl Stream<Item = u64> {
    stream!({
        let mut at = 0;
        while at < to {
            at += 1;
            yield at;
        }
    })
}

/// The same by async-stream.
#[inline(always)]
fn count_by_async_stream(to: u64) -> impl Stream<Item = u64> {
    async_stream::stream! {
        let mut at = 0;
        while at < to {
            at += 1;
            yield at;
        }
    }
}

/// A stream whose type nobody knows: how most are passed around.
fn boxed_dyn(stream: impl Stream<Item = u64> + 'static) -> Pin<Box<dyn Stream<Item = u64>>> {
    black_box(Box::pin(stream))
}

#[inline(never)]
pub fn hand(n: u64) -> u64 {
    sum_by_poll!(pin!(Count { at: 0, to: n }))
}

#[inline(never)]
pub fn pinned(n: u64) -> u64 {
    sum_by_poll!(pin!(count(n)))
}

#[inline(never)]
pub fn async_stream(n: u64) -> u64 {
    sum_by_poll!(pin!(count_by_async_stream(n)))
}

#[inline(never)]
pub fn hand_box_dyn(n: u64) -> u64 {
    sum_by_poll!(boxed_dyn(Count { at: 0, to: n }))
}

#[inline(never)]
pub fn box_dyn(n: u64) -> u64 {
    sum_by_poll!(boxed_dyn(count(n)))
}

#[inline(never)]
pub fn async_stream_box_dyn(n: u64) -> u64 {
    sum_by_poll!(boxed_dyn(count_by_async_stream(n)))
}
