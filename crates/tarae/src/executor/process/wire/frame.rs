//! What one process says to the other: a head of five words, and bytes after it.

use crate::job::Code;

/// Words of a head.
pub(crate) const HEAD: usize = 5;

/// A head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    /// Which job of this worker's it is about: counted from 0.
    pub(crate) job: u64,
    pub(crate) kind: Kind,
    /// How many bytes there are: after the head, or in a file that comes through the socket.
    pub(crate) len: u64,
    pub(crate) in_file: bool,
}

/// What it says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// To the worker: do this; so many items of a batch are done already.
    Do { code: Code, skip: u32 },
    /// From the worker: it has begun to take frames.
    Ready,
    /// The result of a call, or the end of a batch; `cut` if that was not its last item. And how long it took.
    Done { cut: bool, nanos: u64 },
    /// The result of the next item of a batch.
    Item,
    /// The message of the panic of the next item of a batch.
    ItemPanicked,
    /// The next item of a batch could not be encoded or decoded: why.
    ItemBadArguments,
    /// Its result could not be encoded: why.
    ItemBadOutput,
    /// Its result does not fit: why.
    ItemTooLarge { bytes: u64 },
    /// The message of a panic.
    Panicked,
    /// The arguments could not be decoded: why.
    BadArguments,
    /// The result could not be encoded: why.
    BadOutput,
    /// The function is not known.
    Unknown,
    /// The arguments or the result do not fit: why.
    TooLarge { bytes: u64 },
    /// The job was taken back before it was begun.
    Skipped,
}

/// Why a frame is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadFrame {
    /// No such kind.
    Kind(u64),
    /// It says to be longer than what is there.
    Length(u64),
    /// More is said to be there than can be.
    Ring,
    /// It is about a job that the worker does not have.
    Job(u64),
}

impl std::fmt::Display for BadFrame {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            BadFrame::Kind(kind) => write!(f, "a message of kind {kind}, which there is not"),
            BadFrame::Length(len) => {
                write!(f, "a message that says to have {len} bytes, which are not there")
            }
            BadFrame::Job(job) => write!(f, "a message about job {job}, which it does not have"),
            BadFrame::Ring => f.write_str("more messages than there can be"),
        }
    }
}

const IN_FILE: u64 = 1 << 8;

impl Frame {
    pub(crate) fn to_words(self) -> [u64; HEAD] {
        let (kind, a, b) = match self.kind {
            Kind::Do { code: Code::Call { index }, skip } => (1 | u64::from(skip) << 32, index, 0),
            Kind::Do { code: Code::Map { index }, skip } => (2 | u64::from(skip) << 32, index, 0),
            Kind::Do { code: Code::InImage { run, function }, skip } => {
                (3 | u64::from(skip) << 32, run, function)
            }
            Kind::Ready => (4, 0, 0),
            Kind::Done { cut, nanos } => (5, u64::from(cut), nanos),
            Kind::Item => (6, 0, 0),
            Kind::ItemPanicked => (7, 0, 0),
            Kind::Panicked => (8, 0, 0),
            Kind::BadArguments => (9, 0, 0),
            Kind::BadOutput => (10, 0, 0),
            Kind::Unknown => (11, 0, 0),
            Kind::TooLarge { bytes } => (12, bytes, 0),
            Kind::Skipped => (13, 0, 0),
            Kind::ItemBadArguments => (14, 0, 0),
            Kind::ItemBadOutput => (15, 0, 0),
            Kind::ItemTooLarge { bytes } => (16, bytes, 0),
        };
        let in_file = if self.in_file { IN_FILE } else { 0 };
        [self.job, kind | in_file, self.len, a, b]
    }

    pub(crate) fn from_words([job, kind, len, a, b]: [u64; HEAD]) -> Result<Self, BadFrame> {
        let skip = (kind >> 32) as u32;
        let in_file = kind & IN_FILE != 0;
        let kind = match kind & !IN_FILE & u64::from(u32::MAX) {
            1 => Kind::Do { code: Code::Call { index: a }, skip },
            2 => Kind::Do { code: Code::Map { index: a }, skip },
            3 => Kind::Do { code: Code::InImage { run: a, function: b }, skip },
            4 => Kind::Ready,
            5 => Kind::Done { cut: a != 0, nanos: b },
            6 => Kind::Item,
            7 => Kind::ItemPanicked,
            8 => Kind::Panicked,
            9 => Kind::BadArguments,
            10 => Kind::BadOutput,
            11 => Kind::Unknown,
            12 => Kind::TooLarge { bytes: a },
            13 => Kind::Skipped,
            14 => Kind::ItemBadArguments,
            15 => Kind::ItemBadOutput,
            16 => Kind::ItemTooLarge { bytes: a },
            other => return Err(BadFrame::Kind(other)),
        };
        Ok(Frame { job, kind, len, in_file })
    }
}
