//! How Python writes what Rust writes otherwise.

use std::fmt::{self, Debug, Display};
use tarae::prelude::*;

/// What Python's list `['A', 1]` has in one place: `{}` is Python's `str`, `{:?}` its `repr`.
#[derive(Clone, Copy)]
pub(crate) enum Item {
    Letter(char),
    Number(i32),
}

impl Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Item::Letter(letter) => Display::fmt(letter, f),
            Item::Number(number) => Display::fmt(number, f),
        }
    }
}

impl Debug for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Item::Letter(letter) => Debug::fmt(letter, f),
            Item::Number(number) => Debug::fmt(number, f),
        }
    }
}

/// `['Do', 'today']`: a list of words, in single quotes.
pub(crate) fn list(words: &[&str]) -> String {
    let quoted: Vec<String> = words.iter().map(|word| format!("'{word}'")).collect();
    format!("[{}]", quoted.join(", "))
}

/// `{a, b}`, or `set()` for the empty one: braces alone would be a dictionary.
pub(crate) fn set(items: &[String]) -> String {
    if items.is_empty() { "set()".to_owned() } else { format!("{{{}}}", items.join(", ")) }
}

/// `True` or `False`.
pub(crate) fn truth(value: bool) -> &'static str {
    if value { "True" } else { "False" }
}

/// A value, or `None`.
pub(crate) fn or_none<T: Display>(value: Option<T>) -> String {
    value.map_or("None".to_owned(), |value| value.to_string())
}

/// `<generator object name at 0x1054b7680>`.
pub(crate) fn object<B: tarae::generator::Body>(name: &str, generator: &Generator<B>) -> String {
    format!("<generator object {name} at {generator:p}>")
}

/// `<Future at 0x1056face0 state=running>`: a task is shown so already, under its own name.
pub(crate) fn shown<T>(task: &Task<T>) -> String {
    format!("{task:?}").replacen("<Task", "<Future", 1)
}
