//! A pipe without a reader.

use std::ffi::c_int;

unsafe extern "C" {
    /// The C library's; what a signal does is an address, or one of some small numbers.
    fn signal(number: c_int, handler: usize) -> usize;
}

const IGNORE: usize = 1;

/// Who writes to a pipe without a reader gets an error, as in any program of Rust's: std sees to it before `main`, but a
/// worker of a test begins before that.
pub(super) fn ignore() {
    // SAFETY: it is declared as the C library has it on every Unix, and to ignore a signal runs no code of ours.
    unsafe { signal(rustix::process::Signal::PIPE.as_raw(), IGNORE) };
}
