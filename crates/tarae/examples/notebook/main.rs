//! The study notebook that tarae was made from, cell by cell: what it ran in Python, run in Rust.
//!
//! ```text
//! cargo run --release --example notebook               # every cell, and what comes after the notebook
//! cargo run --release --example notebook 1000 2000000  # cells 59, 69 and 78 on these numbers of items
//! cargo run --release --example notebook -- --timeline run.svg
//! ```
//!
//! What ran when, on which worker, is drawn into a file, which the last line on stderr names: `--timeline` chooses another
//! one (`.svg` is a picture, `.json` a trace for Perfetto).
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
mod picture;
mod processes;
mod python;
pub(crate) mod work;

use page::Page;
use std::error::Error;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use tarae::timeline;
use work::Work;

fn main() -> ExitCode {
    tarae::init(); // the workers of its processes are this program, started again
    let (arguments, usual) = (std::env::args_os().skip(1), picture::usual_file());
    ExitCode::from(start(arguments, Some(usual), &mut io::stdout().lock(), &mut io::stderr()))
}

/// Runs what the arguments ask for and gives the exit code: 1 if something failed, 2 if the arguments are no work. What ran
/// when is drawn into the file that they name, or else into `usual`.
pub(crate) fn start(
    arguments: impl IntoIterator<Item = OsString>,
    usual: Option<PathBuf>,
    out: &mut dyn Write,
    complain: &mut dyn Write,
) -> u8 {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    let file = picture::take_file(&mut arguments).map_err(str::to_owned);
    let work = Work::from_arguments(arguments).map_err(|error| error.to_string());
    let (code, message) = match file.and_then(|file| Ok((file.or(usual), work?))) {
        Err(message) => (2, message),
        Ok((file, work)) => match run_and_draw(out, &work, file.as_deref()) {
            Ok(None) => return 0,
            Ok(Some(file)) => (0, format!("what ran when is drawn in {}", file.display())),
            // Whoever reads has read enough: `notebook | head`.
            Err(error) if is_broken_pipe(&*error) => return 0,
            Err(error) => (1, error.to_string()),
        },
    };
    // If nobody reads the complaint, the code is all that is left to give.
    let _ = writeln!(complain, "notebook: {message}");
    code
}

/// Runs the work, and draws what ran when into the file, if there is one.
fn run_and_draw<'a>(
    out: &mut dyn Write,
    work: &Work,
    file: Option<&'a Path>,
) -> Result<Option<&'a Path>, Box<dyn Error>> {
    let Some(file) = file else {
        run(out, work)?;
        return Ok(None);
    };
    let recording = timeline::start()?;
    run(out, work)?;
    recording.finish().save(file)?;
    Ok(Some(file))
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
            processes::sections(&page)?;
            after::sections(&page)?;
        }
        Work::Lists(worklist) => futures::cells_on(&page, worklist)?,
    }
    Ok(page.finish()?)
}

fn is_broken_pipe(error: &(dyn Error + 'static)) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}
