//! Nanoseconds an item: the median over all passes of a row, and how far its samples lie apart.

use super::field;
use serde_json::Value;
use std::collections::BTreeMap;

/// By row: the median of each pass, and all samples of all passes. What takes its own time has a sample a pass.
#[derive(Default)]
pub(super) struct Times {
    passes: BTreeMap<String, Vec<f64>>,
    samples: BTreeMap<String, Vec<f64>>,
}

impl Times {
    pub(super) fn add(&mut self, name: String, time: f64) {
        self.samples.entry(name.clone()).or_default().push(time);
        self.passes.entry(name).or_default().push(time);
    }

    /// From criterion's description of a benchmark, its estimates and its samples.
    pub(super) fn add_pass(
        &mut self,
        benchmark: &Value,
        estimates: &Value,
        sample: &Value,
    ) -> Result<(), String> {
        let group = field(benchmark, "/group_id")?; // AREA/GROUP
        let row = field(benchmark, "/function_id")?;
        let items = benchmark
            .pointer("/throughput/Elements")
            .and_then(Value::as_f64)
            .ok_or("found no number of items: set the group's throughput")?;
        let median =
            estimates.pointer("/median/point_estimate").and_then(Value::as_f64).ok_or("found no median")?;
        let numbers = |field: &str| {
            let numbers = sample[field].as_array().ok_or("found no samples")?.iter().map(Value::as_f64);
            numbers.collect::<Option<Vec<_>>>().ok_or("found a sample that is no number")
        };
        let (runs, times) = (numbers("iters")?, numbers("times")?);
        if runs.is_empty() || runs.len() != times.len() {
            return Err("expected as many times as numbers of runs".to_string());
        }
        let name = format!("{group}/{row}");
        let an_item = times.iter().zip(runs).map(|(time, runs)| time / runs / items);
        self.samples.entry(name.clone()).or_default().extend(an_item);
        self.passes.entry(name).or_default().push(median / items);
        Ok(())
    }

    /// By row: the median of the passes' medians, so that a load that came and went during one of them is not in the number;
    /// and the quartiles of all samples.
    pub(super) fn of_rows(self) -> (BTreeMap<String, f64>, BTreeMap<String, (f64, f64)>) {
        let medians = self.passes.into_iter().map(|(name, times)| (name, quantile(times, 0.5)));
        let halves = self
            .samples
            .into_iter()
            .map(|(name, samples)| (name, (quantile(samples.clone(), 0.25), quantile(samples, 0.75))));
        (medians.collect(), halves.collect())
    }
}

/// The one of the numbers that has this part of them below itself: the upper of two medians. At least one is needed.
fn quantile(mut numbers: Vec<f64>, part: f64) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers[((numbers.len() as f64 * part) as usize).min(numbers.len() - 1)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn benchmark(throughput: Value) -> Value {
        json!({ "group_id": "generator/send", "function_id": "hand", "throughput": throughput })
    }

    fn estimates() -> Value {
        json!({ "mean": { "point_estimate": 9e9 }, "median": { "point_estimate": 500.0 } })
    }

    #[test]
    fn time_is_the_median_over_the_items() {
        let mut times = Times::default();
        let items = benchmark(json!({ "Elements": 200 }));
        let sample = json!({ "iters": [1.0, 2.0, 3.0, 4.0], "times": [600.0, 1000.0, 1500.0, 1600.0] });
        times.add_pass(&items, &estimates(), &sample).unwrap();
        let (medians, halves) = times.of_rows();
        assert_eq!(medians, BTreeMap::from([("generator/send/hand".to_string(), 2.5)]));
        assert_eq!(halves, BTreeMap::from([("generator/send/hand".to_string(), (2.5, 3.0))]));
    }

    #[test]
    fn what_is_not_understood_is_an_error() {
        let add = |throughput, sample| {
            Times::default().add_pass(&benchmark(throughput), &estimates(), &sample).unwrap_err()
        };
        let sample = json!({ "iters": [1.0], "times": [600.0] });
        assert!(add(Value::Null, sample).contains("throughput"));
        let items = json!({ "Elements": 200 });
        assert!(add(items.clone(), json!({})).contains("samples"));
        assert!(add(items.clone(), json!({ "iters": [1.0], "times": ["long"] })).contains("no number"));
        assert!(add(items, json!({ "iters": [1.0, 2.0], "times": [600.0] })).contains("as many"));
    }

    #[test]
    fn of_several_passes_the_median_counts() {
        assert_eq!(quantile(vec![2.5], 0.5), 2.5);
        assert_eq!(quantile(vec![2.5, 90.0, 2.0], 0.5), 2.5);
    }

    #[test]
    fn between_quartiles_is_the_middle_half() {
        let numbers = || (1..=8).map(f64::from).collect();
        assert_eq!((quantile(numbers(), 0.25), quantile(numbers(), 0.75)), (3.0, 7.0));
        assert_eq!((quantile(vec![4.0], 0.25), quantile(vec![4.0], 0.75)), (4.0, 4.0));
    }
}
