//! Large pages for large values: memory that is written for the first time costs a page fault a page.

#[cfg(target_os = "linux")]
use rustix::mm::{Advice, madvise};
use std::mem::MaybeUninit;

/// The size of a large page, on most machines. If it is another one, the advice is not taken, or is for less.
const LARGE: usize = 2 << 20;

/// Asks for large pages behind memory that is about to be written, if it is long enough for some. An advice: without it, all is
/// the same, and slower.
pub(super) fn advise(memory: &mut [MaybeUninit<u8>]) {
    let start = memory.as_mut_ptr();
    let skip = start.align_offset(LARGE);
    let Some(len) = memory.len().checked_sub(skip).map(|left| left / LARGE * LARGE).filter(|len| *len > 0)
    else {
        return;
    };
    #[cfg(target_os = "linux")]
    // SAFETY: the range is part of `memory`. The advice changes neither what is in it nor what may be done with it.
    let _ = unsafe { madvise(start.wrapping_add(skip).cast(), len, Advice::LinuxHugepage) };
    #[cfg(not(target_os = "linux"))]
    let _ = len;
}
