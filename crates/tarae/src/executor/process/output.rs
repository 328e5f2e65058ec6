//! What becomes of what a worker prints.

use std::collections::VecDeque;
use std::io::{self, PipeReader, Read};
use std::os::fd::{AsFd, BorrowedFd};
use std::process::Stdio;

/// What becomes of what a worker prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Output {
    /// It goes where that of this process goes.
    #[default]
    Inherit,
    /// Nowhere.
    Discard,
    /// Its end is kept, and is part of the error if the worker dies: see
    /// [`WorkerDeath::output`](crate::executor::WorkerDeath::output).
    Capture,
}

/// How many bytes are kept.
const KEPT: usize = 4 << 10;

/// A worker that prints without end does not keep its keeper.
const MOST_READS: usize = 16;

/// The end of what a worker has printed.
pub(super) struct Tail {
    pipe: Option<PipeReader>,
    kept: VecDeque<u8>,
}

impl Tail {
    /// One for all of these that are to be captured, and a pipe for each.
    pub(super) fn of(outputs: [Output; 2]) -> io::Result<(Self, [Option<Stdio>; 2])> {
        if !outputs.contains(&Output::Capture) {
            return Ok((Tail { pipe: None, kept: VecDeque::new() }, [None, None]));
        }
        let (reader, writer) = io::pipe()?;
        rustix::io::ioctl_fionbio(&reader, true)?;
        let pipes = outputs.map(|output| match output {
            Output::Capture => writer.try_clone().map(|writer| Some(Stdio::from(writer))),
            _ => Ok(None),
        });
        let [stdout, stderr] = pipes;
        Ok((Tail { pipe: Some(reader), kept: VecDeque::new() }, [stdout?, stderr?]))
    }

    /// What to wait for, besides other things.
    pub(super) fn fd(&self) -> Option<BorrowedFd<'_>> {
        self.pipe.as_ref().map(AsFd::as_fd)
    }

    /// Takes what there is, and waits for nothing.
    pub(super) fn read(&mut self) {
        let mut buffer = [0; 4 << 10];
        for _ in 0..MOST_READS {
            let Some(pipe) = &mut self.pipe else { return };
            match pipe.read(&mut buffer) {
                Ok(0) => self.pipe = None,
                Ok(read) => {
                    self.kept.extend(&buffer[..read]);
                    let surplus = self.kept.len().saturating_sub(KEPT);
                    self.kept.drain(..surplus);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(_) => self.pipe = None,
            }
        }
    }

    /// All that was kept, from the beginning of a line on.
    pub(super) fn text(&self) -> String {
        let bytes: Vec<u8> = self.kept.iter().copied().collect();
        let start = match bytes.len() < KEPT {
            true => 0,
            false => bytes.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1),
        };
        String::from_utf8_lossy(&bytes[start..]).into_owned()
    }
}
