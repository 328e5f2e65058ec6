//! Functions by their distance from the beginning of the program's image: the same in every process of one program, wherever
//! the system has put it.

use super::code::Run;

unsafe extern "C" {
    /// Where the image begins: the linker's.
    #[cfg_attr(target_vendor = "apple", link_name = "\x01segment$start$__TEXT")]
    static __executable_start: u8;
    /// Where its code ends: the linker's.
    #[cfg_attr(target_vendor = "apple", link_name = "\x01segment$end$__TEXT")]
    static etext: u8;
}

fn bounds() -> (usize, usize) {
    ((&raw const __executable_start).addr(), (&raw const etext).addr())
}

/// How long it is, up to the end of its code: a part of what two processes compare.
pub(super) fn len() -> usize {
    let (start, end) = bounds();
    end - start
}

/// All of it, up to the end of its code.
#[cfg(not(target_os = "linux"))]
pub(super) fn code() -> &'static [u8] {
    // SAFETY: the linker says that the image is there, from the one to the other; code is not written.
    unsafe { std::slice::from_raw_parts(&raw const __executable_start, len()) }
}

/// How far from the beginning, if it is part of the image: a function of a shared library is not.
pub(super) fn offset_of(address: usize) -> Option<u64> {
    let (start, end) = bounds();
    (start..end).contains(&address).then(|| (address - start) as u64)
}

/// The address of what is so far from the beginning, if it is part of the image.
pub(super) fn address_at(offset: u64) -> Option<usize> {
    let (start, end) = bounds();
    let address = start.checked_add(usize::try_from(offset).ok()?)?;
    (address < end).then_some(address)
}

/// The `Run` that is so far from the beginning.
pub(super) fn run_at(offset: u64) -> Option<Run> {
    let address = address_at(offset)?;
    // SAFETY: the offset was made by `offset_of` from a `Run`, in a process of the same image: the two have compared what
    // they are when the worker was started, and whoever started it could write to its memory as well as send it a number.
    Some(unsafe { std::mem::transmute::<*const (), Run>(std::ptr::with_exposed_provenance(address)) })
}

/// The function of a `Portable<A, R>` at an address.
///
/// # Safety
/// The address is of such a function.
pub(super) unsafe fn function_at<A, R>(address: usize) -> fn(A) -> R {
    // SAFETY: the caller's promise.
    unsafe { std::mem::transmute::<*const (), fn(A) -> R>(std::ptr::with_exposed_provenance(address)) }
}
