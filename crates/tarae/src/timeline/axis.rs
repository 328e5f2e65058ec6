//! The marks of a picture's axis, and how a time is written.

use std::fmt::{self, Display};
use std::time::Duration;

/// A round time, of which at most ten fit in.
pub(super) fn step(length: Duration) -> Duration {
    let least = length.as_nanos().div_ceil(10).max(1);
    let power = 10u128.pow(least.ilog10());
    let step = [1, 2, 5, 10].into_iter().map(|n| n * power).find(|step| *step >= least).unwrap_or(least);
    Duration::from_nanos(step as u64)
}

/// A time with three digits or so.
pub(super) struct Time(pub(super) Duration);

impl Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let nanos = self.0.as_nanos();
        let (unit, name) = match nanos {
            0 => return f.write_str("0"),
            1..1_000 => (1.0, "ns"),
            1_000..1_000_000 => (1e3, "µs"),
            1_000_000..1_000_000_000 => (1e6, "ms"),
            _ => (1e9, "s"),
        };
        let value = nanos as f64 / unit;
        let digits = if value < 10.0 {
            2
        } else if value < 100.0 {
            1
        } else {
            0
        };
        let text = format!("{value:.digits$}");
        let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
        write!(f, "{text} {name}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_short() {
        let shown = |nanos| Time(Duration::from_nanos(nanos)).to_string();
        let expected = ["0", "7 ns", "1.5 µs", "12.3 µs", "999 µs", "2 s", "3.33 s", "100 ms"];
        let nanos = [0, 7, 1_500, 12_345, 999_400, 2_000_000_000, 3_333_000_000, 100_000_000];
        assert_eq!(nanos.map(shown), expected);
    }

    #[test]
    fn the_axis_has_few_round_steps() {
        let nanos = |length| step(Duration::from_nanos(length)).as_nanos();
        assert_eq!([0, 7, 100, 101, 1_234_567].map(nanos), [1, 1, 10, 20, 200_000]);
    }
}
