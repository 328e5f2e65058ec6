//! What to run: the notebook, or its sums for numbers from the command line.

use std::ffi::OsString;
use std::fmt;

/// What to run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// Every cell, with the work lists that were recorded, and what comes after.
    Notebook,
    /// Cells 59, 69 and 78 only, on this work list.
    Lists(Vec<u64>),
}

/// The longest sum of 1, 2, 3, .. that a `u64` holds: `n * (n + 1) / 2` is at most [`u64::MAX`].
pub(crate) const MOST_ITEMS: u64 = 6_074_000_999;

impl Work {
    /// Reads the command line: nothing is the notebook, anything else must be numbers of items.
    ///
    /// # Errors
    /// If an argument is no number, or one whose sum does not fit.
    pub(crate) fn from_arguments(arguments: impl IntoIterator<Item = OsString>) -> Result<Self, BadArgument> {
        let worklist = arguments.into_iter().map(items).collect::<Result<Vec<u64>, BadArgument>>()?;
        Ok(if worklist.is_empty() { Work::Notebook } else { Work::Lists(worklist) })
    }
}

fn items(argument: OsString) -> Result<u64, BadArgument> {
    // A number that no `u64` holds is too large as well, and not "no number".
    let text = argument.to_str().filter(|text| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()));
    match text.map(|text| text.parse::<u64>().unwrap_or(u64::MAX)) {
        None => Err(BadArgument::NoNumber(argument)),
        Some(items) if items > MOST_ITEMS => Err(BadArgument::TooLarge(argument)),
        Some(items) => Ok(items),
    }
}

/// An argument that is no number of items to sum.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum BadArgument {
    /// It is not made of digits.
    NoNumber(OsString),
    /// The sum would not fit into a `u64`.
    TooLarge(OsString),
}

impl fmt::Display for BadArgument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            BadArgument::NoNumber(argument) => write!(f, "{argument:?} is no whole number")?,
            BadArgument::TooLarge(argument) => {
                write!(f, "the sum of 1 to {} does not fit into 64 bits", argument.display())?
            }
        }
        write!(
            f,
            "; give numbers of items from 0 to {MOST_ITEMS}, such as `notebook 1000 2000000`, or nothing for the whole \
             notebook"
        )
    }
}

impl std::error::Error for BadArgument {}
