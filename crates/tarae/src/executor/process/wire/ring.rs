//! Frames from one process to another through memory that both have: no call of the system, unless the other one sleeps.
//!
//! ```text
//!            tail: taken up to here                 head: written up to here
//!               ▼                                      ▼
//!  words  ░░░░░░│ frame │ frame │ frame │ frame        │░░░░░░░░░░░░░░
//! ```
//!
//! One side writes, the other reads. What the other process writes is believed of no number: each side keeps its own
//! position in its own memory, and all that is read is copied before it is looked at. Words are read and written one by one,
//! as atomics: whatever the other process does meanwhile, they are some words.

use super::frame::{BadFrame, Frame, HEAD};
use std::sync::atomic::{AtomicU64, Ordering};

/// The shared parts of a ring.
#[derive(Clone, Copy)]
pub(crate) struct Ring<'a> {
    /// How many words were ever written: the writer's.
    pub(crate) head: &'a AtomicU64,
    /// How many words were ever taken: the reader's.
    pub(crate) tail: &'a AtomicU64,
    pub(crate) words: &'a [AtomicU64],
}

/// How many words so many bytes take.
fn words_of(bytes: usize) -> usize {
    bytes.div_ceil(8)
}

impl Ring<'_> {
    fn at(&self, position: u64) -> &AtomicU64 {
        // The length is a number of words in memory.
        &self.words[(position % self.words.len() as u64) as usize]
    }
}

/// Where the writer is.
#[derive(Default)]
pub(crate) struct Writer {
    head: u64,
}

impl Writer {
    /// Whether there is room for a frame that so many bytes follow. Once there is, there is until it is written.
    pub(crate) fn has_room(&self, ring: Ring<'_>, bytes: usize) -> bool {
        let words = HEAD + words_of(bytes);
        let taken = self.head.wrapping_sub(ring.tail.load(Ordering::Acquire));
        // A tail that cannot be makes the ring look full, and not empty.
        (ring.words.len() as u64).saturating_sub(taken) >= words as u64
    }

    /// Writes a frame with what follows it, and publishes it; false if there is no room.
    pub(crate) fn push(&mut self, ring: Ring<'_>, frame: Frame, bytes: &[u8]) -> bool {
        if !self.has_room(ring, bytes.len()) {
            return false;
        }
        let mut at = self.head;
        let mut put = |word: u64| {
            ring.at(at).store(word, Ordering::Relaxed);
            at = at.wrapping_add(1);
        };
        frame.to_words().into_iter().for_each(&mut put);
        let (whole, rest) = bytes.as_chunks::<8>();
        whole.iter().for_each(|word| put(u64::from_le_bytes(*word)));
        if !rest.is_empty() {
            let mut word = [0; 8];
            word[..rest.len()].copy_from_slice(rest);
            put(u64::from_le_bytes(word));
        }
        self.head = at;
        ring.head.store(at, Ordering::Release);
        true
    }
}

/// Where the reader is.
#[derive(Default)]
pub(crate) struct Reader {
    tail: u64,
}

impl Reader {
    /// Whether there is something to read.
    #[inline]
    pub(crate) fn is_ready(&self, ring: Ring<'_>) -> bool {
        ring.head.load(Ordering::Acquire) != self.tail
    }

    /// Takes a frame out, and puts what follows it into `bytes`.
    pub(crate) fn pop(&mut self, ring: Ring<'_>, bytes: &mut Vec<u8>) -> Result<Option<Frame>, BadFrame> {
        let there = ring.head.load(Ordering::Acquire).wrapping_sub(self.tail);
        if there == 0 {
            return Ok(None);
        }
        if there > ring.words.len() as u64 || there < HEAD as u64 {
            return Err(BadFrame::Ring);
        }
        let mut at = self.tail;
        let mut get = || {
            let word = ring.at(at).load(Ordering::Relaxed);
            at = at.wrapping_add(1);
            word
        };
        let frame = Frame::from_words(std::array::from_fn(|_| get()))?;
        bytes.clear();
        if !frame.in_file {
            let len = usize::try_from(frame.len).map_err(|_| BadFrame::Length(frame.len))?;
            let words = words_of(len);
            if words as u64 > there - HEAD as u64 {
                return Err(BadFrame::Length(frame.len));
            }
            bytes.reserve(words * 8);
            bytes.extend((0..words).flat_map(|_| get().to_le_bytes()));
            bytes.truncate(len);
        }
        self.tail = at;
        ring.tail.store(at, Ordering::Release);
        Ok(Some(frame))
    }
}
