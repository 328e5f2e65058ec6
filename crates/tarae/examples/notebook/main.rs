//! The study notebook that tarae was made from, cell by cell: what it ran in Python, run in Rust.
//!
//! ```text
//! cargo run --release --example notebook               # every cell, and what comes after the notebook
//! cargo run --release --example notebook 1000 2000000  # cells 59, 69 and 78 on these numbers of items
//! ```
//!
//! A chapter is a file. The code of a cell stands under the `page.cell(..)` that announces it, in the notebook's order, so
//! that the two can be read side by side. Whatever prints takes the [`Page`](page::Page), as Python's `print` takes
//! `sys.stdout`; a body with `yield` that prints keeps a reference to it.
#![forbid(unsafe_code)]

mod after;
mod coroutines;
mod futures;
mod generators;
mod iterators;
mod itertools;
mod page;
mod python;
pub(crate) mod work;

use page::Page;
use std::error::Error;
use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;
use work::Work;

fn main() -> ExitCode {
    ExitCode::from(start(std::env::args_os().skip(1), &mut io::stdout().lock(), &mut io::stderr()))
}

/// Runs what the arguments ask for and gives the exit code: 1 if something failed, 2 if the arguments are no work.
pub(crate) fn start(
    arguments: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    complain: &mut dyn Write,
) -> u8 {
    let (code, message) = match Work::from_arguments(arguments) {
        Err(error) => (2, error.to_string()),
        Ok(work) => match run(out, &work) {
            Ok(()) => return 0,
            // Whoever reads has read enough: `notebook | head`.
            Err(error) if is_broken_pipe(&*error) => return 0,
            Err(error) => (1, error.to_string()),
        },
    };
    // If nobody reads the complaint, the code is all that is left to give.
    let _ = writeln!(complain, "notebook: {message}");
    code
}

/// Runs the notebook, or its cells about futures on lists of the caller's own.
pub(crate) fn run(out: &mut dyn Write, work: &Work) -> Result<(), Box<dyn Error>> {
    let page = Page::new(out);
    match work {
        Work::Notebook => {
            iterators::cells(&page)?;
            generators::cells(&page)?;
            itertools::cells(&page)?;
            coroutines::cells(&page)?;
            futures::cells(&page)?;
            after::sections(&page)?;
        }
        Work::Lists(worklist) => futures::cells_on(&page, worklist)?,
    }
    Ok(page.finish()?)
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
