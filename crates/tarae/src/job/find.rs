//! Finds the code of a job that has come from another process of this program.

use super::code::{Code, Fault, Run};
use super::image;
use super::registry::FUNCTIONS;

/// The code, in this process.
pub(crate) fn find(code: Code) -> Result<(Run, usize), Fault> {
    let entry = |index: u64| {
        let entry = usize::try_from(index).ok().and_then(|index| FUNCTIONS.get(index));
        entry.ok_or_else(|| Fault::Unknown(format!("number {index} of {}", FUNCTIONS.len())))
    };
    match code {
        Code::Call { index } => entry(index).map(|entry| (entry.call, 0)),
        Code::Map { index } => entry(index).map(|entry| (entry.map, 0)),
        Code::InImage { run, function } => image::run_at(run)
            .zip(image::address_at(function))
            .ok_or_else(|| Fault::Unknown(format!("at {run:#x} and {function:#x} of the program"))),
    }
}
