//! `processes [ROUNDS [TABLE]]`: what a task of another process costs, by the tables of `tarae_bench::process`. Prints a row,
//! a tab and its nanoseconds an item for each round, as `measured.rs` reads them, and the medians on standard error.
//!
//! The rows of a table take turns, round by round: what others do on the machine meanwhile is in all of them, and in one round
//! only. By the clock on the wall: believe a ratio only of a run on a quiet machine.

use std::process::ExitCode;
use tarae_bench::process::limits::{be_the_other, is_the_other};
use tarae_bench::process::{Program, TABLES, Table};

fn main() -> ExitCode {
    // Before all else: whoever starts this program as a worker must get one, and not what starts it once more.
    tarae::init();
    procspawn::init();
    if is_the_other() {
        return match be_the_other() {
            Ok(()) => ExitCode::SUCCESS,
            Err(problem) => {
                eprintln!("failed to give back what came: {problem}");
                ExitCode::FAILURE
            }
        };
    }
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let rounds = arguments.first().map(|rounds| rounds.parse::<u32>()).transpose();
    let tables: Vec<_> =
        TABLES.iter().filter(|table| arguments.get(1).is_none_or(|name| name == table.name)).collect();
    let (Ok(rounds @ (None | Some(1..))), [_, ..], 0..=2) = (rounds, &tables[..], arguments.len()) else {
        let names: Vec<_> = TABLES.iter().map(|table| table.name).collect();
        eprintln!("usage: processes [ROUNDS [TABLE]], where TABLE is one of {}", names.join(", "));
        return ExitCode::from(2);
    };
    for table in tables {
        measure(table, rounds.unwrap_or(table.rounds));
    }
    ExitCode::SUCCESS
}

struct Measured {
    row: String,
    program: Program,
    nanoseconds: Vec<f64>,
}

fn measure(table: &Table, rounds: u32) {
    let measured = table.rows.iter().filter_map(|(row, make)| {
        let row = format!("process/{}/{row}", table.name);
        make().map(|program| Measured { row, program, nanoseconds: Vec::new() })
    });
    let mut measured: Vec<_> = measured.collect();
    for _ in 0..rounds {
        for Measured { row, program, nanoseconds } in &mut measured {
            // What the others did has taken the caches, and its workers sleep deeply.
            program(table.items.div_ceil(10));
            let an_item = program(table.items).as_nanos() as f64 / table.items as f64;
            println!("{row}\t{an_item}");
            nanoseconds.push(an_item);
        }
    }
    for Measured { row, nanoseconds, .. } in &mut measured {
        nanoseconds.sort_by(f64::total_cmp);
        eprintln!("{row:<40} {:>14.2} us an item", nanoseconds[nanoseconds.len() / 2] / 1e3);
    }
}
