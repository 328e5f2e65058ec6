//! What runs once, and where it may run. Below tasks and executors, which both need it.

#[cfg(feature = "process")]
pub(crate) mod bytes;
#[cfg(feature = "process")]
mod code;
#[cfg(feature = "process")]
mod find;
#[cfg(feature = "process")]
#[allow(unsafe_code)]
mod image;
#[cfg(feature = "process")]
pub(crate) mod items;
#[cfg(feature = "process")]
#[allow(unsafe_code)]
mod large_pages;
#[cfg(feature = "process")]
mod named;
#[cfg(feature = "process")]
pub(crate) mod parcel;
#[cfg(feature = "process")]
mod portable;
#[cfg(feature = "process")]
pub(crate) mod registry;
#[cfg(feature = "process")]
mod typed_entry;

#[cfg(feature = "process")]
pub(crate) use code::{Code, Fault, Site, too_large};
#[cfg(feature = "process")]
pub(crate) use find::find;
#[cfg(feature = "process")]
pub use named::{NamedJob, NamedMap, Remote};
#[cfg(feature = "process")]
pub(crate) use portable::{Answer, Item, sealed};
#[cfg(feature = "process")]
pub use portable::{PortableFn, PortableJob};

/// Something to run once. Every closure `FnOnce() -> T + Send` is one, and so can be a type of your own:
///
/// ```
/// use tarae::prelude::*;
///
/// struct Square(u64);
/// impl Job for Square {
///     type Output = u64;
///     fn run(self) -> u64 {
///         self.0 * self.0
///     }
/// }
/// assert_eq!(Inline.submit(Square(6)).result().unwrap(), 36);
/// ```
///
/// The hierarchy says where a job may run: a [`Job`] in this process, a `PortableJob` (feature `process`) in any process of
/// this program, a `NamedJob` in any program that knows its name. An executor says which it takes, so that a closure on a
/// pool of processes does not compile.
///
/// A job need not be `'static`: each executor says whether it must be.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a job",
    label = "not something that runs once",
    note = "a job is a `Send` closure without parameters, or a type that implements `Job`"
)]
pub trait Job: Send {
    /// What it gives.
    type Output: Send;

    /// Does it.
    fn run(self) -> Self::Output
    where
        Self: Sized;
}

impl<F, T> Job for F
where
    F: FnOnce() -> T + Send,
    T: Send,
{
    type Output = T;

    #[inline(always)]
    fn run(self) -> T {
        self()
    }
}

/// A function that is known by a name.
///
/// ```
/// use tarae::prelude::*;
///
/// struct Add;
/// impl RemoteFn for Add {
///     type Args = (u64, u64);
///     type Output = u64;
///     const NAME: &'static str = "add";
///     fn invoke((a, b): (u64, u64)) -> u64 {
///         a + b
///     }
/// }
/// let pool = ThreadPool::new(1)?;
/// assert_eq!(pool.submit(Call::<Add>::new((1, 2))).result()?, 3);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub trait RemoteFn: Send + Sync + Sized + 'static {
    /// `()`, the argument itself if there is one, or a tuple.
    type Args: Send + 'static;
    /// What it returns.
    type Output: Send + 'static;
    /// Its name.
    const NAME: &'static str;

    /// Calls it.
    fn invoke(args: Self::Args) -> Self::Output;
}

/// A call of a named function; see [`RemoteFn`].
pub struct Call<F: RemoteFn>(F::Args);

impl<F: RemoteFn> Call<F> {
    /// The function, with its arguments.
    pub fn new(args: F::Args) -> Self {
        Call(args)
    }
}

impl<F: RemoteFn> std::fmt::Debug for Call<F> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Call({})", F::NAME)
    }
}

impl<F: RemoteFn> Job for Call<F> {
    type Output = F::Output;

    fn run(self) -> F::Output {
        F::invoke(self.0)
    }
}

/// A call of a closure that captures nothing, its arguments apart; see [`portable`].
#[derive(Debug)]
pub struct Portable<A, R> {
    args: A,
    function: fn(A) -> R,
}

/// A job from a closure that captures nothing.
///
/// ```
/// use tarae::prelude::*;
///
/// assert_eq!(Inline.submit(portable((1, 2), |(a, b)| a + b)).result().unwrap(), 3);
/// ```
///
/// One that captures is no function, and does not compile:
///
/// ```compile_fail,E0308
/// # use tarae::prelude::*;
/// let n = 3;
/// portable(1, |x: i32| x + n);
/// ```
pub fn portable<A, R>(args: A, function: fn(A) -> R) -> Portable<A, R> {
    Portable { args, function }
}

impl<A: Send, R: Send> Job for Portable<A, R> {
    type Output = R;

    fn run(self) -> R {
        (self.function)(self.args)
    }
}
