//! `generator!`, `coroutine!`, `yield_from!`.

/// A generator from a block with `yield`.
///
/// ```
/// use tarae::prelude::*;
///
/// let numbers = generator!({
///     yield 1;
///     for n in 2..4 {
///         yield n;
///     }
/// });
/// assert_eq!(numbers.collect::<Vec<_>>(), [1, 2, 3]);
/// ```
///
/// With parameters it makes a closure that makes generators, as a Python function with `yield` does:
///
/// ```
/// # use tarae::prelude::*;
/// let up_to = generator!(|n: u32| { for i in 0..n { yield i; } });
/// assert_eq!(up_to(3).sum::<u32>(), 3);
/// ```
///
/// As a closure's, such a body may be an expression: `generator!(|n| yield n)`. Without parameters the braces may be those
/// of the macro: `generator! { yield 1; yield 2; }`.
///
/// The body owns what it uses from outside, like an `async move` block. Borrows of its own locals live across `yield`;
/// `?` and `return` end the body, `await` works for futures that are ready at once. `yield` must stand directly in the
/// body, not in a closure, an async block or a function inside it:
///
/// ```compile_fail
/// # use tarae::prelude::*;
/// let g = generator!({ (0..3).for_each(|n| { yield n; }); });
/// ```
///
/// Written with parentheses, rustfmt formats the body.
#[doc(alias = "yield")]
#[macro_export]
macro_rules! generator {
    ($($body:tt)*) => { $crate::__private::generator!($crate; $($body)*) };
}

/// A coroutine from a block with `yield`, or a closure that makes coroutines: each `yield` evaluates to what is sent.
///
/// ```
/// use tarae::prelude::*;
///
/// let coroutine2 = coroutine!(|x: i32| {
///     let y: i32 = yield x;
///     let z: i32 = yield x + y;
///     z
/// });
/// let mut co = coroutine2(5);
/// assert_eq!(co.start(), Step::Yield(5));
/// assert_eq!(co.send(2), Step::Yield(7));
/// assert_eq!(co.send(1), Step::Return(1));
/// ```
///
/// A type after `->` is that of the returned value, which `?` needs to know:
///
/// ```
/// # use tarae::prelude::*;
/// let mut parser = coroutine!(|| -> Result<i32, std::num::ParseIntError> {
///     let text: &str = yield;
///     Ok(text.parse::<i32>()? + 1)
/// })();
/// assert_eq!(parser.start(), Step::Yield(()));
/// assert_eq!(parser.send("41"), Step::Return(Ok(42)));
/// ```
///
/// The rest is as for [`generator!`](crate::generator!).
#[doc(alias = "send")]
#[macro_export]
macro_rules! coroutine {
    ($($body:tt)*) => { $crate::__private::coroutine!($crate; $($body)*) };
}

/// Hands on all that another generator, or any iterator, yields, and evaluates to what it returns.
///
/// ```
/// use tarae::prelude::*;
///
/// struct Tree { left: Option<Box<Tree>>, key: i32, right: Option<Box<Tree>> }
///
/// fn walk(tree: &Tree) -> Generator<impl Yields<i32>> {
///     generator!({
///         if let Some(left) = &tree.left { yield_from!(walk(left)); }
///         yield tree.key;
///         if let Some(right) = &tree.right { yield_from!(walk(right)); }
///     })
/// }
///
/// let leaf = |key| Some(Box::new(Tree { left: None, key, right: None }));
/// let tree = Tree { left: leaf(1), key: 2, right: leaf(3) };
/// assert_eq!(walk(&tree).collect::<Vec<_>>(), [1, 2, 3]);
/// ```
///
/// What is sent goes to the innermost. Closing, or dropping, the outermost drops the inner ones first.
///
/// An iterator takes nothing. In a coroutine that is sent `Result<(), E>` a delegation to one is a `Result<(), E>`, too:
/// an error that is [thrown](crate::generator::Coroutine::throw) drops the iterator and becomes its value.
///
/// ```
/// # use tarae::prelude::*;
/// let mut three = coroutine!(|| -> Result<(), &'static str> {
///     yield_from!(1..=3)?;
///     let end: Result<(), &str> = yield 4;
///     end
/// })();
/// assert_eq!(three.start(), Step::Yield(1));
/// assert_eq!(three.send(Ok(())), Step::Yield(2));
/// assert_eq!(three.throw("enough"), Ok(Step::Return(Err("enough"))));
/// ```
///
/// # Cost
/// A generator made by a macro that has not started is run in place of the outer one: an item costs the same at any
/// depth, and chains a million deep are ended and dropped without recursion. Any other coroutine is stepped by its
/// own driver, in a node; an iterator by the body that delegates to it.
///
/// # Panics
/// If the operand is a coroutine that has started (it waits for a value that nobody has sent), or is over (it has no
/// value to return). A generator that has started goes on where it was.
///
/// It works only in the body of [`generator!`](crate::generator!) or [`coroutine!`](crate::coroutine!), which replace
/// it, or in that of a `stream!`, where it takes another stream:
///
/// ```compile_fail
/// tarae::yield_from!(0..3);
/// ```
#[doc(alias = "yield from")]
#[macro_export]
macro_rules! yield_from {
    // What `generator!` and its kin leave of it: the name, so that it is imported for something.
    (@inside) => {};
    ($($source:tt)*) => {
        $crate::__private::core::compile_error!(
            "`yield_from!` works only directly in the body of `generator!`, `coroutine!` or a stream, not inside another macro or outside"
        )
    };
}
