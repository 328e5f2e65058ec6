//! `stream!`, `try_stream!`.

/// A stream from a block with `yield` and `await`.
///
/// ```
/// use futures::{StreamExt, executor::block_on};
/// use tarae::prelude::*;
///
/// async fn double(n: u32) -> u32 { 2 * n }
///
/// let doubles = stream!({
///     for n in 1..4 {
///         yield double(n).await;
///     }
/// });
/// assert_eq!(block_on(doubles.collect::<Vec<_>>()), [2, 4, 6]);
/// ```
///
/// With parameters it makes a closure that makes streams; a type after `->` is that of the items:
///
/// ```
/// # use futures::{StreamExt, executor::block_on};
/// # use tarae::prelude::*;
/// let up_to = stream!(|n: u32| -> u64 { for i in 0..n { yield i.into(); } });
/// assert_eq!(block_on(up_to(3).collect::<Vec<u64>>()), [0, 1, 2]);
/// ```
///
/// The body owns what it uses from outside, like an `async move` block. Borrows of its own locals live across `yield`
/// and `await`. `return` ends the stream; `?` belongs into [`try_stream!`](crate::try_stream!). Written with
/// parentheses, rustfmt formats the body.
///
/// # Other streams
///
/// `yield_from!(other)` hands on the items of another stream, and `for await item in other { .. }` loops over them.
/// (The latter is not Rust's syntax yet, but this macro's; rustfmt knows it.)
///
/// ```
/// # use futures::{StreamExt, executor::block_on};
/// # use tarae::prelude::*;
/// let ones = || stream!({ yield 1; yield 10; });
/// let more = stream!({
///     yield_from!(ones());
///     for await n in ones() {
///         yield n + 1;
///     }
/// });
/// assert_eq!(block_on(more.collect::<Vec<_>>()), [1, 10, 2, 11]);
/// ```
///
/// `yield` must stand directly in the body, not in a closure, an async block or a function inside it, and so not in the
/// futures that a `join!` runs (in what a `select!` does with their results it may):
///
/// ```compile_fail
/// # use tarae::prelude::*;
/// let s = stream!({ (0..3).for_each(|n| { yield n; }); });
/// ```
///
/// # Laziness, cancellation, panics
///
/// Nothing runs before the first poll, and nothing between two. Dropping the stream drops what the body holds where it
/// waits, the future that it awaits first. A panic reaches whoever polls, and ends the stream.
///
/// # Cost
///
/// Nothing is allocated. A stream is its body and a flag; an item costs what it does in a hand-written stream. One that
/// is handed on passes through each body on its way.
#[doc(alias = "async generator")]
#[macro_export]
macro_rules! stream {
    ($($body:tt)*) => { $crate::__private::stream!($crate; $($body)*) };
}

/// A stream of `Result`s from a block with `yield`, `await` and `?`.
///
/// `yield x` hands out `Ok(x)`. An error that `?` meets is handed out as `Err`, converted by `From`, and ends the
/// stream.
///
/// ```
/// use futures::{StreamExt, executor::block_on};
/// use std::num::ParseIntError;
/// use tarae::prelude::*;
/// use tarae::stream::Stream;
///
/// fn numbers(text: &str) -> impl Stream<Item = Result<i32, ParseIntError>> {
///     try_stream!({
///         for word in text.split(' ') {
///             yield word.parse::<i32>()?;
///         }
///     })
/// }
///
/// let all: Vec<_> = block_on(numbers("1 2 x 4").collect());
/// assert_eq!(all[..2], [Ok(1), Ok(2)]);
/// assert!(all[2].is_err() && all.len() == 3); // nothing after the error
/// ```
///
/// The body has no value of its own at its end. `return;` ends the stream, as `return Ok(())` does, and `return Err(e)`
/// ends it with that error. `yield_from!(other)` hands on a stream of `Result`s, and ends with its first error.
///
/// If nothing around it says what the errors are, the type of the items does:
///
/// ```
/// # use futures::{StreamExt, executor::block_on};
/// # use tarae::prelude::*;
/// let halves = try_stream!(|n: u32| -> Result<u32, String> {
///     let mut n = n;
///     while n > 1 {
///         if n % 2 == 1 {
///             Err(format!("{n} is odd"))?;
///         }
///         n /= 2;
///         yield n;
///     }
/// });
/// assert_eq!(block_on(halves(12).collect::<Vec<_>>()), [Ok(6), Ok(3), Err("3 is odd".to_string())]);
/// ```
///
/// The rest is as for [`stream!`](crate::stream!).
#[macro_export]
macro_rules! try_stream {
    ($($body:tt)*) => { $crate::__private::try_stream!($crate; $($body)*) };
}
