//! What the example shows after the notebook.

use super::page::Section;
use super::reader::Reader;
use super::tasks::{rate, sum};

/// All that is wrong with them.
pub(crate) fn check(sections: &[Section]) -> Vec<String> {
    let words: Vec<&str> = sections.iter().map(|section| &*section.words).collect();
    let expected = [
        "the same work on processes",
        "a worker that crashes",
        "a time-out that stops the work",
        "a cancelled task",
        "a callback, and one that panics",
    ];
    if words != expected {
        return vec![format!("after the notebook comes {words:?}")];
    }
    let checks: [fn(&str) -> Result<(), String>; 5] = [on_processes, crash, time_out, cancelled, callback];
    let pairs = sections.iter().zip(checks);
    pairs
        .filter_map(|(Section { words, shown }, check)| {
            check(shown)
                .err()
                .map(|why| format!("after the notebook, {words}: {why}\n--- shown\n{shown}---\n"))
        })
        .collect()
}

fn on_processes(shown: &str) -> Result<(), String> {
    let mut reader = Reader::new(shown);
    let sums = [10_000, 100_000, 10_000_000, 100_000_000].map(|work| sum(work).to_string());
    reader.text(&format!("as cell 59: [{}]\nas cell 69: ", sums.join(", ")))?;
    let done = reader.number()?;
    reader.text(" done, ")?;
    let pending = reader.number()?;
    reader.text(" pending\n")?;
    let worklist = [100_000, 1_000_000, 100_000_000, 1_000_000_000];
    let mut left = worklist.to_vec();
    if done + pending != left.len() as u64 {
        return Err(format!("{done} done and {pending} pending are not all"));
    }
    while !left.is_empty() {
        reader.text("as cell 78: ")?;
        let work = a_sum(&mut reader)?;
        let at = left.iter().position(|&other| other == work).ok_or("not asked for, or twice")?;
        left.remove(at);
    }
    let lists = [vec![10_000, 100_000, 10_000_000, 100_000_000], worklist.to_vec(), worklist.to_vec()];
    rate(reader, &lists.concat())
}

fn crash(shown: &str) -> Result<(), String> {
    let mut reader = Reader::new(shown);
    reader.text("done: ")?;
    let before = a_sum(&mut reader)?;
    reader.text("lost: task \"sum of 1 to 1000000\" was lost: its worker, process ")?;
    reader.number()?;
    reader.text(", was killed by signal 6 (SIGABRT) while it ran")?;
    submitted_in(&mut reader, "processes.rs:")?;
    reader.text("done: ")?;
    let after = a_sum(&mut reader)?;
    reader.text("done: ")?;
    let last = a_sum(&mut reader)?;
    if [before, after, last] != [100_000, 10_000_000, 100_000_000] {
        return Err("the sums are not those that were asked for, in order".to_owned());
    }
    reader.text("the pool goes on: 10\n")?;
    reader.end()
}

/// A time limit stops the work itself: within this many milliseconds, on a machine that has other things to do.
const SOON: f64 = 500.0;

fn time_out(shown: &str) -> Result<(), String> {
    let worklist = [100_000, 1_000_000, 100_000_000, 1_000_000_000];
    let mut reader = Reader::new(shown);
    reader.text("after 0.2 s: ")?;
    let done = reader.number()?;
    reader.text(" done, ")?;
    let pending = reader.number()?;
    reader.text(" pending\n")?;
    if done + pending != worklist.len() as u64 {
        return Err(format!("{done} done and {pending} pending are not all"));
    }

    let mut left = worklist.to_vec();
    let mut take = |work: u64| match left.iter().position(|&other| other == work) {
        Some(at) => Ok(left.remove(at)),
        None => Err(format!("1 to {work}: not asked for, or twice")),
    };
    for _ in 0..done {
        reader.text("done: ")?;
        take(a_sum(&mut reader)?)?;
    }
    let mut stopped = Vec::new();
    for _ in 0..pending {
        // It may have ended between the time-out and the request.
        if reader.skips("done meanwhile: ") {
            take(a_sum(&mut reader)?)?;
        } else {
            reader.text("stopped: task \"sum of 1 to ")?;
            stopped.push(take(reader.number()?)?);
            reader.text("\" was cancelled")?;
            submitted(&mut reader)?;
        }
    }
    if !stopped.contains(&1_000_000_000) {
        return Err("a billion items were not stopped".to_owned());
    }

    reader.text("the last of them ended ")?;
    let after = reader.decimal(3)?;
    reader.text(" ms after it was asked to\n")?;
    if after > SOON {
        return Err(format!("stopped only after {after} ms"));
    }
    reader.end()
}

/// `the sum of 1 to 10 is 55`: how many, if it is right.
fn a_sum(reader: &mut Reader<'_>) -> Result<u64, String> {
    reader.text("the sum of 1 to ")?;
    let work = reader.number()?;
    // As a text: the number may be any.
    let expected = if work <= 1_000_000_000 { sum(work) } else { 0 };
    reader.text(&format!(" is {expected}\n"))?;
    Ok(work)
}

/// Where a task was submitted: somewhere in the example.
fn submitted(reader: &mut Reader<'_>) -> Result<(), String> {
    submitted_in(reader, "after.rs:")
}

fn submitted_in(reader: &mut Reader<'_>, name: &str) -> Result<(), String> {
    reader.text(" (submitted at ")?;
    let file = reader.up_to(name)?;
    if !file.contains("examples") || file.contains('\n') {
        return Err(format!("submitted in {file:?}"));
    }
    reader.text(name)?;
    reader.number()?;
    reader.text(":")?;
    reader.number()?;
    reader.text(")\n")
}

fn cancelled(shown: &str) -> Result<(), String> {
    let mut reader = Reader::new(shown);
    reader.text("before: Pending\ncancel: true\nafter: Cancelled\nresult: task \"behind\" was cancelled")?;
    submitted(&mut reader)?;
    reader.text("the one before it ended undisturbed: true\n")?;
    reader.end()
}

fn callback(shown: &str) -> Result<(), String> {
    let mut reader = Reader::new(shown);
    reader.text("the callback says: 500500 it is\nthe second: a task panicked: no use for a sum")?;
    submitted(&mut reader)?;
    reader.text("(what the panic itself has to say is on stderr, as for any panic)\n")?;
    reader.text("the pool goes on: 10\n")?;
    reader.end()
}
