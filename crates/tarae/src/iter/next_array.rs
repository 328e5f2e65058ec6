//! The next `N` items as an array.

use std::array;

/// Pulls `N` items. If there are fewer, they are in the error, with `None` behind them; what has ended is not
/// pulled again.
///
/// If the source panics, what it gave before is dropped.
#[inline]
pub(super) fn next_array<const N: usize, I: Iterator>(
    source: &mut I,
) -> Result<[I::Item; N], [Option<I::Item>; N]> {
    let mut ended = false;
    // An uninitialised array would need `unsafe` and is no faster: the optimiser keeps the items in registers,
    // and knows of each that it is there.
    let items = array::from_fn(|_| {
        let item = if ended { None } else { source.next() };
        ended = item.is_none();
        item
    });
    if ended { Err(items) } else { Ok(items.map(|item| item.expect("none of them is missing"))) }
}
