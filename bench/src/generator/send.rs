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
pub fn movable(n: u64) -> f64 {
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

/// What the peers below run: it is sent something once before the first number.
macro_rules! averages {
    (|$mean:ident| $next:expr) => {{
        let (mut sum, mut count) = (0.0, 0.0);
        let mut $mean = 0.0;
        loop {
            let x: f64 = $next;
            sum += x;
            count += 1.0;
            $mean = sum / count;
        }
    }};
}

#[inline(never)]
pub fn genawaiter_stack(n: u64) -> f64 {
    use genawaiter::GeneratorState::{self, Complete, Yielded};
    genawaiter::stack::let_gen_using!(average, |co: genawaiter::stack::Co<'_, f64, f64>| async move {
        averages!(|mean| co.yield_(mean).await)
    });
    let first: GeneratorState<f64, ()> = average.resume_with(0.0);
    assert_eq!(first, Yielded(0.0));
    send_numbers!(n, |x| match average.resume_with(x) {
        Yielded(mean) => mean,
        Complete(()) => f64::NAN,
    })
}

#[inline(never)]
pub fn genawaiter_rc(n: u64) -> f64 {
    use genawaiter::GeneratorState::{self, Complete, Yielded};
    use genawaiter::rc::{Co, Gen};
    let mut average = Gen::new(|co: Co<f64, f64>| async move { averages!(|mean| co.yield_(mean).await) });
    let first: GeneratorState<f64, ()> = average.resume_with(0.0);
    assert_eq!(first, Yielded(0.0));
    send_numbers!(n, |x| match average.resume_with(x) {
        Yielded(mean) => mean,
        Complete(()) => f64::NAN,
    })
}

#[inline(never)]
pub fn fauxgen_pinned(n: u64) -> f64 {
    use fauxgen::{Generator, GeneratorState};
    #[fauxgen::generator(yield = f64, arg = f64)]
    fn average() {
        averages!(|mean| r#yield!(mean))
    }
    let mut average = pin!(average());
    let yielded = |state| match state {
        GeneratorState::Yielded(mean) => mean,
        GeneratorState::Complete(()) => f64::NAN,
    };
    assert_eq!(yielded(average.as_mut().resume(0.0)), 0.0);
    send_numbers!(n, |x| yielded(average.as_mut().resume(x)))
}

#[inline(never)]
pub fn generator_rs(n: u64) -> f64 {
    let mut average = ::generator::Gn::<f64>::new_scoped(|mut y| {
        averages!(|mean| match y.yield_(mean) {
            Some(x) => x,
            None => return f64::NAN,
        })
    });
    assert_eq!(average.resume(), Some(0.0));
    send_numbers!(n, |x| average.send(x))
}
