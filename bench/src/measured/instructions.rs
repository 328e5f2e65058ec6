//! Instructions an item, from gungraun's summaries of two sizes.

use super::field;
use serde_json::Value;
use std::collections::BTreeMap;

/// Instructions of whole runs: by row, then by size.
#[derive(Default)]
pub(super) struct Totals(BTreeMap<String, BTreeMap<u64, u64>>);

impl Totals {
    pub(super) fn add(&mut self, summary: &Value) -> Result<(), String> {
        let module = field(summary, "/module_path")?; // AREA_instructions::GROUP::ROW
        let id = field(summary, "/id")?; // n_SIZE
        let mut parts = module.splitn(2, "::");
        let (file, rest) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        let area = file
            .strip_suffix("_instructions")
            .ok_or_else(|| format!("expected a file AREA_instructions, found `{file}`"))?;
        let name = format!("{area}/{}", rest.replace("::", "/"));
        let size = id
            .strip_prefix("n_")
            .and_then(|size| size.parse().ok())
            .ok_or_else(|| format!("expected the id n_SIZE, found `{id}`"))?;
        let profiles = summary["profiles"].as_array().map_or(&[][..], Vec::as_slice);
        let callgrind = profiles
            .iter()
            .find(|profile| profile["tool"] == "Callgrind")
            .ok_or("found no profile of callgrind's")?;
        let total = callgrind
            .pointer("/data/total/metrics/Ir/values/new")
            .and_then(Value::as_u64)
            .ok_or("found no count of instructions")?;
        if self.0.entry(name.clone()).or_default().insert(size, total).is_some() {
            return Err(format!("`{name}` has been measured twice at {size}: remove old results first"));
        }
        Ok(())
    }

    /// What an item costs: what comes before the first and after the last cancels out.
    pub(super) fn instructions_an_item(self) -> Result<BTreeMap<String, f64>, String> {
        let an_item = |(name, totals): (String, BTreeMap<u64, u64>)| {
            let mut totals = totals.into_iter();
            let (Some((few, small)), Some((many, large)), None) =
                (totals.next(), totals.next(), totals.next())
            else {
                return Err(format!("`{name}` must be measured at exactly two sizes"));
            };
            Ok((name, (large as f64 - small as f64) / (many - few) as f64))
        };
        self.0.into_iter().map(an_item).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn summary(id: &str, instructions: u64) -> Value {
        json!({
            "module_path": "generator_instructions::counting::pinned",
            "id": id,
            "profiles": [
                { "tool": "DHAT" },
                {
                    "tool": "Callgrind",
                    "data": { "total": { "metrics": { "Ir": { "values": { "new": instructions } } } } },
                },
            ],
        })
    }

    #[test]
    fn instructions_an_item_are_the_difference_of_two_sizes() {
        let mut totals = Totals::default();
        totals.add(&summary("n_300000", 2_100_026)).unwrap();
        totals.add(&summary("n_100000", 700_026)).unwrap();
        let numbers = totals.instructions_an_item().unwrap();
        assert_eq!(numbers, BTreeMap::from([("generator/counting/pinned".to_string(), 7.0)]));
    }

    #[test]
    fn one_size_is_an_error() {
        let mut totals = Totals::default();
        totals.add(&summary("n_100000", 1)).unwrap();
        assert!(totals.instructions_an_item().unwrap_err().contains("two sizes"));
    }

    #[test]
    fn a_result_of_another_run_is_an_error() {
        let mut totals = Totals::default();
        totals.add(&summary("n_100000", 1)).unwrap();
        assert!(totals.add(&summary("n_100000", 2)).unwrap_err().contains("twice"));
    }

    #[test]
    fn a_summary_that_is_not_understood_is_an_error() {
        assert!(Totals::default().add(&summary("small", 1)).unwrap_err().contains("n_SIZE"));
        assert!(Totals::default().add(&json!({})).is_err());
        let no_count = json!({
            "module_path": "generator_instructions::counting::pinned", "id": "n_1", "profiles": [{ "tool": "Callgrind" }],
        });
        assert!(Totals::default().add(&no_count).unwrap_err().contains("instructions"));
    }
}
