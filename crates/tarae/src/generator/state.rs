//! Where a body is, and what it does next.

/// Where the body of a generator is.
#[doc(alias = "getgeneratorstate")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Nothing of it has run.
    #[doc(alias = "GEN_CREATED")]
    Created,
    /// It is being resumed. Seen only from inside, through a [`Shared`](super::Shared) handle: whoever resumes a
    /// generator otherwise has it borrowed.
    #[doc(alias = "GEN_RUNNING")]
    Running,
    /// It waits at a `yield`.
    #[doc(alias = "GEN_SUSPENDED")]
    Suspended,
    /// It has returned, panicked or been closed; all that it owned is dropped.
    #[doc(alias = "GEN_CLOSED")]
    Closed,
}

/// What a body did when it was resumed.
#[must_use = "an item or the returned value is in it"]
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Step<Y, R = ()> {
    /// It handed out an item and waits.
    Yield(Y),
    /// It is over; this is what it returned.
    #[doc(alias = "StopIteration")]
    Return(R),
}

impl<Y, R> Step<Y, R> {
    /// The item, if it yielded.
    ///
    /// ```
    /// # use tarae::generator::Step;
    /// assert_eq!(Step::<_, ()>::Yield(1).yielded(), Some(1));
    /// ```
    #[inline]
    pub fn yielded(self) -> Option<Y> {
        match self {
            Step::Yield(item) => Some(item),
            Step::Return(_) => None,
        }
    }

    /// The returned value, if it is over.
    ///
    /// ```
    /// # use tarae::generator::Step;
    /// assert_eq!(Step::<(), _>::Return("end").returned(), Some("end"));
    /// ```
    #[inline]
    pub fn returned(self) -> Option<R> {
        match self {
            Step::Yield(_) => None,
            Step::Return(value) => Some(value),
        }
    }
}
