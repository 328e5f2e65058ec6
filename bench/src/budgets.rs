//! `budgets.tsv`: how many instructions may be spent, and allocations and bytes, checked on each change.
//!
//! A goal may be missed, a budget may not. It is what has been reached, so that it is not lost again: lower it when
//! something becomes cheaper.

use crate::limit::Limit;
use crate::measured::Measured;

/// One line of `budgets.tsv`.
pub struct Budget {
    row: String,
    limit: Limit,
    /// The row to divide by, measured in the same run; none: instructions an item, or what was counted.
    over: Option<String>,
}

impl Budget {
    /// The budgets of a table, in its order. Lines that begin with `#` are comments.
    ///
    /// # Errors
    /// If a line is not a row, a bound, and a row to divide by or `-`.
    pub fn parse_all(table: &str) -> Result<Vec<Self>, String> {
        let lines = table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).skip(1);
        let budget = |line: &str| {
            let fields: Vec<_> = line.split('\t').collect();
            let [row, bound, over] = fields[..] else {
                return Err(format!("expected three fields with tabs between them, found `{line}`"));
            };
            let limit = Limit::parse("<=", bound).map_err(|problem| format!("{row}: {problem}"))?;
            Ok(Budget { row: row.to_string(), limit, over: (over != "-").then(|| over.to_string()) })
        };
        lines.map(budget).collect()
    }

    /// One line that says how it stands, `Err` if it is exceeded or has not been measured: a benchmark that was
    /// renamed or forgotten must not pass.
    fn judge(&self, measured: &Measured) -> Result<String, String> {
        let Budget { row, limit, over } = self;
        let of = |row: &String| {
            let number = measured.instructions.get(row).or_else(|| measured.counted.get(row));
            number.copied().ok_or_else(|| format!("budget {row} has not been measured"))
        };
        let (number, name) = match over {
            None => (of(row)?, row.clone()),
            Some(other) => (of(row)? / of(other)?, format!("{row} over {other}")),
        };
        let line = format!("budget {name} {} {limit}", limit.show(number));
        if limit.holds(number) { Ok(format!("{line} kept")) } else { Err(format!("{line} EXCEEDED")) }
    }
}

/// All budgets, a line each, and whether all are kept.
pub fn judge_all(budgets: &[Budget], measured: &Measured) -> (Vec<String>, bool) {
    let mut all_kept = true;
    let line = |budget: &Budget| {
        budget.judge(measured).unwrap_or_else(|line| {
            all_kept = false;
            line
        })
    };
    (budgets.iter().map(line).collect(), all_kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const TABLE: &str = "# a comment\nrow\tat most\tover\na/x/ours\t1.00\ta/x/hand\na/x/boxed\t18.36\t-\n";

    fn numbers(pairs: &[(&str, f64)]) -> BTreeMap<String, f64> {
        pairs.iter().map(|(name, number)| (name.to_string(), *number)).collect()
    }

    fn judge(instructions: &[(&str, f64)]) -> (Vec<String>, bool) {
        let measured = Measured { instructions: numbers(instructions), ..Measured::default() };
        judge_all(&Budget::parse_all(TABLE).unwrap(), &measured)
    }

    #[test]
    fn a_budget_is_kept_to_the_last_instruction() {
        let (lines, all_kept) = judge(&[("a/x/ours", 7.0), ("a/x/hand", 7.0), ("a/x/boxed", 18.0)]);
        assert_eq!(
            lines,
            ["budget a/x/ours over a/x/hand 1.00 <= 1.00 kept", "budget a/x/boxed 18.00 <= 18.36 kept"]
        );
        assert!(all_kept);
    }

    #[test]
    fn one_instruction_too_many_is_seen() {
        let (lines, all_kept) = judge(&[("a/x/ours", 8.0), ("a/x/hand", 7.0), ("a/x/boxed", 18.0)]);
        assert_eq!(lines[0], "budget a/x/ours over a/x/hand 1.14 <= 1.00 EXCEEDED");
        assert!(!all_kept);
    }

    #[test]
    fn what_was_not_measured_is_not_kept() {
        let (lines, all_kept) = judge(&[("a/x/ours", 7.0), ("a/x/boxed", 18.0)]);
        assert_eq!(lines[0], "budget a/x/hand has not been measured");
        assert!(!all_kept);
    }

    #[test]
    fn what_is_counted_has_budgets_too() {
        let budgets = Budget::parse_all("row\tat most\tover\na/bytes\t64\t-\n").unwrap();
        let judge = |bytes| {
            judge_all(&budgets, &Measured { counted: numbers(&[("a/bytes", bytes)]), ..Measured::default() })
        };
        assert_eq!(judge(64.0), (vec!["budget a/bytes 64.00 <= 64 kept".to_string()], true));
        assert_eq!(judge(72.0), (vec!["budget a/bytes 72.00 <= 64 EXCEEDED".to_string()], false));
    }

    #[test]
    fn the_project_s_own_budgets_are_understood() {
        assert!(!Budget::parse_all(include_str!("../budgets.tsv")).unwrap().is_empty());
    }

    #[test]
    fn a_table_that_is_not_understood_is_an_error() {
        assert!(Budget::parse_all("head\na\t1\n").is_err());
        assert!(Budget::parse_all("head\na\tmuch\t-\n").is_err());
    }
}
