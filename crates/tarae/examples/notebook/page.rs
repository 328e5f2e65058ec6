//! What is printed, and where: cells under their headings.

use std::cell::RefCell;
use std::fmt::Display;
use std::io::{self, Write};
use tarae::prelude::*;

/// Where everything is printed. Shared by reference, also by the bodies that print between two yields.
///
/// A write that fails is reported by the next heading, which ends the program: no `print` in a cell needs a `?`.
pub(crate) struct Page<'a> {
    out: RefCell<Out<'a>>,
}

struct Out<'a> {
    write: &'a mut dyn Write,
    /// Whether a cell has begun: it is ended by an empty line.
    in_cell: bool,
    /// The first write that failed. Nothing is written after that.
    failed: Option<io::Error>,
}

impl<'a> Page<'a> {
    pub(crate) fn new(write: &'a mut dyn Write) -> Self {
        Page { out: RefCell::new(Out { write, in_cell: false, failed: None }) }
    }

    /// Begins a cell of the notebook; the one before ends with an empty line.
    ///
    /// # Errors
    /// If anything printed before could not be written.
    pub(crate) fn cell(&self, number: u32, words: &str) -> io::Result<()> {
        self.heading(format_args!("In [{number}]: {words}"))
    }

    /// Begins something that is no cell of the notebook.
    ///
    /// # Errors
    /// As for [`cell`](Self::cell).
    pub(crate) fn heading(&self, words: impl Display) -> io::Result<()> {
        self.out.borrow_mut().end_cell()?;
        self.print(words);
        self.out.borrow_mut().in_cell = true;
        Ok(())
    }

    /// Ends the last cell.
    ///
    /// # Errors
    /// As for [`cell`](Self::cell).
    pub(crate) fn finish(self) -> io::Result<()> {
        let mut out = self.out.into_inner();
        out.end_cell()?;
        out.write.flush()
    }

    /// Python's `print`: a line.
    pub(crate) fn print(&self, line: impl Display) {
        self.out.borrow_mut().line(line);
    }

    /// Shows what `next` or `send` gave, as the last line of a cell is shown: the item, nothing if it is `()`, or that
    /// there is none.
    pub(crate) fn show(&self, next: impl Shown) {
        if let Some(line) = next.shown() {
            self.print(line);
        }
    }
}

impl Out<'_> {
    fn line(&mut self, line: impl Display) {
        if self.failed.is_none() {
            self.failed = writeln!(self.write, "{line}").err();
        }
    }

    fn end_cell(&mut self) -> io::Result<()> {
        if self.in_cell {
            self.line("");
        }
        self.failed.take().map_or(Ok(()), Err)
    }
}

/// What an iterator or a coroutine gave.
pub(crate) trait Shown {
    /// The line to show, if there is one.
    fn shown(self) -> Option<String>;
}

/// The end of an iterator is an exception in Python, and a value here.
const STOP_ITERATION: &str = "StopIteration";

impl<T: Display> Shown for Option<T> {
    fn shown(self) -> Option<String> {
        Some(self.map_or(STOP_ITERATION.to_owned(), |item| item.to_string()))
    }
}

impl Shown for Step<i32> {
    fn shown(self) -> Option<String> {
        self.yielded().shown()
    }
}

impl Shown for Step<()> {
    fn shown(self) -> Option<String> {
        match self {
            Step::Yield(()) => None,
            Step::Return(()) => Some(STOP_ITERATION.to_owned()),
        }
    }
}
