//! What a function gives, up to a sentinel.

use std::fmt;
use std::iter::FusedIterator;

/// What `f` gives, until it gives `sentinel`.
///
/// ```
/// use tarae::iter::iter_until;
///
/// let mut stack = vec![7, 0, 3, 2];
/// let numbers: Vec<i32> = iter_until(|| stack.pop().unwrap_or(0), 0).collect();
/// assert_eq!(numbers, [2, 3]);
/// assert_eq!(stack, [7]);
/// ```
///
/// The sentinel may have another type, if one can be compared with the other:
///
/// ```
/// # use tarae::iter::iter_until;
/// # fn main() -> std::io::Result<()> {
/// let mut input: &[u8] = b"one\ntwo\n\nrest";
/// let mut line = || std::io::BufRead::lines(&mut input).next().unwrap_or(Ok(String::new())).unwrap();
/// assert!(iter_until(&mut line, "").eq(["one", "two"]));
/// assert_eq!(line(), "rest");
/// # Ok(())
/// # }
/// ```
///
/// Where the end is a `None`, use [`std::iter::from_fn`].
///
/// # Laziness
///
/// `f` is called once for each item that is asked for, and once for the sentinel, which is dropped. After that it
/// is not called again.
///
/// # Cost
///
/// That of a loop: a call and a comparison an item.
///
/// # Differences from Python
///
/// This is `iter(callable, sentinel)`, which could not have that name here: `iter` is the module's.
///
/// # Panics
///
/// Only if `f` or the comparison does. It can go on after that.
#[doc(alias = "iter")]
#[doc(alias = "sentinel")]
#[inline]
pub fn iter_until<F, T, S>(f: F, sentinel: S) -> IterUntil<F, S>
where
    F: FnMut() -> T,
    T: PartialEq<S>,
{
    IterUntil { f, sentinel: Some(sentinel) }
}

/// The iterator that [`iter_until`] returns.
#[derive(Clone)]
#[must_use = "iterators are lazy"]
pub struct IterUntil<F, S> {
    f: F,
    // None once it has been met.
    sentinel: Option<S>,
}

impl<F, T, S> Iterator for IterUntil<F, S>
where
    F: FnMut() -> T,
    T: PartialEq<S>,
{
    type Item = T;

    #[inline]
    fn next(&mut self) -> Option<T> {
        let item = match &self.sentinel {
            Some(sentinel) => Some((self.f)()).filter(|item| item != sentinel),
            None => return None,
        };
        if item.is_none() {
            self.sentinel = None;
        }
        item
    }

    #[inline]
    fn size_hint(&self) -> (usize, Option<usize>) {
        (0, if self.sentinel.is_some() { None } else { Some(0) })
    }

    #[inline]
    fn fold<B, G: FnMut(B, T) -> B>(self, init: B, mut g: G) -> B {
        let Self { mut f, sentinel } = self;
        let Some(sentinel) = sentinel else { return init };
        let mut acc = init;
        loop {
            let item = f();
            if item == sentinel {
                return acc;
            }
            acc = g(acc, item);
        }
    }
}

impl<F, T, S> FusedIterator for IterUntil<F, S>
where
    F: FnMut() -> T,
    T: PartialEq<S>,
{
}

impl<F, S: fmt::Debug> fmt::Debug for IterUntil<F, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("IterUntil").field("sentinel", &self.sentinel).finish_non_exhaustive()
    }
}
