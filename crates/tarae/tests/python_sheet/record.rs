//! What `data/python_sheet.py` recorded.

use serde_json::Value;
use std::sync::LazyLock;

static RECORD: LazyLock<Value> = LazyLock::new(|| {
    serde_json::from_str(include_str!("../data/python_sheet.json")).expect("the record is JSON")
});

/// What was recorded under a name, as a list.
pub(crate) fn recorded(name: &str) -> &'static [Value] {
    RECORD[name].as_array().unwrap_or_else(|| panic!("the record has no list `{name}`"))
}

/// A text in a record.
pub(crate) fn text<'a>(record: &'a Value, name: &str) -> &'a str {
    record[name].as_str().unwrap_or_else(|| panic!("no text `{name}` in {record}"))
}
