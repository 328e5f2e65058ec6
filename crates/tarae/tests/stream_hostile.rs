//! The macros of streams in a crate that shadows what it can: no prelude, modules named like the standard library's and
//! like what the macros expand to, and every lint an error.
#![forbid(unsafe_code)]
#![no_implicit_prelude]
#![deny(warnings, clippy::all, clippy::pedantic, unused_qualifications, unused_results, unused_lifetimes)]
#![deny(trivial_casts, let_underscore_drop, clippy::semicolon_if_nothing_returned, clippy::needless_return)]

extern crate tarae as another_name;

// What a path in an expansion could meet.
mod core {}
mod std {}
mod alloc {}
mod tarae {}
mod stream {}
mod futures_core {}
mod __private {}

// What a macro in an expansion could meet.
#[allow(unused_macros)]
macro_rules! unreachable {
    ($($tokens:tt)*) => {
        not the standard one
    };
}
#[allow(unused_macros)]
macro_rules! pin {
    ($($tokens:tt)*) => {
        not the standard one
    };
}

// What a type, a value or a method in an expansion could meet.
#[expect(dead_code, reason = "shadows")]
struct Option;
#[expect(dead_code, reason = "shadows")]
struct Result;
#[expect(dead_code, reason = "shadows")]
enum Some {}
#[expect(dead_code, reason = "shadows")]
enum None {}
#[expect(dead_code, reason = "shadows")]
enum Ok {}
#[expect(dead_code, reason = "shadows")]
trait Stream {}
#[expect(dead_code, reason = "shadows")]
trait Future {}
fn types() {}
fn put() {}
fn item() {}
fn source() {}
fn ended() {}
fn next() {}

/// A trait that all types have, with the names of the expansion's methods.
trait Meddler: ::std::marker::Sized {
    fn put(self) {}
    fn poll(self) {}
    fn poll_next(self) {}
    #[allow(clippy::wrong_self_convention)]
    fn as_mut(self) {}
    fn next(self) {}
    fn await_(self) {}
}
impl<T> Meddler for T {}

/// All items of a stream that is never pending.
fn all<S: another_name::stream::Stream>(stream: S) -> ::std::vec::Vec<S::Item> {
    let mut stream = ::std::boxed::Box::pin(stream);
    let mut context = ::std::task::Context::from_waker(::std::task::Waker::noop());
    let mut items = ::std::vec::Vec::new();
    while let ::std::task::Poll::Ready(::std::option::Option::Some(item)) =
        another_name::stream::Stream::poll_next(::std::pin::Pin::as_mut(&mut stream), &mut context)
    {
        items.push(item);
    }
    items
}

#[test]
fn what_a_program_shadows_does_not_matter() {
    types();
    put();
    item();
    source();
    ended();
    next();
    1.put();
    1.poll();
    1.poll_next();
    1.as_mut();
    1.next();
    1.await_();
    let inner = another_name::stream!(|n: i32| -> i32 {
        yield n;
        yield n + 1;
    });
    let outer = another_name::stream!({
        let item = 1;
        let source = inner(item);
        for await types in source {
            yield types;
        }
        another_name::yield_from!(inner(3));
    });
    ::std::assert_eq!(all(outer), [1, 2, 3, 4]);
}

#[test]
fn nor_in_a_stream_of_results() {
    let tried = another_name::try_stream!(|how: bool| -> ::std::result::Result<u8, &'static str> {
        yield 1;
        if how {
            return;
        }
        let item = 2;
        yield item;
        ::std::result::Result::Err("end")?;
    });
    let outer = another_name::try_stream!(|| -> ::std::result::Result<u8, ::std::string::String> {
        another_name::yield_from!(tried(true));
        another_name::yield_from!(tried(false));
    });
    let texts = all(outer());
    ::std::assert_eq!(texts.len(), 4);
    ::std::assert!(texts[3].is_err());
}
