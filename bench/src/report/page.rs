//! The report as a page: of each area its chart, a table a group, what was counted, and how its goals stand.

use super::quantity::{digits, time};
use super::rows::{Group, Kind, Row, Rows};
use super::{peers, title};
use crate::goals::Goal;
use crate::results::{Results, Run};
use std::fmt::Write;

/// # Errors
/// If an area was not measured, or a row was measured that `rows` does not know.
pub fn write(rows: &Rows, goals: &[Goal], results: &Results) -> Result<String, String> {
    if let Some(missing) = results.missing.first() {
        return Err(missing.clone());
    }
    rows.know(results.measured.time.keys().chain(results.measured.counted.keys()).map(String::as_str))?;
    let (_, run) = results.runs.first_key_value().ok_or("nothing has been measured")?;
    let mut page = String::new();
    page.push_str(HEAD);
    machine(&mut page, run);
    summary(&mut page, goals, results);
    for (area, run) in super::in_order(&results.runs) {
        let _ = write!(page, "\n## {}\n\n", title(area));
        let _ = writeln!(page, "![{}: bars of the tables below]({area}.svg)", title(area));
        let _ = writeln!(
            page,
            "\nMeasured in {} s. Just before it began, others kept {} cores busy.",
            run.of("seconds"),
            run.of("load")
        );
        for group in rows.groups.iter().filter(|group| group.is_of(area)) {
            table(&mut page, group, area, results);
        }
        counted(&mut page, rows, area, results);
        page.push_str("\n### Goals\n\n```text\n");
        for goal in goals.iter().filter(|goal| goal.is_of(area)) {
            let _ = writeln!(page, "{}", goal.judge(&results.measured));
        }
        page.push_str("```\n");
    }
    Ok(page)
}

const HEAD: &str = "\
# How fast it is

`ci/report.sh` has measured all of this in one run and written this page and its pictures, whole: they are not edited by hand.
[How it is measured, and how a peer is added](../../bench/README.md). How tasks scale with the workers is in
[SCALING.md](../../bench/SCALING.md).

![Of each area what it is used for most: bars](overview.svg)

- A number is the median over all passes; *middle half* says between which two the middle half of the samples lies. Where these
  are far apart, something else ran on the machine: believe the ratio less.
- *Beside ours* says how many times what ours takes a row takes, in this same run: ours is the row with a 1.
- **Bold** is ours. *Slanted* is the limit: written by hand, or what the system itself takes. The others are peers, or what
  else one would write.
- Thread time and CPU time do not count what others do on the machine; wall time does.
";

fn machine(page: &mut String, run: &Run) {
    let peers: Vec<_> = peers::pinned().iter().map(|(name, version)| format!("{name} {version}")).collect();
    let commit: String = short(run.of("commit"));
    let _ = write!(
        page,
        "\n| | |\n|---|---|\n\
        | Processor | {} cores of {} |\n| System | {} |\n| Compiler | {} |\n| Commit | {commit} |\n| Date | {} |\n\
        | Command | `ci/report.sh` |\n| Peers | {} |\n| Python | {} |\n",
        run.of("cores"),
        escaped(run.of("processor")),
        escaped(run.of("system")),
        escaped(run.of("rustc")),
        run.of("date"),
        peers.join(", "),
        escaped(run.of("python")),
    );
}

/// Of a commit what tells it from others, and of changes that were not committed the sign that they were there.
pub(super) fn short(commit: &str) -> String {
    let (commit, changes) = commit.split_at(commit.find('+').unwrap_or(commit.len()));
    let sign = if changes.is_empty() { "" } else { ", and changes" };
    format!("{}{sign}", &commit[..commit.len().min(7)])
}

/// How many goals stand how, and which do not.
fn summary(page: &mut String, goals: &[Goal], results: &Results) {
    let verdicts: Vec<_> = goals.iter().map(|goal| goal.judge(&results.measured)).collect();
    let count = |stands| verdicts.iter().filter(|verdict| verdict.is_met() == stands).count();
    let (met, missed, open) = (count(Some(true)), count(Some(false)), count(None));
    let _ = write!(page, "\nOf {} goals: {met} met, {missed} missed, {open} not measured", goals.len());
    if met == goals.len() {
        page.push_str(".\n");
        return;
    }
    page.push_str(". Those that are not met:\n\n```text\n");
    for verdict in verdicts.iter().filter(|verdict| verdict.is_met() != Some(true)) {
        let _ = writeln!(page, "{verdict}");
    }
    page.push_str("```\n");
}

fn table(page: &mut String, group: &Group, area: &str, results: &Results) {
    let measured = &results.measured;
    let time_of = |row: &Row| measured.time.get(&row.name).copied();
    let counted = |row: &Row| measured.instructions.get(&row.name).copied();
    let ours = group.ours().and_then(time_of);
    let with_instructions = group.rows.iter().any(|row| counted(row).is_some());
    let (head, line) = if with_instructions { (" instructions |", "---:|") } else { ("", "") };
    let _ = write!(
        page,
        "\n### {}\n\n| {}, `ci/measure.sh {area}` | median | middle half | beside ours |{head}\n|---|---:|---:|---:|{line}\n",
        escaped(&group.title),
        escaped(&group.unit)
    );
    let mut rows: Vec<_> = group.rows.iter().collect();
    rows.sort_by(|a, b| time_of(a).unwrap_or(f64::INFINITY).total_cmp(&time_of(b).unwrap_or(f64::INFINITY)));
    for row in rows {
        let label = escaped(&row.label);
        let label = match row.kind {
            Kind::Ours => format!("**{label}**"),
            Kind::Limit => format!("*{label}*"),
            Kind::Peer => label,
        };
        let _ = write!(page, "| {label} |");
        match time_of(row) {
            None => page.push_str(" not timed | | |"),
            Some(median) => {
                let (from, to) = measured.middle_half.get(&row.name).copied().unwrap_or((median, median));
                let beside = ours.map_or(String::new(), |ours| digits(median / ours));
                let beside = if group.ours() == Some(row) { "1".to_string() } else { beside };
                let _ = write!(page, " {} | {} – {} | {beside} |", time(median), time(from), time(to));
            }
        }
        if with_instructions {
            let _ = write!(page, " {} |", counted(row).map_or(String::new(), digits));
        }
        page.push('\n');
    }
}

fn counted(page: &mut String, rows: &Rows, area: &str, results: &Results) {
    let of_area = rows.counted.iter().filter(|row| row.name.split('/').next() == Some(area));
    let mut of_area =
        of_area.filter_map(|row| Some((row, results.measured.counted.get(&row.name)?))).peekable();
    if of_area.peek().is_none() {
        return;
    }
    let _ = write!(page, "\n### What is counted\n\n| `ci/measure.sh {area}` | |\n|---|---:|\n");
    for (row, number) in of_area {
        let _ = writeln!(page, "| {} | {} |", escaped(&row.label), digits(*number));
    }
}

/// As Markdown, what has a meaning there.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in text.chars() {
        match c {
            '<' => escaped.push_str("&lt;"),
            '&' => escaped.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '|' | '[' => escaped.extend(['\\', c]),
            _ => escaped.push(c),
        }
    }
    escaped
}
