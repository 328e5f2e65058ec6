//! A clock that can be read for each task.
//!
//! The processor's own counter where there is one that ticks evenly (x86-64), since asking the system costs several times
//! as much; elsewhere the system's clock. Ticks become times by two pairs of both clocks: at the start of the recording and
//! at its end.

use std::time::{Duration, Instant};

/// Both clocks at one moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Moment {
    ticks: u64,
    time: Instant,
}

impl Moment {
    pub(super) fn now() -> Self {
        Moment { ticks: ticks(), time: Instant::now() }
    }
}

/// What ticks mean between two moments.
#[derive(Debug)]
pub(super) struct Scale {
    start: Moment,
    length: Duration,
    /// Nanoseconds a tick.
    rate: f64,
}

impl Scale {
    pub(super) fn new(start: Moment, end: Moment) -> Self {
        let length = end.time.saturating_duration_since(start.time);
        let ticks = end.ticks.saturating_sub(start.ticks).max(1);
        Scale { start, length, rate: length.as_nanos() as f64 / ticks as f64 }
    }

    /// From the first moment to the last.
    pub(super) fn length(&self) -> Duration {
        self.length
    }

    /// When that was, after the start; not later than the end.
    pub(super) fn time(&self, ticks: u64) -> Duration {
        let nanos = ticks.saturating_sub(self.start.ticks) as f64 * self.rate;
        Duration::from_nanos(nanos as u64).min(self.length)
    }
}

#[cfg(all(target_arch = "x86_64", not(miri)))]
pub(super) fn ticks() -> u64 {
    if is_even() {
        // SAFETY: it only reads a register.
        unsafe { std::arch::x86_64::_rdtsc() }
    } else {
        system_ticks()
    }
}

#[cfg(not(all(target_arch = "x86_64", not(miri))))]
pub(super) fn ticks() -> u64 {
    system_ticks()
}

/// Whether the counter ticks evenly, whatever the core does, and in step on all cores.
#[cfg(all(target_arch = "x86_64", not(miri)))]
fn is_even() -> bool {
    use std::sync::atomic::{AtomicU8, Ordering};
    static KNOWN: AtomicU8 = AtomicU8::new(0);
    #[cold]
    fn ask() -> bool {
        #[allow(unused_unsafe, reason = "safe in some versions of Rust")]
        // SAFETY: every x86-64 processor has the instruction; the first call says whether there is such a leaf.
        let even = unsafe {
            std::arch::x86_64::__cpuid(0x8000_0000).eax >= 0x8000_0007
                && std::arch::x86_64::__cpuid(0x8000_0007).edx & (1 << 8) != 0
        };
        KNOWN.store(if even { 1 } else { 2 }, Ordering::Relaxed);
        even
    }
    match KNOWN.load(Ordering::Relaxed) {
        0 => ask(),
        known => known == 1,
    }
}

/// Nanoseconds since some moment.
fn system_ticks() -> u64 {
    use std::sync::OnceLock;
    static FIRST: OnceLock<Instant> = OnceLock::new();
    FIRST.get_or_init(Instant::now).elapsed().as_nanos() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_grow_and_times_stay_between_the_two_moments() {
        let start = Moment::now();
        let first = ticks();
        let second = ticks();
        let scale = Scale::new(start, Moment::now());
        assert!(first <= second);
        assert!(scale.time(first) <= scale.time(second));
        assert!(scale.time(u64::MAX >> 1) == scale.length());
        assert_eq!(scale.time(0), Duration::ZERO);
    }
}
