//! Lists of items that belong together, cut where a predicate says so.
//!
//! The four tools differ in where the cut is, which is all that their files say; [`Lists`] does the rest.

mod after;
mod at;
mod before;
mod when;

use std::mem;
use std::ops::ControlFlow;

pub use after::{SplitAfter, split_after};
pub use at::{SplitAt, split_at};
pub use before::{SplitBefore, split_before};
pub use when::{SplitWhen, split_when};

/// Where all four keep the source and the list that grows. `T` is `I::Item`.
///
/// | state | `ended` | `splits_left` | left by |
/// |---|---|---|---|
/// | cutting | no | none (no limit), or not 0 | the last cut allowed: to "collecting"; the source's end: to "ended" |
/// | collecting | no | 0 | the next list, which is all that is left: to "ended" |
/// | ended | yes | any | nothing; no source is asked twice |
#[derive(Clone, Debug)]
struct Lists<I, T> {
    source: I,
    // The list that has not come out. Between two calls it is empty, or has the one item that the last cut was
    // found before, or what has been read before a panic.
    list: Vec<T>,
    splits_left: Option<usize>,
    ended: bool,
}

impl<I: Iterator> Lists<I, I::Item> {
    #[inline]
    fn new(source: I) -> Self {
        Self { source, list: Vec::new(), splits_left: None, ended: false }
    }

    /// The next list. None: the source had ended before. The last list may be empty.
    ///
    /// `put` puts an item into the list, or breaks with a list that is complete, and leaves what begins the next.
    #[inline]
    fn next(
        &mut self,
        mut put: impl FnMut(&mut Vec<I::Item>, I::Item) -> ControlFlow<Vec<I::Item>>,
    ) -> Option<Vec<I::Item>> {
        if self.ended {
            return None;
        }
        let Self { source, list, splits_left, .. } = self;
        if *splits_left == Some(0) {
            list.extend(source);
        } else if let ControlFlow::Break(complete) = source.try_for_each(|item| put(list, item)) {
            *splits_left = splits_left.map(|left| left - 1);
            return Some(complete);
        }
        self.ended = true;
        Some(mem::take(&mut self.list))
    }

    /// How many lists are to come that are not empty.
    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        if self.ended {
            return (0, Some(0));
        }
        let (low, high) = self.source.size_hint();
        let open = usize::from(!self.list.is_empty());
        let most = self.most();
        // Each item may be a list of its own.
        let high = high.and_then(|high| high.checked_add(open));
        (open.max(low.min(1)), high.map_or(most, |high| Some(most.map_or(high, |most| most.min(high)))))
    }

    /// How many lists the limit allows; none if there is no limit, or if a `usize` cannot say.
    #[inline]
    fn most(&self) -> Option<usize> {
        self.splits_left?.checked_add(1)
    }
}

/// What the public types have in common but their documentation.
macro_rules! split {
    ($Split:ident) => {
        impl<I: Iterator, P> $Split<I, P> {
            /// At most `n` more cuts, and so at most one list more than that; the last one is all the rest, for
            /// which the predicate is not asked.
            ///
            /// Without it there is no limit. In Python this is the argument `maxsplit`.
            #[doc(alias = "maxsplit")]
            #[inline]
            pub fn max_splits(mut self, n: usize) -> Self {
                self.lists.splits_left = Some(n);
                self
            }
        }

        impl<I, P> std::fmt::Debug for $Split<I, P>
        where
            I: Iterator + std::fmt::Debug,
            I::Item: std::fmt::Debug,
        {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($Split)).field("lists", &self.lists).finish_non_exhaustive()
            }
        }
    };
}

use split;
