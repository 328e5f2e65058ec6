//! Memory that two processes share: words that say whose turn it is, and bytes that belong to whose turn it is.

use rustix::fd::{AsFd, OwnedFd};
use rustix::fs::{MemfdFlags, ftruncate, memfd_create};
use rustix::mm::{MapFlags, ProtFlags, mmap, munmap};
use std::io;
use std::ptr;
use std::sync::atomic::AtomicU32;

/// Where the bytes begin: a page, so that both copies of a large one go as fast as they can.
const BYTES: usize = 4096;
/// Words stand so far apart that no two are in a cache line, or in the one that is fetched with it.
const APART: usize = 128;

/// All its pages are there from the start.
pub struct Mapping {
    start: *mut u8,
    /// Of the bytes.
    len: usize,
}

impl Mapping {
    /// Memory for so many bytes, to be mapped by each of the two.
    pub fn file(len: usize) -> io::Result<OwnedFd> {
        let file = memfd_create("tarae-bench", MemfdFlags::CLOEXEC)?;
        ftruncate(&file, (BYTES + len) as u64)?;
        Ok(file)
    }

    /// # Errors
    /// If the file is not one of [`Mapping::file`] with as many bytes at least, as far as the system can tell.
    pub fn of(file: impl AsFd, len: usize) -> io::Result<Self> {
        if rustix::fs::fstat(&file)?.st_size < (BYTES + len) as i64 {
            return Err(io::Error::other("the shared memory is too small"));
        }
        let access = ProtFlags::READ | ProtFlags::WRITE;
        let flags = MapFlags::SHARED | MapFlags::POPULATE;
        // SAFETY: a new mapping where the system likes; no memory that is in use changes.
        let start = unsafe { mmap(ptr::null_mut(), BYTES + len, access, flags, file, 0)? };
        Ok(Mapping { start: start.cast(), len })
    }

    /// The first or the second word; zero at first.
    pub fn word(&self, n: usize) -> &AtomicU32 {
        assert!(n < BYTES / APART);
        // SAFETY: in the mapping, before the bytes, aligned; both processes only use it as an atomic.
        unsafe { &*self.start.add(n * APART).cast::<AtomicU32>() }
    }

    /// Copies into the bytes. It must be this process's turn.
    pub fn write(&mut self, at: usize, from: &[u8]) {
        let to = self.bytes(at, from.len());
        // SAFETY: both are that long; the mapping is nobody's slice, so they do not overlap.
        unsafe { ptr::copy_nonoverlapping(from.as_ptr(), to, from.len()) }
    }

    /// Copies out of the bytes. It must be this process's turn.
    pub fn read(&self, at: usize, to: &mut [u8]) {
        let from = self.bytes(at, to.len());
        // SAFETY: as above.
        unsafe { ptr::copy_nonoverlapping(from, to.as_mut_ptr(), to.len()) }
    }

    /// Copies from some of the bytes to others, which must not overlap. It must be this process's turn.
    pub fn copy(&mut self, from: usize, to: usize, len: usize) {
        assert!(from + len <= to || to + len <= from, "the two overlap");
        let (from, to) = (self.bytes(from, len), self.bytes(to, len));
        // SAFETY: both are that long, and do not overlap.
        unsafe { ptr::copy_nonoverlapping(from, to, len) }
    }

    /// Where so many bytes from `at` on are.
    fn bytes(&self, at: usize, len: usize) -> *mut u8 {
        assert!(at <= self.len && len <= self.len - at, "out of the shared memory");
        // SAFETY: in the mapping.
        unsafe { self.start.add(BYTES + at) }
    }
}

impl Drop for Mapping {
    fn drop(&mut self) {
        // SAFETY: as it was mapped; what borrows from it is gone.
        unsafe { munmap(self.start.cast(), BYTES + self.len) }.expect("it is mapped");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::Ordering;

    #[test]
    fn what_one_mapping_writes_the_other_reads() {
        let file = Mapping::file(16).unwrap();
        let (mut one, mut other) = (Mapping::of(&file, 16).unwrap(), Mapping::of(&file, 16).unwrap());
        one.word(1).store(7, Ordering::Relaxed);
        one.write(2, b"there");
        other.copy(2, 9, 5);
        let mut back = [0; 5];
        one.read(9, &mut back);
        assert_eq!(&back, b"there");
        assert_eq!([other.word(0), other.word(1)].map(|word| word.load(Ordering::Relaxed)), [0, 7]);
    }

    #[test]
    fn a_file_that_is_too_small_is_an_error() {
        assert!(Mapping::of(Mapping::file(16).unwrap(), 17).is_err());
    }

    #[test]
    #[should_panic(expected = "out of the shared memory")]
    fn nothing_is_read_beyond_the_end() {
        Mapping::of(Mapping::file(16).unwrap(), 16).unwrap().read(15, &mut [0; 2]);
    }

    #[test]
    #[should_panic(expected = "the two overlap")]
    fn nothing_is_copied_onto_itself() {
        Mapping::of(Mapping::file(16).unwrap(), 16).unwrap().copy(0, 4, 5);
    }
}
