//! The worker, as a job sees it: it says how far it is, and sends what comes of it.

use super::serve::has_run;
use crate::executor::process::wire::file::nameless;
use crate::executor::process::wire::frame::{Frame, Kind};
use crate::executor::process::wire::page::{Page, Progress};
use crate::executor::process::wire::ring::Writer;
use crate::executor::process::wire::socket::{Came, Socket};
use crate::job::parcel::{Files, LONGEST_INLINE, PackError, Packer, Parcel, is_worth_keeping};
use crate::job::{Fault, Site};
use crate::panics::Payload;
use crate::task::panic_message;
use std::collections::VecDeque;
use std::fs::File;
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::exit;
use std::sync::atomic::{Ordering, fence};
use std::time::Instant;

/// What a worker has, besides a job.
pub(super) struct Desk {
    pub(super) page: Page,
    pub(super) socket: Socket,
    writer: Writer,
    results: ResultFiles,
    /// What is encoded goes through here.
    buffer: Vec<u8>,
    /// Files that came, for frames that have not.
    pub(super) came: VecDeque<File>,
    /// What came with them: rings, which mean nothing any more.
    heard: Vec<u8>,
}

impl Desk {
    pub(super) fn new(socket: Socket, page: Page) -> Self {
        let results = ResultFiles { files: Vec::new(), sent: 0, read: 0 };
        Desk {
            page,
            socket,
            writer: Writer::default(),
            results,
            buffer: Vec::new(),
            came: VecDeque::new(),
            heard: Vec::new(),
        }
    }

    /// Sleeps until something comes through the socket. Without an other end there is nothing left to do.
    pub(super) fn hear(&mut self) {
        self.heard.clear();
        match self.socket.receive(true, &mut self.heard, &mut self.came) {
            Ok(Came::Something | Came::Nothing) => {}
            Ok(Came::End) => exit(0),
            Err(error) => {
                eprintln!("tarae: a worker's socket failed: {error}");
                exit(1);
            }
        }
    }

    /// Sends a frame, and wakes the pool if it sleeps.
    pub(super) fn send(&mut self, job: u64, kind: Kind, bytes: &[u8]) {
        self.push(Frame { job, kind, len: bytes.len() as u64, in_file: false }, bytes);
        self.ring();
    }

    fn send_parcel(&mut self, job: u64, kind: Kind, parcel: Parcel) {
        match parcel {
            Parcel::Inline(bytes) => {
                self.push(Frame { job, kind, len: bytes.len() as u64, in_file: false }, &bytes);
                self.buffer = bytes;
            }
            Parcel::File(file, len) => {
                // Before the frame, so that who has that has the file.
                if self.socket.send(b"f", &[&file]).is_err() {
                    exit(1); // there is no other end
                }
                self.push(Frame { job, kind, len, in_file: true }, &[]);
                self.results.sent(file);
            }
        }
    }

    /// Publishes a frame as soon as there is room for it.
    fn push(&mut self, frame: Frame, bytes: &[u8]) {
        while !self.writer.push(self.page.to_pool(), frame, bytes) {
            self.page.no_room().store(1, Ordering::SeqCst);
            fence(Ordering::SeqCst);
            if self.writer.push(self.page.to_pool(), frame, bytes) {
                self.page.no_room().store(0, Ordering::Relaxed);
                return;
            }
            self.ring();
            self.hear();
        }
    }

    /// Wakes the pool if it sleeps.
    pub(super) fn ring(&self) {
        fence(Ordering::SeqCst);
        if self.page.pool_asleep().load(Ordering::Relaxed) != 0
            && self.page.pool_asleep().swap(0, Ordering::SeqCst) != 0
        {
            self.socket.ring();
        }
    }

    fn pack(
        &mut self,
        pack: &mut dyn FnMut(&mut Packer<'_>) -> Result<(), PackError>,
    ) -> Result<Parcel, Fault> {
        self.results.read = self.page.files_read().load(Ordering::Acquire);
        let mut packer = Packer::new(std::mem::take(&mut self.buffer), &mut self.results);
        let packed = pack(&mut packer).and_then(|()| packer.finish());
        packed.map_err(|error| error.into_fault(Fault::Output))
    }
}

/// A job on its worker's desk.
pub(super) struct AtWork<'d> {
    pub(super) desk: &'d mut Desk,
    pub(super) job: u64,
    pub(super) skip: u32,
    pub(super) begun: Instant,
    /// Whether the rest of a batch was left out.
    pub(super) cut: bool,
}

impl Site for AtWork<'_> {
    fn begins(&mut self, item: usize) {
        self.desk.page.item().store(item as u64, Ordering::Relaxed);
        self.desk.page.set_progress(self.job, Progress::Decoding);
    }

    fn decoded(&mut self) {
        self.desk.page.set_progress(self.job, Progress::Running);
    }

    fn returned(&mut self) {
        self.desk.page.set_progress(self.job, Progress::Encoding);
    }

    fn pack(&mut self, pack: &mut dyn FnMut(&mut Packer<'_>) -> Result<(), PackError>) -> Result<(), Fault> {
        let parcel = self.desk.pack(pack)?;
        has_run();
        let nanos = self.begun.elapsed().as_nanos() as u64;
        self.desk.send_parcel(self.job, Kind::Done { cut: self.cut, nanos }, parcel);
        self.desk.ring();
        Ok(())
    }

    fn skip(&self) -> usize {
        self.skip as usize
    }

    fn item(&mut self, result: Result<&mut dyn FnMut(&mut Packer<'_>) -> Result<(), PackError>, Fault>) {
        // The user's `Serialize` may panic.
        let packed = result.and_then(|pack| {
            catch_unwind(AssertUnwindSafe(|| self.desk.pack(pack)))
                .unwrap_or_else(|panic| Err(Fault::Output(panic_message(&panic))))
        });
        // Nobody is woken: the pool takes what there is when it is woken for the end, or finds the worker dead.
        let (kind, message) = match packed {
            Ok(parcel) => return self.desk.send_parcel(self.job, Kind::Item, parcel),
            Err(Fault::Panicked(message)) => (Kind::ItemPanicked, message),
            Err(Fault::Arguments(message)) => (Kind::ItemBadArguments, message),
            Err(Fault::Output(message) | Fault::Unknown(message)) => (Kind::ItemBadOutput, message),
            Err(Fault::TooLarge { bytes, message }) => (Kind::ItemTooLarge { bytes }, message),
        };
        let bytes = shortened(&message).as_bytes();
        self.desk.push(Frame { job: self.job, kind, len: bytes.len() as u64, in_file: false }, bytes);
    }

    fn message(&self, panic: &Payload) -> String {
        panic_message(panic)
    }

    fn is_to_stop(&mut self) -> bool {
        self.cut = self.desk.page.stop().load(Ordering::Relaxed) > self.job;
        self.cut
    }
}

/// Files for results: one is used again when the pool has read what was in it.
struct ResultFiles {
    /// With the number of what was sent in it last.
    files: Vec<(File, u64)>,
    sent: u64,
    /// How many the pool has read.
    read: u64,
}

/// How many a worker keeps.
const MOST_KEPT: usize = 2;

impl ResultFiles {
    fn sent(&mut self, file: File) {
        self.sent += 1;
        if self.files.len() < MOST_KEPT && is_worth_keeping(&file) {
            self.files.push((file, self.sent));
        }
    }
}

impl Files for ResultFiles {
    fn take(&mut self) -> io::Result<File> {
        match self.files.iter().position(|(_, number)| *number <= self.read) {
            Some(at) => Ok(self.files.swap_remove(at).0),
            None => nameless(),
        }
    }
}

/// As much of a message as a frame takes.
pub(super) fn shortened(message: &str) -> &str {
    &message[..message.floor_char_boundary(LONGEST_INLINE)]
}
