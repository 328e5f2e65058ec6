//! `goals.tsv`: what the project aims at, and what has been measured of it.

use crate::limit::Limit;
use crate::measured::Measured;
use std::fmt;

/// How a goal's number comes from what is measured.
enum Formula {
    /// Instructions an item.
    Instructions(&'static str),
    /// Instructions an item over those of another.
    InstructionsOver(&'static str, &'static str),
    /// Time an item over that of another. A limit `<=` has ours first, a limit `>=` theirs: it says how many times
    /// faster ours is.
    TimeOver(&'static str, &'static str),
    /// Nanoseconds an item.
    Time(&'static str),
    /// Milliseconds an item.
    Milliseconds(&'static str),
    /// Items in a second.
    PerSecond(&'static str),
    /// Nanoseconds an item over those of another.
    TimeBeyond(&'static str, &'static str),
    /// How much longer than a third row an item takes in the first, over how much longer it takes in the second.
    BeyondOver(&'static str, &'static str, &'static str),
    /// As it was counted.
    Counted(&'static str),
}

use Formula::{
    BeyondOver, Counted, Instructions, InstructionsOver, Milliseconds, PerSecond, Time, TimeBeyond, TimeOver,
};

/// Each goal that has a benchmark. One that is not here is not measured.
const FORMULAS: &[(&str, Formula)] = &[
    (
        "generator/count_fold_vs_hand_ir",
        InstructionsOver("generator/counting/fold", "generator/counting/hand_fold"),
    ),
    (
        "generator/count_pinned_vs_hand_ir",
        InstructionsOver("generator/counting/pinned", "generator/counting/hand"),
    ),
    ("generator/count_boxed_ir", Instructions("generator/counting/movable")),
    (
        "generator/count_boxed_vs_box_dyn",
        TimeOver("generator/counting/movable", "generator/counting/hand_box_dyn"),
    ),
    ("generator/words_pinned_vs_hand", TimeOver("generator/words/pinned", "generator/words/hand")),
    ("generator/words_boxed_vs_hand", TimeOver("generator/words/movable", "generator/words/hand")),
    ("generator/send_pinned_vs_hand_ir", InstructionsOver("generator/send/pinned", "generator/send/hand")),
    ("generator/send_vs_corosensei", TimeOver("generator/send/corosensei", "generator/send/pinned")),
    ("generator/tree20_vs_genawaiter", TimeOver("generator/tree20/genawaiter_co", "generator/tree20/fold")),
    (
        "generator/tree20_vs_stackful",
        TimeOver("generator/tree20/fold", "generator/tree20/corosensei_stackful"),
    ),
    (
        "generator/delegation_flat",
        TimeOver("generator/delegation/movable_depth_1000000", "generator/delegation/movable_depth_1"),
    ),
    (
        "generator/delegation_1000_vs_genawaiter",
        TimeOver("generator/delegation/genawaiter_depth_1000", "generator/delegation/movable_depth_1000"),
    ),
    ("generator/create_pinned_vs_hand", TimeOver("generator/creation/pinned", "generator/creation/hand")),
    ("generator/create_boxed_vs_box", TimeOver("generator/creation/movable", "generator/creation/bare_box")),
    ("generator/heap_bytes", Counted("generator/heap_bytes")),
    (
        "generator/stream_vs_async_stream",
        TimeOver("generator/stream/pinned", "generator/stream/async_stream"),
    ),
    (
        "iter/product3_fold_vs_multi_cartesian",
        TimeOver("iter/product3/multi_cartesian_fold", "iter/product3/fold"),
    ),
    ("iter/product3_fold_vs_hand", TimeOver("iter/product3/fold", "iter/product3/hand")),
    (
        "iter/product3_for_vs_multi_cartesian",
        TimeOver("iter/product3/multi_cartesian_next", "iter/product3/next"),
    ),
    ("iter/combinations4_fold_vs_hand", TimeOver("iter/combinations4/fold", "iter/combinations4/hand")),
    (
        "iter/combinations4_fold_vs_array",
        TimeOver("iter/combinations4/array_combinations_fold", "iter/combinations4/fold"),
    ),
    (
        "iter/combinations4_for_vs_array",
        TimeOver("iter/combinations4/array_combinations_next", "iter/combinations4/next"),
    ),
    (
        "iter/permutations9_vs_hand",
        TimeOver("iter/permutations9/fold", "iter/permutations9/hand_next_permutation"),
    ),
    (
        "iter/permutations4of22_vs_itertools",
        TimeOver("iter/permutations4of22/itertools_next", "iter/permutations4of22/next"),
    ),
    ("iter/groupby5_vs_chunk_by", TimeOver("iter/groupby5/chunk_by", "iter/groupby5/next_group_sum")),
    ("iter/groupby50_vs_chunk_by", TimeOver("iter/groupby50/chunk_by", "iter/groupby50/next_group_sum")),
    ("iter/batched8_vec_vs_chunks", TimeOver("iter/batched8/chunks", "iter/batched8/vec_next")),
    ("iter/batched8_array_vs_slice", TimeOver("iter/batched8/array_fold", "iter/batched8/slice_as_chunks")),
    (
        "iter/window2_vs_array_windows",
        TimeOver("iter/window2/array_windows_fold", "iter/window2/pairwise_fold"),
    ),
    (
        "iter/window5_vs_array_windows",
        TimeOver("iter/window5/array_windows_fold", "iter/window5/sliding_fold"),
    ),
    ("iter/accumulate_collect_vs_scan", TimeOver("iter/accumulate/scan", "iter/accumulate/collect")),
    ("iter/tee_vs_itertools", TimeOver("iter/tee/itertools_fold", "iter/tee/fold")),
    ("iter/product4_drain_vs_cpython", TimeOver("iter/product4_drain/cpython", "iter/product4_drain/ours")),
    (
        "iter/combinations4_drain_vs_cpython",
        TimeOver("iter/combinations4_drain/cpython", "iter/combinations4_drain/ours"),
    ),
    (
        "iter/permutations9_drain_vs_cpython",
        TimeOver("iter/permutations9_drain/cpython", "iter/permutations9_drain/ours"),
    ),
    ("task/instructions_per_task", Instructions("task/batch/ours")),
    ("task/allocations_per_task", Counted("task/allocations_per_task")),
    ("task/batch_vs_rayon", TimeOver("task/batch/rayon", "task/batch/ours")),
    ("task/batch_vs_tokio", TimeOver("task/batch/tokio_spawn", "task/batch/ours")),
    ("task/batch_vs_python", TimeOver("task/batch/python", "task/batch/ours")),
    ("task/round_trip_vs_rayon", TimeOver("task/round_trip/ours", "task/round_trip/rayon")),
    ("task/join_vs_rayon", TimeOver("task/fork_join/ours_join", "task/fork_join/rayon_join")),
    ("task/submit_vs_rayon_join", TimeOver("task/fork_join/ours_submit", "task/fork_join/rayon_join")),
    (
        "task/as_completed_vs_futures_unordered",
        TimeOver("task/as_completed/ours", "task/as_completed/futures_unordered"),
    ),
    ("task/wait_any_vs_futures_unordered", TimeOver("task/wait_any/ours", "task/wait_any/futures_unordered")),
    ("task/wait_pending_ns", Time("task/wait_pending/ours")),
    ("task/bytes_per_pending", Counted("task/bytes_per_pending")),
    ("task/stop_latency_us", Counted("task/stop_latency_us")),
    ("task/cancellable_vs_plain", TimeOver("task/cancellable/cancellable", "task/cancellable/plain")),
    ("task/idle_wakeups", Counted("task/idle_wakeups")),
    ("flow/par_map_overhead_ns", TimeBeyond("flow/cpu80/ours", "flow/cpu80/sequential")),
    ("flow/par_map_vs_pariter", BeyondOver("flow/cpu80/pariter", "flow/cpu80/ours", "flow/cpu80/sequential")),
    ("flow/par_map_vs_static_split", TimeOver("flow/wall16/static_split", "flow/wall16/ours")),
    ("process/round_trip_vs_socket", TimeOver("process/round_trip/ours", "process/round_trip/socket")),
    ("process/round_trip_vs_python", TimeOver("process/round_trip/python", "process/round_trip/ours")),
    ("process/round_trip_vs_procspawn", TimeOver("process/round_trip/procspawn", "process/round_trip/ours")),
    ("process/map_tasks_per_s", PerSecond("process/map/ours")),
    ("process/submit_vs_python", TimeOver("process/submit/python", "process/submit/ours")),
    ("process/echo100mb_vs_python", TimeOver("process/echo100mb/python", "process/echo100mb/ours")),
    (
        "process/echo100mb_vs_reused_memory",
        TimeOver("process/echo100mb/ours", "process/echo100mb/reused_memory"),
    ),
    ("process/echo1mb_vs_socket", TimeOver("process/echo1mb/ours", "process/echo1mb/socket")),
    ("process/first_result_ms", Milliseconds("process/first_result/ours")),
    ("process/deaths_survived", Counted("process/deaths_survived")),
    ("process/deaths_lost", Counted("process/deaths_lost")),
    ("process/deaths_misblamed", Counted("process/deaths_misblamed")),
    ("process/deaths_leaked", Counted("process/deaths_leaked")),
];

impl Formula {
    /// `None` if anything of it has not been measured.
    fn evaluate(&self, measured: &Measured) -> Option<f64> {
        match self {
            Instructions(name) => measured.instructions.get(*name).copied(),
            InstructionsOver(name, other) => {
                Some(measured.instructions.get(*name)? / measured.instructions.get(*other)?)
            }
            TimeOver(name, other) => Some(measured.time.get(*name)? / measured.time.get(*other)?),
            Time(name) => measured.time.get(*name).copied(),
            Milliseconds(name) => Some(measured.time.get(*name)? / 1e6),
            PerSecond(name) => Some(1e9 / measured.time.get(*name)?),
            TimeBeyond(name, base) => Some(measured.time.get(*name)? - measured.time.get(*base)?),
            BeyondOver(name, other, base) => {
                let base = measured.time.get(*base)?;
                Some((measured.time.get(*name)? - base) / (measured.time.get(*other)? - base))
            }
            Counted(name) => measured.counted.get(*name).copied(),
        }
    }
}

/// One line of `goals.tsv`.
pub struct Goal {
    name: String,
    limit: Limit,
}

impl Goal {
    /// The goals of a table, in its order.
    ///
    /// # Errors
    /// If a line is not a name, an operator, a bound and a description, or a name comes twice.
    pub fn parse_all(table: &str) -> Result<Vec<Self>, String> {
        let mut goals: Vec<Goal> = Vec::new();
        for line in table.lines().skip(1).filter(|line| !line.is_empty()) {
            let fields: Vec<_> = line.split('\t').collect();
            let [name, operator, bound, _description] = fields[..] else {
                return Err(format!("expected four fields with tabs between them, found `{line}`"));
            };
            if goals.iter().any(|goal| goal.name == name) {
                return Err(format!("the goal `{name}` comes twice"));
            }
            let limit = Limit::parse(operator, bound).map_err(|problem| format!("{name}: {problem}"))?;
            goals.push(Goal { name: name.to_string(), limit });
        }
        Ok(goals)
    }

    /// Whether it belongs to an area: `generator` has all that begin with `generator/`.
    pub fn is_of(&self, area: &str) -> bool {
        self.name.split_once('/').is_some_and(|(of, _)| of == area)
    }

    /// How it stands.
    pub fn judge<'a>(&'a self, measured: &Measured) -> Verdict<'a> {
        let formula = FORMULAS.iter().find(|(name, _)| *name == self.name);
        Verdict { goal: self, number: formula.and_then(|(_, formula)| formula.evaluate(measured)) }
    }
}

/// A goal and what was measured of it. Prints as one line.
pub struct Verdict<'a> {
    goal: &'a Goal,
    number: Option<f64>,
}

impl Verdict<'_> {
    /// `None` if it was not measured.
    pub fn is_met(&self) -> Option<bool> {
        self.number.map(|number| self.goal.limit.holds(number))
    }
}

impl fmt::Display for Verdict<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Goal { name, limit } = self.goal;
        match self.number {
            Some(number) => {
                let verdict = if limit.holds(number) { "met" } else { "missed" };
                write!(f, "goal {name} {} {limit} {verdict}", limit.show(number))
            }
            None => write!(f, "goal {name} not measured"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    const TABLE: &str = "name\top\tlimit\twhat\n\
        generator/count_pinned_vs_hand_ir\t<=\t1.00\t\n\
        generator/count_boxed_ir\t<=\t16\t\n\
        generator/send_vs_corosensei\t>=\t3\ttime\n\
        generator/heap_bytes\t<=\t32\t\n\
        iter/nobody_measures_this\t>=\t1\t\n";

    fn numbers(pairs: &[(&str, f64)]) -> BTreeMap<String, f64> {
        pairs.iter().map(|(name, number)| (name.to_string(), *number)).collect()
    }

    fn judged(measured: &Measured) -> Vec<String> {
        Goal::parse_all(TABLE).unwrap().iter().map(|goal| goal.judge(measured).to_string()).collect()
    }

    #[test]
    fn each_goal_is_one_line() {
        let measured = Measured {
            instructions: numbers(&[
                ("generator/counting/pinned", 7.0),
                ("generator/counting/hand", 7.0),
                ("generator/counting/movable", 18.0),
            ]),
            time: numbers(&[("generator/send/corosensei", 4.0), ("generator/send/pinned", 1.25)]),
            counted: numbers(&[("generator/heap_bytes", 32.0)]),
            ..Measured::default()
        };
        assert_eq!(
            judged(&measured),
            [
                "goal generator/count_pinned_vs_hand_ir 1.00 <= 1.00 met",
                "goal generator/count_boxed_ir 18.00 <= 16 missed",
                "goal generator/send_vs_corosensei 3.20 >= 3 met",
                "goal generator/heap_bytes 32.00 <= 32 met",
                "goal iter/nobody_measures_this not measured",
            ]
        );
    }

    #[test]
    fn nanoseconds_become_milliseconds_and_items_in_a_second() {
        let time = numbers(&[("process/first_result/ours", 1.25e6), ("process/map/ours", 500.0)]);
        let measured = Measured { time, ..Measured::default() };
        assert_eq!(Milliseconds("process/first_result/ours").evaluate(&measured), Some(1.25));
        assert_eq!(PerSecond("process/map/ours").evaluate(&measured), Some(2e6));
    }

    #[test]
    fn half_a_ratio_is_not_measured() {
        let measured = Measured {
            instructions: numbers(&[("generator/counting/pinned", 7.0)]),
            time: numbers(&[("generator/counting/hand", 7.0), ("generator/send/pinned", 1.0)]),
            ..Measured::default()
        };
        assert!(judged(&measured).iter().all(|line| line.ends_with(" not measured")));
    }

    #[test]
    fn areas_are_whole_words() {
        let goals = Goal::parse_all(TABLE).unwrap();
        assert_eq!(goals.iter().filter(|goal| goal.is_of("generator")).count(), 4);
        assert_eq!(goals.iter().filter(|goal| goal.is_of("gen")).count(), 0);
    }

    #[test]
    fn the_project_s_own_goals_are_understood() {
        let goals = Goal::parse_all(include_str!("../goals.tsv")).unwrap();
        for (name, _) in FORMULAS {
            assert!(goals.iter().any(|goal| goal.name == *name), "`{name}` is not in goals.tsv");
        }
    }

    #[test]
    fn what_a_goal_over_processes_needs_is_in_the_tables() {
        let rows = crate::process::TABLES
            .iter()
            .flat_map(|table| table.rows.iter().map(|(row, _)| format!("process/{}/{row}", table.name)));
        let rows: Vec<_> = rows.collect();
        for (name, formula) in FORMULAS {
            let needed = match formula {
                TimeOver(one, other) => vec![one, other],
                Milliseconds(one) | PerSecond(one) => vec![one],
                _ => continue,
            };
            for row in needed.into_iter().filter(|row| row.starts_with("process/")) {
                assert!(rows.iter().any(|of_table| of_table == row), "{name}: no row {row}");
            }
        }
    }

    /// With >= theirs is first, with <= ours; a formula that says it the wrong way round would praise what is slow.
    #[test]
    fn ratios_are_the_right_way_round() {
        let goals = Goal::parse_all(include_str!("../goals.tsv")).unwrap();
        for (name, formula) in FORMULAS {
            let goal = goals.iter().find(|goal| goal.name == *name).unwrap();
            let (InstructionsOver(first, second) | TimeOver(first, second) | BeyondOver(first, second, _)) =
                formula
            else {
                continue;
            };
            let Some((_, rival)) = name.trim_end_matches("_ir").rsplit_once("_vs_") else { continue };
            let theirs = if goal.limit.to_string().starts_with('<') { second } else { first };
            let row = theirs.rsplit_once('/').unwrap().1;
            assert!(row.contains(rival), "{name}: expected `{rival}` in {theirs}");
        }
    }

    #[test]
    fn a_table_that_is_not_understood_is_an_error() {
        assert!(Goal::parse_all("head\na/b\t<=\t1\n").is_err());
        assert!(Goal::parse_all("head\na/b\t<\t1\t\n").is_err());
        assert!(Goal::parse_all("head\na/b\t<=\t1\t\na/b\t<=\t2\t\n").is_err());
    }
}
