//! A limit, and how a number stands to it.

use std::fmt;

/// `<= 1.05` or `>= 3`.
#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    at_most: bool,
    bound: f64,
    /// The bound as it was written: `1.00` is printed as `1.00`.
    text: String,
}

impl Limit {
    /// # Errors
    /// If the operator is neither `<=` nor `>=`, or the bound is no number.
    pub fn parse(operator: &str, bound: &str) -> Result<Self, String> {
        let at_most = match operator {
            "<=" => true,
            ">=" => false,
            other => return Err(format!("expected <= or >=, found `{other}`")),
        };
        match bound.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Limit { at_most, bound: number, text: bound.to_string() }),
            _ => Err(format!("expected a number, found `{bound}`")),
        }
    }

    /// Whether `number` keeps it. What is not a number does not.
    pub fn holds(&self, number: f64) -> bool {
        if self.at_most { number <= self.bound } else { number >= self.bound }
    }

    /// `number` with two decimals, or as many more as it takes to be seen on its side of the limit: 1.0004 is not
    /// within `<= 1.00`, and does not look so.
    pub fn show(&self, number: f64) -> String {
        (2..=9)
            .map(|decimals| format!("{number:.decimals$}"))
            .find(|text| text.parse().is_ok_and(|shown| self.holds(shown) == self.holds(number)))
            .unwrap_or_else(|| number.to_string())
    }
}

/// The operator and the bound.
impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", if self.at_most { "<=" } else { ">=" }, self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bound_itself_is_within() {
        assert!(Limit::parse("<=", "1.00").unwrap().holds(1.0));
        assert!(Limit::parse(">=", "3").unwrap().holds(3.0));
        assert!(!Limit::parse("<=", "1.00").unwrap().holds(1.0 + 1e-9));
        assert!(!Limit::parse(">=", "3").unwrap().holds(2.999));
    }

    #[test]
    fn what_is_not_a_number_is_not_within() {
        for operator in ["<=", ">="] {
            assert!(!Limit::parse(operator, "1").unwrap().holds(f64::NAN));
        }
    }

    #[test]
    fn it_is_printed_as_it_was_written() {
        assert_eq!(Limit::parse("<=", "1.00").unwrap().to_string(), "<= 1.00");
        assert_eq!(Limit::parse(">=", "1000").unwrap().to_string(), ">= 1000");
    }

    #[test]
    fn a_number_is_not_rounded_across_its_limit() {
        let limit = Limit::parse("<=", "1.00").unwrap();
        assert_eq!(limit.show(1.0), "1.00");
        assert_eq!(limit.show(0.9999), "1.00");
        assert_eq!(limit.show(1.000_4), "1.0004");
        assert_eq!(limit.show(1.32), "1.32");
        assert_eq!(Limit::parse(">=", "3").unwrap().show(2.9999), "2.9999");
    }

    #[test]
    fn nonsense_is_an_error() {
        assert!(Limit::parse("<", "1").is_err());
        assert!(Limit::parse("<=", "one").is_err());
        assert!(Limit::parse("<=", "inf").is_err());
        assert!(Limit::parse("<=", "").is_err());
    }
}
