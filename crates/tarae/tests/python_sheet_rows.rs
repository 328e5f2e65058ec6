//! Each Rust line of `PYTHON.md` gives what Python gave, or what its row says instead.

#[path = "python_sheet/record.rs"]
mod record;
// Written by `python_sheet.rs`, a row a line.
#[rustfmt::skip]
#[path = "python_sheet/rows.rs"]
mod rows;
#[path = "python_sheet/shown.rs"]
mod shown;

use record::{recorded, text};
use serde_json::Value;

/// The value of a row's Rust line against the record.
fn gives(section: &str, python: &str, rust: Value) {
    let row = recorded("rows")
        .iter()
        .find(|row| text(row, "section") == section && text(row, "python") == python)
        .unwrap_or_else(|| panic!("not recorded: {python}"));
    let expected = row.get("differs").unwrap_or(&row["value"]);
    assert_eq!(&rust, expected, "\nPython: {python}\ngives:  {}\nRust's value is on the left", row["gives"]);
}
