//! When items come, by a clock that only goes when somebody sleeps, or when the test says so.

use super::{Rate, Throttle};
use crate::cancel::Deadline;
use std::cell::{Cell, RefCell};
use std::time::{Duration, Instant};

struct Clock {
    start: Instant,
    now: Cell<Instant>,
    slept: RefCell<Vec<Duration>>,
}

impl Clock {
    fn new() -> Self {
        let start = Instant::now();
        Clock { start, now: Cell::new(start), slept: RefCell::default() }
    }

    fn pass(&self, time: Duration) {
        self.now.set(self.now.get() + time);
    }

    fn sleep(&self, until: Deadline) -> bool {
        let until = until.instant().expect("somebody sleeps for ever");
        self.slept.borrow_mut().push(until - self.now.get());
        self.now.set(until);
        true
    }

    fn next<I: Iterator>(&self, throttle: &mut Throttle<I>) -> Option<I::Item> {
        throttle.next_by(|| self.now.get(), |until| self.sleep(until))
    }

    /// When the next items come, in milliseconds from the start.
    fn times<I: Iterator>(&self, throttle: &mut Throttle<I>, items: usize) -> Vec<u128> {
        let times = (0..items).map(|_| {
            self.next(throttle).unwrap();
            (self.now.get() - self.start).as_millis()
        });
        times.collect()
    }
}

const fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

#[test]
fn the_first_comes_at_once_and_the_others_evenly() {
    let clock = Clock::new();
    let mut numbers = Throttle::new(0.., Rate::per_second(10));
    assert_eq!(clock.times(&mut numbers, 4), [0, 100, 200, 300]);
    assert_eq!(clock.slept.take(), [ms(100); 3]);
}

#[test]
fn a_consumer_that_takes_its_time_waits_for_the_rest_only() {
    let clock = Clock::new();
    let mut numbers = Throttle::new(0.., ms(100).into());
    assert_eq!(clock.times(&mut numbers, 1), [0]);
    clock.pass(ms(70));
    assert_eq!(clock.times(&mut numbers, 1), [100]);
    clock.pass(ms(100));
    assert_eq!(clock.times(&mut numbers, 1), [200]);
    assert_eq!(clock.slept.take(), [ms(30)]);
}

#[test]
fn a_pause_is_not_made_up_for() {
    let clock = Clock::new();
    let mut numbers = Throttle::new(0.., ms(100).into());
    clock.times(&mut numbers, 2);
    clock.pass(ms(5_000));
    assert_eq!(clock.times(&mut numbers, 3), [5_100, 5_200, 5_300]);
}

#[test]
fn a_burst_comes_at_once_and_again_after_a_pause() {
    let clock = Clock::new();
    let mut numbers = Throttle::new(0.., Rate::per_second(10).burst(3));
    assert_eq!(clock.times(&mut numbers, 5), [0, 0, 0, 100, 200]);
    clock.pass(ms(150)); // room for one
    assert_eq!(clock.times(&mut numbers, 3), [350, 400, 500]);
    clock.pass(ms(10_000));
    assert_eq!(clock.times(&mut numbers, 4), [10_500, 10_500, 10_500, 10_600]);
}

#[test]
fn the_rate_holds_whatever_the_consumer_does() {
    for burst in [1, 2, 5] {
        let clock = Clock::new();
        let mut numbers = Throttle::new(0.., Rate::per_second(100).burst(burst));
        let mut times = Vec::new();
        for k in 0..500 {
            clock.pass(ms(k * 7919 % 23));
            times.extend(clock.times(&mut numbers, 1));
        }
        for (k, time) in times.iter().enumerate() {
            // In the second that begins with it.
            let within = times[k..].iter().take_while(|later| **later < time + 1_000).count();
            assert!(within < 100 + burst as usize, "{within} in a second, bursts of {burst}");
        }
    }
}

#[test]
fn the_end_is_not_waited_for_if_the_source_says_so() {
    let clock = Clock::new();
    let mut numbers = Throttle::new(0..2, ms(100).into());
    assert_eq!(clock.times(&mut numbers, 2), [0, 100]);
    assert_eq!((clock.next(&mut numbers), clock.next(&mut numbers)), (None, None));
    assert_eq!(clock.slept.take(), [ms(100)]);
    assert_eq!(numbers.size_hint(), (0, Some(0)));
    // One that does not say so, and would begin again.
    let mut calls = 0;
    let unsure = std::iter::from_fn(|| {
        calls += 1;
        (calls != 2).then_some(calls)
    });
    let mut unsure = Throttle::new(unsure, ms(100).into());
    assert_eq!([(); 3].map(|()| clock.next(&mut unsure)), [Some(1), None, None]);
    assert_eq!(clock.slept.take(), [ms(100)]);
}

#[test]
fn a_wait_that_is_cut_short_pulls_nothing_and_ends_it() {
    let clock = Clock::new();
    let mut source = 0..;
    let mut numbers = Throttle::new(&mut source, ms(100).into());
    assert_eq!(numbers.size_hint(), (0, None));
    assert_eq!(clock.next(&mut numbers), Some(0));
    assert_eq!(numbers.next_by(|| clock.now.get(), |_| false), None);
    clock.pass(ms(1_000));
    assert_eq!(clock.next(&mut numbers), None);
    assert_eq!(source.next(), Some(1));
}

#[test]
fn what_no_clock_can_count_is_waited_for_for_ever() {
    let clock = Clock::new();
    let mut numbers = Throttle::new(0.., Duration::MAX.into());
    assert_eq!(clock.next(&mut numbers), Some(0));
    let waits = |until: Deadline| {
        assert_eq!(until, Deadline::NEVER);
        false
    };
    assert_eq!(numbers.next_by(|| clock.now.get(), waits), None);
    // A burst is none the less one: its items are not too early by more than the clock can count.
    let mut numbers = Throttle::new(0.., Rate::from(Duration::from_secs(u64::MAX / 8)).burst(2));
    assert_eq!(clock.times(&mut numbers, 1), [0]);
}

#[test]
fn no_distance_is_no_limit() {
    let clock = Clock::new();
    let mut numbers = Throttle::new(0.., Duration::ZERO.into());
    assert_eq!(clock.times(&mut numbers, 5), [0; 5]);
    assert_eq!(clock.slept.take(), []);
    assert_eq!(Rate::per_second(u32::MAX), Rate::from(Duration::ZERO));
}
