//! `PYTHON.md` says what is so: what Python gives was recorded from Python, each row has its test, and no name is missing.
//!
//! `python_sheet_rows.rs` runs the rows, from `python_sheet/rows.rs`. That file is written from the page:
//! `TARAE_PYTHON_SHEET=overwrite cargo test -p tarae --test python_sheet` does it, after a change of the page. What Python
//! gives is in `data/python_sheet.json`; the script beside it says how to record it. The page's blocks of Rust are examples
//! that `cargo test --doc` runs.

#[path = "python_sheet/page.rs"]
mod page;
#[path = "python_sheet/record.rs"]
mod record;

use page::{Page, Row};
use record::{recorded, text};
use serde_json::Value;
use std::path::Path;

const PAGE: &str = include_str!("../../../PYTHON.md");

/// The names that a section must have; the built-in functions have no list.
fn names(section: &str) -> Vec<&'static str> {
    match section {
        "functions" => Vec::new(),
        section => recorded(section).iter().filter_map(Value::as_str).collect(),
    }
}

#[test]
fn the_rows_are_tested_as_they_stand() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/python_sheet/rows.rs");
    let written = page::tests(&Page::read(PAGE), names);
    if std::env::var_os("TARAE_PYTHON_SHEET").is_some_and(|what| what == "overwrite") {
        std::fs::write(&path, &written).expect("can be written");
        return;
    }
    let committed = std::fs::read_to_string(&path).expect("can be read");
    assert!(
        written == committed,
        "rows.rs is not what PYTHON.md says: run this test with TARAE_PYTHON_SHEET=overwrite, then again"
    );
}

#[test]
fn what_python_gives_is_what_it_gave() {
    let page = Page::read(PAGE);
    let rows: Vec<&Row> = page.sections.iter().flat_map(|section| &section.rows).collect();
    assert_eq!(rows.len(), recorded("rows").len(), "as many rows as recorded: run python_sheet.py");
    for (row, record) in rows.into_iter().zip(recorded("rows")) {
        assert_eq!(row.python, text(record, "python"));
        assert_eq!(row.gives, text(record, "gives"), "{}", row.python);
        assert_eq!(
            row.differs.as_deref(),
            record.get("differs_text").and_then(Value::as_str),
            "{}",
            row.python
        );
    }
}

#[test]
fn what_python_is_told_was_run() {
    let page = Page::read(PAGE);
    let sessions = recorded("sessions");
    assert_eq!(page.sessions.len(), sessions.len(), "as many lines at Python's prompt as recorded");
    for ((source, shown), record) in page.sessions.iter().zip(sessions) {
        assert_eq!(source, text(record, "source"));
        assert_eq!(shown, text(record, "shown"), "{source}");
    }
}

#[test]
fn no_name_is_missing() {
    let page = Page::read(PAGE);
    for (heading, least) in [("itertools", None), ("recipes", None), ("more-itertools", Some(40))] {
        let section = page.section(heading);
        let (there, missing): (Vec<_>, Vec<_>) = names(heading)
            .into_iter()
            .partition(|name| section.rows.iter().any(|row| page::uses(&row.python, name)));
        match least {
            None => assert!(missing.is_empty(), "{heading}: no row has {missing:?}"),
            Some(least) => assert!(there.len() >= least, "{heading}: only {} have a row", there.len()),
        }
    }
}

#[test]
fn links_within_the_page_lead_somewhere() {
    let anchor = |heading: &str| {
        let kept = heading
            .trim_start_matches('#')
            .trim()
            .chars()
            .filter(|c| c.is_alphanumeric() || "- _".contains(*c));
        kept.collect::<String>().to_lowercase().replace(' ', "-")
    };
    let anchors: Vec<String> = PAGE.lines().filter(|line| line.starts_with('#')).map(anchor).collect();
    let links: Vec<&str> = PAGE.split("](#").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(!links.is_empty());
    for link in links {
        assert!(anchors.iter().any(|anchor| anchor == link), "no heading for #{link}");
    }
}
