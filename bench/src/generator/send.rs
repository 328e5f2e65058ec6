//! A running average: each number that is sent in is answered with the mean so far.

use std::hint::black_box;
use std::pin::pin;
use tarae::prelude::*;

/// Sends `1..=n` and sums the means.
macro_rules! send_numbers {
    ($n:expr, |$x:ident| $mean:expr) => {{
        let mut sum = 0f64;
        let mut i = 0u64;
        while i < $n {
            i += 1;
            let $x = black_box(i as f64);
            sum += $mean;
        }
        sum
    }};
}

/// What comes out: the mean of `1..=i` is `(i + 1) / 2`, so all of this is exact.
pub fn answer(n: u64) -> f64 {
    (n * (n + 3)) as f64 / 4.0
}

/// By hand.
struct Average {
    sum: f64,
    count: f64,
}

impl Average {
    #[inline]
    fn send(&mut self, x: f64) -> f64 {
        self.sum += x;
        self.count += 1.0;
        self.sum / self.count
    }
}

#[inline(always)]
fn average() -> Generator<impl Body<Yield = f64, Sent = f64, Output = ()>> {
    coroutine!({
        let (mut sum, mut count) = (0.0, 0.0);
        let mut mean = 0.0;
        loop {
            let x: f64 = yield mean;
            sum += x;
            count += 1.0;
            mean = sum / count;
        }
    })
}

#[inline(always)]
fn yielded(step: Step<f64, ()>) -> f64 {
    match step {
        Step::Yield(mean) => mean,
        Step::Return(()) => f64::NAN,
    }
}

#[inline(never)]
pub fn hand(n: u64) -> f64 {
    let mut average = Average { sum: 0.0, count: 0.0 };
    send_numbers!(n, |x| average.send(x))
}

#[inline(never)]
pub fn pinned(n: u64) -> f64 {
    let mut average = pin!(average().pinned());
    assert_eq!(average.start(), Step::Yield(0.0));
    send_numbers!(n, |x| yielded(average.send(x)))
}

#[inline(never)]
pub fn boxed(n: u64) -> f64 {
    let mut average = average();
    assert_eq!(average.start(), Step::Yield(0.0));
    send_numbers!(n, |x| yielded(average.send(x)))
}

#[inline(never)]
pub fn corosensei(n: u64) -> f64 {
    use corosensei::{Coroutine, CoroutineResult, Yielder};
    let mut average: Coroutine<f64, f64, ()> = Coroutine::new(|y: &Yielder<f64, f64>, mut x: f64| {
        let (mut sum, mut count) = (0.0, 0.0);
        loop {
            sum += x;
            count += 1.0;
            x = y.suspend(sum / count);
        }
    });
    send_numbers!(n, |x| match average.resume(x) {
        CoroutineResult::Yield(mean) => mean,
        CoroutineResult::Return(()) => f64::NAN,
    })
}
