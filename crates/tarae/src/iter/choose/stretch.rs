//! Rows that are a stretch of the pool.

/// The row of an order whose last place runs through a stretch of the pool, up to its end.
#[derive(Clone, Debug, Default)]
pub(super) struct Stretch(pub(super) usize);

impl Stretch {
    #[inline(always)]
    pub(super) fn next_last<'a, T>(&mut self, pool: &'a [T]) -> Option<&'a T> {
        let last = pool.get(self.0)?;
        self.0 += 1;
        Some(last)
    }

    #[inline(always)]
    pub(super) fn rest<'a, T>(&self, pool: &'a [T]) -> std::slice::Iter<'a, T> {
        pool[self.0..].iter()
    }

    /// No row comes after, so nothing needs the rest of the pool: it is the pool that ends earlier, and
    /// `next_last` has one bound to look at.
    #[inline(always)]
    pub(super) fn truncate<T>(&mut self, pool: &mut Vec<T>, left: usize) {
        pool.truncate(self.0 + left);
    }
}
