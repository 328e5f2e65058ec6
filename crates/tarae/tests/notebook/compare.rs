//! How a shown cell is compared with the recorded one.

use super::cells::Recorded;
use super::reader::Reader;
use super::{tasks, values};

/// What differs by nature, and so how a cell is compared.
#[derive(Clone, Copy, Debug)]
enum Rule {
    /// Nothing: line by line.
    Exact,
    /// How numbers, brackets and quotes are written: value by value.
    Values,
    /// As `Values`; the recorded text was cut.
    CutValues,
    /// The address of a generator: as `Exact`, with the address masked.
    Address,
    /// What the last expression came to, or that it was the end, is set apart by empty lines: these apart, `Exact`. An
    /// end without a message is the line `StopIteration`.
    Effects,
    /// Rust has no need of it: this line is shown instead.
    Instead(&'static str),
    /// Times; sums exactly.
    Map,
    /// Addresses, times, states, and what is done in time; sums exactly.
    Wait,
    /// Addresses, times, states, and the order; sums exactly.
    AsCompleted,
}

fn rule(cell: u32) -> Rule {
    match cell {
        1 => Rule::Instead("Chars<'_> implements Iterator + DoubleEndedIterator + FusedIterator + Clone\n"),
        6 => Rule::Instead("Chars<'_> implements IntoIterator\n"),
        7 => Rule::Instead("Chars<'_> implements Iterator\n"),
        10 | 14 | 19 | 39 | 40 | 44 | 45 | 52 => Rule::Effects,
        13 | 16 | 37 => Rule::Address,
        26 | 30..=33 | 35 | 53 => Rule::Values,
        27 => Rule::CutValues,
        59 => Rule::Map,
        69 => Rule::Wait,
        78 => Rule::AsCompleted,
        _ => Rule::Exact,
    }
}

/// Compares what a cell shows with what was recorded.
///
/// # Errors
/// What differs, with both texts.
pub(crate) fn cell(recorded: &Recorded, shown: &str) -> Result<(), String> {
    let Recorded { number, output } = recorded;
    let rule = rule(*number);
    let compared = match rule {
        Rule::Exact => equal(&lines(output), shown),
        Rule::Values => values::equal(output, shown),
        Rule::CutValues => counted(output, shown),
        Rule::Address => masked(&lines(output)).and_then(|output| equal(&output, &masked(shown)?)),
        Rule::Effects => equal(&effects(output), shown),
        Rule::Instead(line) => equal(line, shown),
        Rule::Map => tasks::recorded_map(output)
            .and_then(|work| values::equal(head(output), head(shown.trim_start_matches('\n'))).map(|()| work))
            .and_then(|work| tasks::map(&work, shown)),
        Rule::Wait => tasks::recorded_worklist(output).and_then(|work| tasks::wait(&work, shown)),
        Rule::AsCompleted => tasks::recorded_worklist(output).and_then(|work| {
            tasks::same_lines(output, shown)?;
            tasks::as_completed(&work, shown)
        }),
    };
    compared.map_err(|why| {
        format!("In [{number}], compared by {rule:?}: {why}\n--- recorded\n{output}\n--- shown\n{shown}---\n")
    })
}

/// The recorded text, of which the end of the last line was not recorded.
fn lines(output: &str) -> String {
    if output.is_empty() { String::new() } else { format!("{output}\n") }
}

fn equal(expected: &str, shown: &str) -> Result<(), String> {
    if expected == shown { Ok(()) } else { Err(format!("expected {expected:?}, got {shown:?}")) }
}

/// Without the empty lines, and without a message that is empty.
fn effects(output: &str) -> String {
    output
        .lines()
        .filter(|line| !line.is_empty())
        .map(
            |line| if line == "StopIteration: " { "StopIteration\n".to_owned() } else { format!("{line}\n") },
        )
        .collect()
}

/// With the one address masked.
fn masked(text: &str) -> Result<String, String> {
    let mut reader = Reader::new(text);
    let before = reader.up_to("0x")?.to_owned();
    reader.address()?;
    Ok(format!("{before}0xADDRESS{}", reader.rest()))
}

/// What stands before the time.
fn head(text: &str) -> &str {
    text.split(" Time : ").next().unwrap_or(text)
}

/// Cell 27: 1, 3.5, 6 and so on up to 998.5, of which `output` is the beginning, cut within a number.
fn counted(output: &str, shown: &str) -> Result<(), String> {
    let all: String = (0..400).map(|i| format!("{:?}\n", 1.0 + 2.5 * f64::from(i))).collect();
    let Some((whole, cut)) = output.rsplit_once('\n') else { return Err("nothing recorded".to_owned()) };
    let recorded = whole.lines().count();
    values::equal(whole, &all.lines().take(recorded).collect::<Vec<_>>().join("\n"))?;
    if !all.lines().nth(recorded).is_some_and(|next| next.starts_with(cut)) {
        return Err(format!("what was recorded goes on with {cut:?}"));
    }
    values::equal(&all, shown)
}
