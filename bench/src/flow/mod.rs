//! Flow: a lazy source, mapped on two threads, item by item as it is asked for.
//!
//! The rows of `map` are the loop on one thread, the split by hand, ours and the peers, each used as its users would use it.
//! All map the same source, whose length nobody knows, by the same work, and sum what comes out. What a row costs over the
//! loop is what it costs to hand items to other threads and back: that is counted in CPU time of all threads, so that it
//! does not matter how many there are. How much sooner a row is done is timed by the clock on the wall.

pub mod map;

/// The work on an item: so many steps, each of which needs the one before. Those of one item overlap with those of the next.
#[inline(never)]
pub fn work(item: u64, steps: u32) -> u64 {
    (0..steps).fold(item, |hash, _| (hash ^ 0x5555).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

/// How many steps make an item of about 16, and of about 80 nanoseconds.
pub const STEPS_OF_16_NS: u32 = 42;
pub const STEPS_OF_80_NS: u32 = 126;

/// A lazy source of so many items, which cannot be indexed and does not say how long it is.
pub fn source(items: u64) -> impl Iterator<Item = u64> + Send + 'static {
    (0u64..).filter(|n| n % 3 != 0).take(items as usize)
}

/// What all rows answer for so many items.
pub fn answer(items: u64, steps: u32) -> u64 {
    source(items).map(|item| work(item, steps)).fold(0, u64::wrapping_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_give_one_answer() {
        for items in [0, 1, 1000, 20_000] {
            for (name, make) in map::ROWS {
                let mut program = make(3);
                assert_eq!(program(items), answer(items, 3), "{name}");
                assert_eq!(program(items), answer(items, 3), "{name}");
            }
        }
    }
}
