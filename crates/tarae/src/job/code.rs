//! Where another process of this program finds what a job does, and what it does there.

use super::image;
use super::parcel::{PackError, Packer, Received};
use super::registry::FUNCTIONS;
use crate::panics::Payload;
use std::io;

/// Where the code of a job is.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Code {
    /// A function marked `#[remote]`, by its place in the table of them: a call of it.
    Call { index: u64 },
    /// The same for a batch of its arguments.
    Map { index: u64 },
    /// Code that is found by its distance from the beginning of the image: what to run, and the function that it calls.
    InImage { run: u64, function: u64 },
}

/// Does a job that has arrived: decodes it, runs it, and packs what comes of it.
pub(crate) type Run = fn(function: usize, job: Received<'_>, site: &mut dyn Site) -> Result<(), Fault>;

/// A worker, as a job sees it that has arrived there.
#[doc(hidden)]
pub(crate) trait Site {
    /// This item of a batch is decoded next.
    fn begins(&mut self, item: usize);

    /// The arguments are decoded: the function is called next.
    fn decoded(&mut self);

    /// The function has returned: its result is encoded next.
    fn returned(&mut self);

    /// Packs the result.
    fn pack(&mut self, pack: &mut dyn FnMut(&mut Packer<'_>) -> Result<(), PackError>) -> Result<(), Fault>;

    /// How many items of a batch are not to be run: they have been.
    fn skip(&self) -> usize;

    /// Sends the result of one item of a batch, or why there is none.
    fn item(&mut self, result: Result<&mut dyn FnMut(&mut Packer<'_>) -> Result<(), PackError>, Fault>);

    /// What a panic says to who waits for the answer.
    fn message(&self, panic: &Payload) -> String;

    /// Whether the rest of a batch is not wanted any more.
    fn is_to_stop(&mut self) -> bool;
}

/// Why a job could not travel, or what came of it.
#[doc(hidden)]
#[derive(Debug)]
pub enum Fault {
    /// The arguments could not be encoded, or decoded.
    Arguments(String),
    /// The result could not be encoded, or decoded.
    Output(String),
    /// The worker does not know the function.
    Unknown(String),
    /// It does not fit.
    TooLarge { bytes: u64, message: String },
    /// A panic, that is not the function's.
    Panicked(String),
}

impl PackError {
    /// Of arguments, or of a result.
    pub(crate) fn into_fault(self, part: fn(String) -> Fault) -> Fault {
        match self {
            PackError::Serialize(error) => part(error.to_string()),
            PackError::File { bytes, source } => too_large(bytes, &source),
        }
    }
}

/// What a system said that has no room for so many bytes.
pub(crate) fn too_large(bytes: u64, source: &io::Error) -> Fault {
    Fault::TooLarge { bytes, message: source.to_string() }
}

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
