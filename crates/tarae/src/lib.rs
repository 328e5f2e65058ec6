//! tarae (타래, a skein: many threads wound so that each draws out without a tangle): the flow of work.
//!
//! ```text
//! source ──────────▶ shape ─────────▶ run ──────────────▶ collect
//! generator!({..})   groupby, product  ThreadPool          par_map (ordered, bounded, lazy)
//! any Iterator       accumulate, count Inline              as_completed, wait
//! coroutine!(|x| ..) filterfalse                           Task: result, time-out, cancel, callback, .await
//!      ◀──────────── demand: nobody produces more than is asked for ────────────
//! ```
//!
//! | module | what | Python |
//! |---|---|---|
//! | [`generator`](mod@generator) | bodies that `yield`: generators, and coroutines that are sent values | `yield`, `send`, `yield from` |
//! | `stream` (feature `stream`) | bodies that `yield` and `await`: `Stream`s | asynchronous generators |
//! | [`iter`] | tools for iterators; [`par_map`](iter::IterExt::par_map), [`prefetch`](iter::IterExt::prefetch), [`throttle`](iter::IterExt::throttle), [`on_progress`](iter::IterExt::on_progress), [`cancellable`](iter::IterExt::cancellable) | `itertools` |
//! | [`executor`] | what runs jobs: threads, processes (feature `process`), or the caller; one thread for many futures | `concurrent.futures.Executor` |
//! | [`task`] | handles of answers that will come; waiting for several | `concurrent.futures.Future`, `wait`, `as_completed` |
//! | [`cancel`] | asking running work to stop: a tree of tokens, deadlines | |
//! | `timeline` (feature `timeline`) | what ran when, on which thread: a trace, or a picture | |
//! | [`guide`] | to read, step by step, with pictures: [from Python to tarae](guide::python), [generators and coroutines](guide::generators), [iterator tools](guide::iterators), [tasks](guide::tasks), [concurrency and parallelism](guide::concurrency), [flow control](guide::flow), [stopping work](guide::stopping), [seeing what runs](guide::seeing), `guide::processes` (feature `process`), [choosing](guide::choosing), [how it works inside](guide::inside) | |
//!
//! ```
//! use tarae::prelude::*;
//!
//! let numbers = generator!({
//!     for n in 1u64.. {
//!         yield n * n; // lazy: runs when the next item is asked for
//!     }
//! });
//! let pool = ThreadPool::new(2)?;
//! let lengths: Vec<usize> = numbers.par_map(&pool, |n| n.to_string().len()).take(5).collect();
//! assert_eq!(lengths, [1, 1, 1, 2, 2]); // in order, and the endless source has stopped
//!
//! let tasks = [10u64, 100, 1_000].map(|n| (n, pool.submit(move || (1..=n).sum::<u64>())));
//! for (n, task) in as_completed(tasks) {
//!     println!("the numbers up to {n} sum to {}", task.result()?);
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![deny(unsafe_code)]
#![cfg_attr(docsrs, feature(doc_cfg))]

extern crate alloc;

#[cfg(all(feature = "process", not(unix)))]
compile_error!(
    "tarae's feature `process` needs a Unix: leave it out here, and use `ThreadPool`, which takes the same jobs"
);

pub mod cancel;
pub mod executor;
pub mod generator;
pub mod guide;
pub mod iter;
mod job;
mod options;
mod panics;
#[cfg(feature = "stream")]
pub mod stream;
mod sync;
pub mod task;
#[cfg(feature = "timeline")]
pub mod timeline;

#[cfg(feature = "process")]
pub use executor::init;
/// Marks a function that other processes can be asked for.
///
/// It stays the function that it is, and beside it comes a type of its name. One `use` brings both:
///
/// | | |
/// |---|---|
/// | `add(1, 2)` | calls the function, here and now |
/// | `add::call(1, 2)` | a job, for every executor |
/// | `add::FN` | a value to map with, for every executor; of several arguments it takes a tuple |
///
/// ```
/// use tarae::prelude::*;
/// use tarae::remote;
///
/// #[remote]
/// fn add(a: u64, b: u64) -> u64 {
///     a + b
/// }
///
/// fn main() -> Result<(), Box<dyn std::error::Error>> {
///     tarae::init(); // first of all: see there
///     let pool = ProcessPool::new(1)?;
///     assert_eq!(pool.submit(add::call(1, 2)).result()?, add(1, 2));
///     let pairs = [(1, 2), (3, 4)];
///     assert_eq!(pairs.into_iter().par_map(&pool, add::FN).collect::<Vec<_>>(), [3, 7]);
///     Ok(())
/// }
/// ```
///
/// What the function is given and gives must be owned, and serde's `Serialize` and `Deserialize`. It stands by itself, in a
/// module or in the body of a function, has at most 16 arguments, and is neither generic nor `async`, `unsafe` or a method:
/// the compiler says so at the place, and what to write. No other type or module of its name may be in scope.
///
/// Registering costs nothing when the program starts: the linker makes the table. Where this crate has another name or
/// comes from another crate, say so: `#[remote(crate = some::path)]`.
#[cfg(feature = "process")]
pub use tarae_macros::remote;

/// The itertools crate, for the tools that tarae does not repeat.
#[cfg(feature = "itertools")]
pub use ::itertools;

/// Coroutines without a macro.
pub mod coroutine {
    pub use crate::generator::coroutine_from_fn as from_fn;
}

/// The README's example runs as it stands.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
struct Readme;

/// The same in Korean, with the guide's first chapter.
#[cfg(doctest)]
#[doc = include_str!("../../../README.ko.md")]
struct KoreanReadme;

/// The sheet's longer pieces run as they stand; its tables are tests/python_sheet.rs.
#[cfg(doctest)]
#[doc = include_str!("../../../PYTHON.md")]
struct PythonSheet;

/// What most programs import: the types and traits of all modules, and the macros. The macros `generator!`,
/// `coroutine!` and `stream!` have the names of modules, which come along.
pub mod prelude {
    pub use crate::cancel::{CancelToken, Cancelled, Deadline};
    #[cfg(feature = "retry")]
    pub use crate::executor::{Backoff, retry};
    pub use crate::executor::{
        Call, Executor, Inline, Job, Options, RemoteFn, Shutdown, ThreadPool, portable, with_token,
    };
    #[cfg(feature = "process")]
    pub use crate::executor::{NamedJob, PortableJob, ProcessPool};
    pub use crate::generator::{Body, Coroutine, Generator, State, Step, Yields};
    pub use crate::iter::IterExt;
    pub use crate::task::{Promise, Task, TaskError, TaskSet, TaskState, Wait, Waited, as_completed, wait};
    pub use crate::{coroutine, generator, yield_from};
    #[cfg(feature = "stream")]
    pub use crate::{stream, try_stream};
}

/// What fuzzers run. Not part of the public interface.
#[cfg(all(fuzzing, feature = "process"))]
#[doc(hidden)]
pub use executor::process::hostile as __hostile;

/// What the macros expand to. Not part of the public interface.
#[doc(hidden)]
pub mod __private {
    pub use crate::generator::expansion::*;
    #[cfg(feature = "process")]
    pub use crate::job::registry::{Entry, FUNCTIONS, Registered};
    #[cfg(feature = "stream")]
    pub use crate::stream::expansion::*;
    /// An expansion's own: a program may lend the name `core` to another crate.
    pub use ::core;
    #[cfg(feature = "process")]
    pub use linkme;
    pub use tarae_macros::{coroutine, generator};
    #[cfg(feature = "stream")]
    pub use tarae_macros::{stream, try_stream};
}
