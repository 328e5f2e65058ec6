//! The macros in a crate that shadows what it can: no prelude, modules named like the standard library's and like what
//! the macros expand to, and every lint an error.
#![forbid(unsafe_code)]
#![no_implicit_prelude]
#![deny(warnings, clippy::all, clippy::pedantic, unused_qualifications, unused_results, unused_lifetimes)]
#![deny(
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    let_underscore_drop,
    variant_size_differences
)]
#![deny(clippy::shadow_unrelated, clippy::semicolon_if_nothing_returned, clippy::needless_return)]

extern crate tarae as another_name;

// What a path in an expansion could meet.
mod core {}
mod std {}
mod alloc {}
mod tarae {}
mod generator {}
mod __private {}

// What a macro in an expansion could meet.
#[allow(unused_macros)]
macro_rules! unreachable {
    ($($tokens:tt)*) => {
        compile_error!("not the program's")
    };
}
#[allow(unused_macros)]
macro_rules! compile_error {
    ($($tokens:tt)*) => {
        not the standard one
    };
}

// What a type, a value or a method in an expansion could meet.
#[derive(Debug, PartialEq)]
struct Option;
#[expect(dead_code, reason = "shadows")]
enum Some {}
#[expect(dead_code, reason = "shadows")]
enum None {}
#[expect(dead_code, reason = "shadows")]
enum Ok {}
type Source = ();
#[expect(dead_code, reason = "shadows")]
trait Future {}
#[expect(dead_code, reason = "shadows")]
trait IntoIterator {}
#[expect(dead_code, reason = "shadows")]
trait Iterator {}
fn enter() {}
fn suspend() {}
fn leaf() {}
fn types() {}
fn frame() {}
fn item() {}
fn next() {}
fn value() {}
fn delegation() {}

/// A trait that all types have, with the names of the expansion's methods.
trait Meddler: ::std::marker::Sized {
    fn put(self) {}
    fn sent(self) {}
    fn poll(self) {}
    fn delegate(self) {}
    fn tarae_delegate(self) {}
    fn into_future(self) {}
}
impl<T> Meddler for T {}

use ::std::iter::Iterator as _;
use ::std::{assert_eq, vec};

#[test]
fn a_generator() {
    let (frame, types, item, source, next, value, body, delegation) = (1, 2, 3, 4, 5, 6, 7, 8);
    let numbers = another_name::generator!({
        yield frame + types;
        let item = {
            yield item;
            source
        };
        for n in [next, value] {
            yield n + item;
        }
        yield body * delegation;
    });
    assert_eq!(numbers.collect::<::std::vec::Vec<i32>>(), [3, 3, 9, 10, 56]);
}

#[test]
fn a_coroutine_and_delegation() {
    use another_name::generator::{Body, Coroutine as _, Generator, Step, Yields};

    fn inner(sent: i32) -> Generator<impl Body<Yield = i32, Sent = i32, Output = i32>> {
        another_name::coroutine!({
            let next: i32 = yield sent;
            next + sent
        })
    }
    fn count(frame: u32) -> Generator<impl Yields<u32>> {
        another_name::generator!({
            if frame > 0 {
                another_name::yield_from!(count(frame - 1));
                yield frame;
            }
        })
    }
    let mut outer = another_name::coroutine!(|source: i32| -> ::std::string::String {
        let value = another_name::yield_from!(inner(source));
        let types: i32 = yield value;
        ::std::string::ToString::to_string(&types)
    })(1);
    assert_eq!(outer.start(), Step::Yield(1));
    assert_eq!(outer.send(2), Step::Yield(3));
    assert_eq!(outer.send(4), Step::Return(::std::string::ToString::to_string("4")));
    assert_eq!(count(3).collect::<::std::vec::Vec<u32>>(), [1, 2, 3]);
}

#[test]
fn under_other_names() {
    use another_name::{coroutine as conversation, generator as lazily};
    let numbers = lazily!({
        yield 1;
        yield 2;
    });
    assert_eq!(numbers.sum::<i32>(), 3);
    let mut echo = conversation!({
        let sent: i32 = yield 1;
        sent
    });
    assert_eq!(another_name::generator::Coroutine::start(&mut echo), another_name::generator::Step::Yield(1));

    macro_rules! items {
        ($($item:expr),*) => {
            another_name::generator!({ $( yield $item; )* })
        };
    }
    assert_eq!(items!(1, 2 + 3, vec![6].len()).sum::<usize>(), 7);
    macro_rules! doubled {
        ($($tokens:tt)*) => {{ $($tokens)* $($tokens)* }};
    }
    let twice = lazily!({
        doubled!({
            yield 1;
        });
    });
    assert_eq!(twice.count(), 2);
}

#[test]
fn what_the_program_shadows_is_still_its_own() {
    enter();
    suspend();
    leaf();
    types();
    frame();
    item();
    next();
    value();
    delegation();
    1.put();
    2.sent();
    3.poll();
    4.delegate();
    5.tarae_delegate();
    6.into_future();
    let (): Source = ();
    assert_eq!(Option, Option);
}
