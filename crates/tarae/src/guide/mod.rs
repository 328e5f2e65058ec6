//! Documentation only, no code: chapters that explain what the modules are for, step by step.
//!
//! Every block of Rust in them is run as a test.

#[doc = include_str!("generators.md")]
///
/// # The names in this chapter
///
/// [`generator!`](crate::generator!), [`coroutine!`](crate::coroutine!), [`yield_from!`](crate::yield_from!);
/// [`Generator`](crate::generator::Generator), [`Coroutine`](crate::generator::Coroutine),
/// [`Step`](crate::generator::Step), [`State`](crate::generator::State),
/// [`SendError`](crate::generator::SendError), [`Yields`](crate::generator::Yields),
/// [`Body`](crate::generator::Body), [`Pinned`](crate::generator::Pinned),
/// [`BoxGenerator`](crate::generator::BoxGenerator), [`BoxCoroutine`](crate::generator::BoxCoroutine),
/// [`Shared`](crate::generator::Shared), [`Yielder`](crate::generator::Yielder);
/// [`from_fn`](crate::generator::from_fn()), [`coroutine::from_fn`](crate::coroutine::from_fn()).
pub mod generators {}
