//! A value that is lent to one at a time, on one thread.
#![allow(unsafe_code, reason = "one check and two stores; two `RefCell`s an item miss the goal for `tee`")]

use std::cell::{Cell, UnsafeCell};
use std::ops::{Deref, DerefMut};
use std::panic::{RefUnwindSafe, UnwindSafe};

/// A value that several arms share, of which one has the use at a time.
///
/// While it is at home it has an owner: a number that means what its users make of it. It decides only which of two ways
/// to ask is answered.
///
/// | state | left by |
/// |---|---|
/// | at home | [`lend`](Lent::lend), [`lend_to`](Lent::lend_to): to "out" |
/// | out | the end of the [`Loan`]: to "at home", also if its holder panics |
pub(in crate::iter::arms) struct Lent<T> {
    /// `OUT` while there is a `Loan`. There is exactly one then.
    owner: Cell<Owner>,
    value: UnsafeCell<T>,
}

/// Who has what is lent while it is at home. Outside of this file it is never `OUT`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::iter::arms) struct Owner(usize);

pub(in crate::iter::arms) const NOBODY: Owner = Owner(usize::MAX);
const OUT: Owner = Owner(usize::MAX - 1);

impl Owner {
    pub(in crate::iter::arms) fn number(number: usize) -> Self {
        assert!(number < OUT.0, "there are not that many owners");
        Self(number)
    }

    #[inline(always)]
    pub(in crate::iter::arms) fn index(self) -> usize {
        self.0
    }
}

impl<T> Lent<T> {
    /// Without an owner.
    pub(in crate::iter::arms) const fn new(value: T) -> Self {
        Self { owner: Cell::new(NOBODY), value: UnsafeCell::new(value) }
    }

    pub(in crate::iter::arms) fn into_inner(self) -> T {
        self.value.into_inner()
    }

    /// The value, for as long as the loan lives; none if it is out already.
    #[inline(always)]
    pub(in crate::iter::arms) fn lend(&self) -> Option<Loan<'_, T>> {
        let owner = self.owner.get();
        if owner == OUT { None } else { self.lend_to(owner) }
    }

    /// The same for its owner only: none for all others.
    #[inline(always)]
    pub(in crate::iter::arms) fn lend_to(&self, owner: Owner) -> Option<Loan<'_, T>> {
        if owner != self.owner.get() {
            return None;
        }
        self.owner.set(OUT);
        Some(Loan { lent: self, owner })
    }
}

/// The loan's end puts the value back as it is; what a panic means for it, its holders see to.
impl<T: UnwindSafe> RefUnwindSafe for Lent<T> {}

/// The use of what is lent. There is no more than one at a time.
pub(in crate::iter::arms) struct Loan<'a, T> {
    lent: &'a Lent<T>,
    /// Whose the value is when the loan has ended: never `OUT`.
    owner: Owner,
}

impl<T> Loan<'_, T> {
    #[inline(always)]
    pub(in crate::iter::arms) fn set_owner(&mut self, owner: Owner) {
        self.owner = owner;
    }
}

impl<T> Deref for Loan<'_, T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        // SAFETY: this is the only loan, since none is made while the owner is `OUT` (which no caller can name), and only
        // the end of this one changes that; so all references into the value are bound by borrows of this loan. `Cell` keeps other
        // threads out.
        unsafe { &*self.lent.value.get() }
    }
}

impl<T> DerefMut for Loan<'_, T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut T {
        // SAFETY: as in `deref`; and this loan is borrowed mutably.
        unsafe { &mut *self.lent.value.get() }
    }
}

impl<T> Drop for Loan<'_, T> {
    #[inline(always)]
    fn drop(&mut self) {
        self.lent.owner.set(self.owner);
    }
}
