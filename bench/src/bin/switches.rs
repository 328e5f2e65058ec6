//! `switches [TURNS [ROW]]`: what it costs to go from one of two to the other, each way of `tarae_bench::switch`: nanoseconds a
//! turn, the shortest of many passes over all rows: what others do on the machine can only add to it. With a row, that one
//! once, for looking into with a profiler.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::Instant;
use tarae_bench::switch::ROWS;

const PASSES: usize = 51;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let turns = arguments.first().map_or(Ok(10_000), |turns| turns.parse::<u64>());
    let only = arguments.get(1).map(|name| ROWS.iter().find(|(row, _)| row == name));
    let (Ok(turns @ 2..), None | Some(Some(_))) = (turns, only) else {
        let names: Vec<_> = ROWS.iter().map(|(row, _)| *row).collect();
        eprintln!(
            "usage: switches [TURNS [ROW]], where TURNS is at least 2, and ROW one of {}",
            names.join(", ")
        );
        return ExitCode::from(2);
    };
    let turns = turns / 2 * 2;
    if let Some(Some((_, program))) = only {
        assert_eq!(program(turns), turns);
        return ExitCode::SUCCESS;
    }
    let mut shortest = vec![f64::INFINITY; ROWS.len()];
    for _ in 0..PASSES {
        for ((_, program), shortest) in ROWS.iter().zip(&mut shortest) {
            let start = Instant::now();
            assert_eq!(program(black_box(turns)), turns);
            *shortest = shortest.min(start.elapsed().as_nanos() as f64 / turns as f64);
        }
    }
    for ((row, _), shortest) in ROWS.iter().zip(shortest) {
        println!("{row:<22} {shortest:>8.1} ns");
    }
    ExitCode::SUCCESS
}
