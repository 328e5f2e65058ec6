//! The socket between a pool and a worker: a doorbell for who sleeps, the way of files, and, when it closes, the word that the
//! other one has gone.

use rustix::net::{
    RecvAncillaryBuffer, RecvAncillaryMessage, RecvFlags, ReturnFlags, SendAncillaryBuffer,
    SendAncillaryMessage, SendFlags, recvmsg, sendmsg,
};
use std::collections::VecDeque;
use std::fs::File;
use std::io::{self, IoSlice, IoSliceMut};
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::net::UnixStream;
use std::sync::atomic::{AtomicBool, Ordering};

/// One end.
pub(crate) struct Socket {
    stream: UnixStream,
    /// A file has come for which this process had no descriptor left. Nobody knows any more whose the next one is.
    has_lost: AtomicBool,
}

/// What came through it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Came {
    /// A ring, or a file, or both.
    Something,
    /// Nothing, and it was not to wait.
    Nothing,
    /// The other end is closed.
    End,
}

/// How many files may come in one message.
const MOST_FILES: usize = 8;

impl Socket {
    pub(crate) fn new(stream: UnixStream) -> Self {
        Socket { stream, has_lost: AtomicBool::new(false) }
    }

    /// Wakes who sleeps at the other end. If the socket is full, more than one ring is waiting to be heard.
    pub(crate) fn ring(&self) {
        let _ = rustix::net::send(&self.stream, b"!", SendFlags::DONTWAIT | NO_SIGNAL);
    }

    /// Sends files, with `bytes`, of which there is at least one.
    pub(crate) fn send(&self, bytes: &[u8], files: &[&File]) -> io::Result<()> {
        let mut fds = Vec::with_capacity(files.len());
        fds.extend(files.iter().map(|file| file.as_fd()));
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(MOST_FILES))];
        let mut ancillary = SendAncillaryBuffer::new(&mut space);
        let fits = ancillary.push(SendAncillaryMessage::ScmRights(&fds));
        debug_assert!(fits, "no more than {MOST_FILES}");
        loop {
            match sendmsg(&self.stream, &[IoSlice::new(bytes)], &mut ancillary, NO_SIGNAL) {
                Ok(_) => return Ok(()),
                Err(rustix::io::Errno::INTR) => {}
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// Takes what has come; the bytes are added to `bytes`, the files to `files`. Once a file is lost, nothing more is taken.
    pub(crate) fn receive(
        &self,
        wait: bool,
        bytes: &mut Vec<u8>,
        files: &mut VecDeque<File>,
    ) -> io::Result<Came> {
        if self.has_lost.load(Ordering::Relaxed) {
            return Err(lost());
        }
        let mut buffer = [0; 256];
        let mut space = [MaybeUninit::uninit(); rustix::cmsg_space!(ScmRights(MOST_FILES))];
        let mut ancillary = RecvAncillaryBuffer::new(&mut space);
        let flags = if wait { RecvFlags::empty() } else { RecvFlags::DONTWAIT } | CLOSED_ON_EXEC;
        let received = loop {
            match recvmsg(&self.stream, &mut [IoSliceMut::new(&mut buffer)], &mut ancillary, flags) {
                Ok(received) => break received,
                Err(rustix::io::Errno::INTR) => {}
                Err(rustix::io::Errno::AGAIN) => return Ok(Came::Nothing),
                // What was not read by a process that was killed makes the other end say so.
                Err(rustix::io::Errno::CONNRESET) => return Ok(Came::End),
                Err(error) => return Err(error.into()),
            }
        };
        for message in ancillary.drain() {
            if let RecvAncillaryMessage::ScmRights(fds) = message {
                files.extend(fds.map(|fd: OwnedFd| File::from(fd)));
            }
        }
        if received.flags.contains(ReturnFlags::CTRUNC) {
            self.has_lost.store(true, Ordering::Relaxed);
            return Err(lost());
        }
        bytes.extend_from_slice(&buffer[..received.bytes]);
        Ok(if received.bytes == 0 { Came::End } else { Came::Something })
    }

    /// Nothing more will be sent: the other end hears that when it has heard the rest.
    pub(crate) fn finish(&self) {
        let _ = self.stream.shutdown(std::net::Shutdown::Write);
    }
}

fn lost() -> io::Error {
    io::Error::other("a file came, and the process has too many open already")
}

impl AsFd for Socket {
    fn as_fd(&self) -> std::os::fd::BorrowedFd<'_> {
        self.stream.as_fd()
    }
}

/// A worker that has gone is no reason for a signal.
#[cfg(not(target_vendor = "apple"))]
const NO_SIGNAL: SendFlags = SendFlags::NOSIGNAL;
#[cfg(target_vendor = "apple")]
const NO_SIGNAL: SendFlags = SendFlags::empty();

#[cfg(not(target_vendor = "apple"))]
const CLOSED_ON_EXEC: RecvFlags = RecvFlags::CMSG_CLOEXEC;
#[cfg(target_vendor = "apple")]
const CLOSED_ON_EXEC: RecvFlags = RecvFlags::empty();
