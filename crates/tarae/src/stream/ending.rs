//! How a body ends, and what that means for its stream's items.

mod sealed {
    pub trait Sealed {}
    impl Sealed for () {}
    impl<E> Sealed for Result<(), E> {}
    pub trait SealedItem {}
    impl<T, E> SealedItem for Result<T, E> {}
}

/// What the body of a stream returns: `()` in [`stream!`](crate::stream!), `Result<(), E>` in
/// [`try_stream!`](crate::try_stream!). `Y` is what its yields hand out.
pub trait Ending<Y>: sealed::Sealed {
    /// What the stream hands out.
    type Item;
    /// The item of a yield.
    fn item(yielded: Y) -> Self::Item;
    /// The item of the end, if it is one.
    fn last(self) -> Option<Self::Item>;
}

impl<Y> Ending<Y> for () {
    type Item = Y;

    #[inline(always)]
    fn item(yielded: Y) -> Y {
        yielded
    }

    #[inline(always)]
    fn last(self) -> Option<Y> {
        None
    }
}

impl<Y, E> Ending<Y> for Result<(), E> {
    type Item = Result<Y, E>;

    #[inline(always)]
    fn item(yielded: Y) -> Result<Y, E> {
        Ok(yielded)
    }

    #[inline(always)]
    fn last(self) -> Option<Result<Y, E>> {
        self.err().map(Err)
    }
}

/// What the items of a `try_stream!` must be.
#[diagnostic::on_unimplemented(
    message = "the items of a `try_stream!` are `Result`s, not `{Self}`",
    label = "expected `Result<_, _>`",
    note = "in `|| -> Result<T, E> {{ .. }}` the type is that of the items: `yield` takes a `T`, `?` an `E`"
)]
pub trait ItemResult: sealed::SealedItem {
    /// What a yield takes.
    type Value;
    /// What `?` ends with.
    type Error;
}

impl<T, E> ItemResult for Result<T, E> {
    type Value = T;
    type Error = E;
}

/// What `return;` may return in a `try_stream!`: in the body itself, or in a closure in it.
#[diagnostic::on_unimplemented(
    message = "`return;` returns nothing here, but `{Self}` is expected",
    label = "expected a value after `return`"
)]
pub trait NoValue: sealed::Sealed {
    /// It.
    const NOTHING: Self;
}

impl NoValue for () {
    const NOTHING: Self = ();
}

impl<E> NoValue for Result<(), E> {
    const NOTHING: Self = Ok(());
}
