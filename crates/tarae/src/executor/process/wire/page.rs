//! The memory that a pool and one of its workers share.
//!
//! ```text
//! flags │ positions │ a word for each job in flight │ ring to the worker │ ring from the worker
//! ```
//!
//! Nothing in it but atomic words. The file behind it cannot shrink where the system can seal it, so that no access fails.

use super::ring::Ring;
use rustix::mm::{MapFlags, ProtFlags, mmap, munmap};
use std::fs::File;
use std::io;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicU64, Ordering};

/// How many jobs may be on their way to a worker and back.
pub(crate) const MOST_IN_FLIGHT: usize = 64;

/// Words of a ring: 256 KiB.
const RING: usize = 32 << 10;

// Words that different sides write are a cache line or two apart.
const POOL_ASLEEP: usize = 0;
const WORKER_ASLEEP: usize = 16;
const NO_ROOM: usize = 32;
const STOP: usize = 48;
const FILES_READ: usize = 64;
const TO_WORKER: [usize; 2] = [80, 96];
const TO_POOL: [usize; 2] = [112, 128];
const ITEM: usize = 144;
const JOBS: usize = 160;
const RINGS: usize = JOBS + MOST_IN_FLIGHT;
const WORDS: usize = RINGS + 2 * RING;

/// The page, mapped here.
pub(crate) struct Page {
    start: NonNull<AtomicU64>,
}

// SAFETY: it is atomic words, which are there until it is dropped.
unsafe impl Send for Page {}
// SAFETY: as above.
unsafe impl Sync for Page {}

impl Page {
    /// A new one, all zero, and the file to hand to the worker.
    pub(crate) fn new() -> io::Result<(Self, File)> {
        let file = super::file::nameless()?;
        file.set_len((WORDS * 8) as u64)?;
        super::file::keep_size(&file)?;
        Ok((Self::map(&file)?, file))
    }

    /// The one in a file that came from the pool.
    pub(crate) fn map(file: &File) -> io::Result<Self> {
        let len = file.metadata()?.len();
        if len != (WORDS * 8) as u64 {
            return Err(io::Error::new(io::ErrorKind::InvalidData, format!("a shared page of {len} bytes")));
        }
        // SAFETY: a new mapping, anywhere, of a file that is as long as that.
        let start = unsafe {
            mmap(
                std::ptr::null_mut(),
                WORDS * 8,
                ProtFlags::READ | ProtFlags::WRITE,
                MapFlags::SHARED,
                file,
                0,
            )?
        };
        let start = NonNull::new(start.cast()).ok_or(io::ErrorKind::OutOfMemory)?;
        Ok(Page { start })
    }

    fn words(&self) -> &[AtomicU64] {
        // SAFETY: the mapping is that long, aligned to a page, and there until we are dropped; what another process writes
        // to it meanwhile is an atomic's to expect.
        unsafe { std::slice::from_raw_parts(self.start.as_ptr(), WORDS) }
    }

    fn ring(&self, positions: [usize; 2], number: usize) -> Ring<'_> {
        let words = self.words();
        let start = RINGS + number * RING;
        Ring { head: &words[positions[0]], tail: &words[positions[1]], words: &words[start..start + RING] }
    }

    pub(crate) fn to_worker(&self) -> Ring<'_> {
        self.ring(TO_WORKER, 0)
    }

    pub(crate) fn to_pool(&self) -> Ring<'_> {
        self.ring(TO_POOL, 1)
    }

    /// Whether the pool waits for frames of this worker's.
    pub(crate) fn pool_asleep(&self) -> &AtomicU64 {
        &self.words()[POOL_ASLEEP]
    }

    /// Whether the worker waits for frames.
    pub(crate) fn worker_asleep(&self) -> &AtomicU64 {
        &self.words()[WORKER_ASLEEP]
    }

    /// Whether the worker waits for room in its ring.
    pub(crate) fn no_room(&self) -> &AtomicU64 {
        &self.words()[NO_ROOM]
    }

    /// The last job whose rest is not wanted any more, and one.
    pub(crate) fn stop(&self) -> &AtomicU64 {
        &self.words()[STOP]
    }

    /// How many of the worker's files the pool has read.
    pub(crate) fn files_read(&self) -> &AtomicU64 {
        &self.words()[FILES_READ]
    }

    /// Which item of a batch the worker has begun last.
    pub(crate) fn item(&self) -> &AtomicU64 {
        &self.words()[ITEM]
    }

    fn job(&self, job: u64) -> &AtomicU64 {
        &self.words()[JOBS + (job % MOST_IN_FLIGHT as u64) as usize]
    }

    /// How far a job is.
    pub(crate) fn progress(&self, job: u64) -> Option<Progress> {
        let word = self.job(job).load(Ordering::Acquire);
        if word >> 3 != job { None } else { Progress::of(word & 7) }
    }

    pub(crate) fn set_progress(&self, job: u64, progress: Progress) {
        self.job(job).store(job << 3 | progress as u64, Ordering::Release);
    }

    /// The worker has done with a job. Its pool may know that already, and have another job's word at this place.
    pub(crate) fn set_over(&self, job: u64) {
        let word = self.job(job).load(Ordering::Relaxed);
        if word >> 3 == job {
            let over = job << 3 | Progress::Over as u64;
            let _ = self.job(job).compare_exchange(word, over, Ordering::Release, Ordering::Relaxed);
        }
    }

    /// From one to the other, if it is the one. By this the worker begins a job, or the pool takes it back: never both.
    pub(crate) fn exchange_progress(&self, job: u64, from: Progress, to: Progress) -> bool {
        let (from, to) = (job << 3 | from as u64, job << 3 | to as u64);
        self.job(job).compare_exchange(from, to, Ordering::AcqRel, Ordering::Acquire).is_ok()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // SAFETY: mapped by `map`, and nobody has a reference into it any more. If it fails, it stays.
        let _ = unsafe { munmap(self.start.as_ptr().cast(), WORDS * 8) };
    }
}

/// How far a job is that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Progress {
    /// Nobody has begun it.
    Sent = 1,
    /// The pool has taken it back.
    TakenBack = 2,
    /// The worker decodes its arguments.
    Decoding = 3,
    /// It runs.
    Running = 4,
    /// Its result is encoded.
    Encoding = 5,
    /// The worker has done with it.
    Over = 6,
}

impl Progress {
    fn of(word: u64) -> Option<Self> {
        [Self::Sent, Self::TakenBack, Self::Decoding, Self::Running, Self::Encoding, Self::Over]
            .into_iter()
            .find(|progress| *progress as u64 == word)
    }
}
