//! Iterator tools.
//!
//! Every function here that [`rows!`] lists is one row of a table: never inlined into what measures it, given what it
//! reads, with an answer that all rows of its table must give. The first row is the loop that one would have written.
//! `fold` is internal iteration (`fold`, `sum`, `for_each`), `next` a step at a time, as a `for` loop does it.
//!
//! A peer is one more function in the same file, named for the peer, and its name in the list.
//!
//! What is done with an item is the same in all rows of a table, and not more than keeps the compiler from leaving the
//! item out: what the tool costs must not drown in it. Where the loop by hand can be vectorised, a tool that stands in
//! the way of that costs what its number says. The `drain` tables make each item, look at nothing of it, and drop it.

pub mod accumulate;
pub mod batched;
pub mod combinations;
pub mod groupby;
pub mod permutations;
pub mod product;
pub mod tee;
pub mod windows;

/// A table: the rows' names and programs, which read items of type `T`. The first one is what the others are compared with.
pub type Rows<T = u64> = &'static [(&'static str, fn(&[T]) -> u64)];

/// The rows of a table, by the names of the functions.
macro_rules! rows {
    ($($row:ident)*) => {
        &[$((stringify!($row), $row)),*]
    };
}
use rows;

/// The items of a slice, by an iterator whose type no other row has: what is inlined into a row must not hang on which
/// others are in the same program.
macro_rules! items {
    ($slice:expr) => {
        $slice.iter().map(|item| *item)
    };
}
use items;

/// What comes out of small arrays, slices or vectors, a step at a time.
macro_rules! hash_by_next {
    ($arrays:expr) => {{
        let mut sum = 0u64;
        for array in $arrays {
            sum ^= $crate::iter::hash(&array);
        }
        sum
    }};
}
use hash_by_next;

/// The same by `fold`.
macro_rules! hash_by_fold {
    ($arrays:expr) => {
        $arrays.fold(0u64, |sum, array| sum ^ $crate::iter::hash(&array))
    };
}
use hash_by_fold;

/// Makes each item and drops it; how many there were.
macro_rules! drain {
    ($items:expr) => {{
        let mut made = 0u64;
        $items.for_each(|item| {
            ::std::hint::black_box(&item);
            made += 1;
        });
        made
    }};
}
use drain;

/// Every place counts.
#[inline(always)]
fn hash(array: &[u64]) -> u64 {
    array.iter().fold(1, |hash, item| hash.wrapping_mul(31).wrapping_add(*item))
}

/// The next state of a sum in which the order counts, so that it cannot be vectorised.
#[inline(always)]
fn mix(sum: u64, item: u64) -> u64 {
    (sum ^ item).wrapping_mul(0x9E37_79B9_7F4A_7C15)
}

/// The next state of a sum that can be vectorised, but not made without looking at each item.
#[inline(always)]
fn add(sum: u64, item: u64) -> u64 {
    sum.wrapping_add(item ^ (item >> 3))
}

/// What is chosen from, or goes through a tool. The first hundred are distinct and ascending.
pub fn numbers(n: usize) -> Vec<u64> {
    (0..n as u64).map(|at| at * 7 % 1000).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All rows give the answer of the first.
    fn agree<T>(rows: Rows<T>, input: &[T]) -> u64 {
        let answer = rows[0].1(input);
        for (name, program) in rows {
            assert_eq!(program(input), answer, "{name}");
        }
        answer
    }

    #[test]
    fn rows_give_one_answer() {
        let numbers = numbers(1000);
        for n in [1, 2, 7, 20] {
            let choose = |k| (0..k).fold(1u64, |ways, i| ways * (n as u64).saturating_sub(i) / (i + 1));
            agree(product::ROWS, &numbers[..n]);
            agree(combinations::ROWS, &numbers[..n]);
            assert_eq!(agree(combinations::drain::ROWS, &numbers[..n]), choose(4));
            agree(permutations::four::ROWS, &numbers[..n]);
            assert_eq!(agree(product::drain::ROWS, &numbers[..n]), n.pow(4) as u64);
        }
        agree(permutations::ROWS, &numbers[..9]);
        assert_eq!(agree(permutations::drain::ROWS, &numbers[..9]), (1..=9).product::<u64>());
        for n in [0, 1, 5, 1000] {
            agree(accumulate::ROWS, &numbers[..n]);
            agree(batched::ROWS, &numbers[..n / 8 * 8]);
            agree(windows::two::ROWS, &numbers[..n]);
            agree(windows::five::ROWS, &numbers[..n]);
        }
        agree(tee::ROWS, &super::numbers(3000));
        for run in [1, 5, 50] {
            agree(groupby::ROWS, &groupby::runs(1000, run)[..]);
        }
    }

    /// Else rows that forget something could agree.
    #[test]
    fn each_item_and_its_place_count() {
        let numbers = numbers(20);
        let mut swapped = numbers.clone();
        swapped.swap(3, 4);
        let hand = |pool: &[u64]| accumulate::ROWS[0].1(pool);
        assert_ne!(hand(&numbers), hand(&swapped[..19]));
        assert_ne!(hash(&numbers), hash(&swapped));
        assert_ne!(mix(mix(0, 1), 2), mix(mix(0, 2), 1));
        assert_ne!(add(0, 8), add(0, 9));
    }
}
