//! A cache line of its own, so that who writes one thing does not hold up who reads another.

/// Shares its cache line with nothing, nor the one that is fetched along with it.
#[repr(align(128))]
pub(super) struct Padded<T>(pub(super) T);
