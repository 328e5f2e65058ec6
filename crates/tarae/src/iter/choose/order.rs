//! What the four ways to choose differ in.

/// A way to choose some of the items of a pool: which choices there are, and which comes after which.
///
/// A choice is its places: where in the pool each of its items is. Choices that differ in the last place only
/// are a **row**: most steps stay in one, so how far it is done is kept apart from the other places.
///
/// | | |
/// |---|---|
/// | [`ProductOrder`](super::ProductOrder) | every place runs through the whole pool |
/// | [`CombinationOrder`](super::CombinationOrder) | each place is behind the one before it |
/// | [`ReplacementOrder`](super::ReplacementOrder) | each place is not before the one before it |
/// | [`PermutationOrder`](super::PermutationOrder) | no place comes twice |
///
/// The trait is sealed: how an order remembers its row may change.
pub trait Order: sealed::Rows {}

pub(super) mod sealed {
    use std::fmt::Debug;

    /// What an order does. `places` has a place for each item of a choice, at least one.
    pub trait Rows: Clone + Debug + Default {
        /// How many choices of `k` from `n` there are; none if a `u128` cannot say.
        fn total(n: usize, k: usize) -> Option<u128>;

        /// The choice of a number, which must be less than the total.
        fn unrank(index: u128, n: usize, places: &mut [usize]);

        /// The number of the first choice in the row of `places`; none if a `u128` cannot say.
        fn row_rank(n: usize, places: &[usize]) -> Option<u128>;

        /// How many choices the row of `places` has.
        fn row_len(n: usize, places: &[usize]) -> usize;

        /// The row of `places`, from this choice on.
        fn open(n: usize, places: &[usize]) -> Self;

        /// The last item of the next choice in this row.
        fn next_last<'a, T>(&mut self, pool: &'a [T]) -> Option<&'a T>;

        /// The last items of all choices that are left in this row.
        fn rest<'a, T>(&'a self, pool: &'a [T]) -> impl Iterator<Item = &'a T>;

        /// On to the next row, with the first of the places that changed (the last place does not count).
        /// None: this was the last row.
        fn carry(&mut self, n: usize, places: &mut [usize]) -> Option<usize>;

        /// Passes over the coming choices if they are all the ways to arrange the last three places, from the first to the
        /// last, and gives those places in the order in which they are first.
        ///
        /// Where a row is short, this is what makes a loop over many rows fast.
        #[inline(always)]
        fn pass_three(&mut self, n: usize, places: &mut [usize]) -> Option<[usize; 3]> {
            let _ = (n, places);
            None
        }

        /// Ends this row after `left` more choices, of which it has at least so many. No other row may come after it.
        fn truncate<T>(&mut self, pool: &mut Vec<T>, left: usize);
    }
}
