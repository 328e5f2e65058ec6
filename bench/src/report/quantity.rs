//! Numbers as they are shown: three digits that count, and a unit that fits.

/// Nanoseconds, in the unit that leaves one to three digits before the point.
pub fn time(nanoseconds: f64) -> String {
    let (number, unit) = match nanoseconds {
        ns if ns < 999.5 => (ns, "ns"),
        ns if ns < 999.5e3 => (ns / 1e3, "µs"),
        ns if ns < 999.5e6 => (ns / 1e6, "ms"),
        ns => (ns / 1e9, "s"),
    };
    format!("{} {unit}", digits(number))
}

/// Three digits that count, or all before the point, in groups of three.
pub fn digits(number: f64) -> String {
    let decimals = match number.abs() {
        n if n >= 99.95 || n == 0.0 => 0,
        n if n >= 9.995 => 1,
        n if n >= 0.9995 => 2,
        n if n >= 0.09995 => 3,
        _ => 4,
    };
    let text = format!("{number:.decimals$}");
    let (whole, fraction) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (at, digit) in whole.char_indices() {
        let left = whole.len() - at;
        if left % 3 == 0 && grouped.ends_with(|c: char| c.is_ascii_digit()) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped + fraction
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_the_unit_that_fits() {
        assert_eq!(time(0.4321), "0.432 ns");
        assert_eq!(time(12.34), "12.3 ns");
        assert_eq!(time(999.4), "999 ns");
        assert_eq!(time(999.6), "1.00 µs");
        assert_eq!(time(31_400_000.0), "31.4 ms");
        assert_eq!(time(2.5e9), "2.50 s");
    }

    #[test]
    fn three_digits_count() {
        assert_eq!([0.0, 0.07123, 0.9996, 1.0, 9.996].map(digits), ["0", "0.0712", "1.00", "1.00", "10.0"]);
        assert_eq!([123.4, 1234.5, 1_048_575.0].map(digits), ["123", "1,234", "1,048,575"]);
        assert_eq!([-123.4, -1234.5].map(digits), ["-123", "-1,234"]);
    }
}
