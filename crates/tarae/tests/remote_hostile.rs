//! `#[remote]` in a crate that shadows what it can: no prelude, modules named like the standard library's and like what the
//! attribute expands to, and lints that nothing may allow.
#![no_implicit_prelude]
#![forbid(unsafe_code, missing_docs, non_camel_case_types, dead_code, deprecated, unreachable_pub)]
#![deny(warnings, clippy::all, clippy::pedantic, unused_qualifications, unused_results, unused_lifetimes)]
#![deny(missing_debug_implementations, missing_copy_implementations, trivial_casts, let_underscore_drop)]

extern crate tarae as another_name;

another_name::init!();

// What a path in an expansion could meet.
mod core {}
mod std {}
mod alloc {}
mod tarae {}
mod linkme {}
mod serde {}
mod executor {}
mod __private {}

// What a macro in an expansion could meet.
#[allow(unused_macros)]
macro_rules! concat {
    ($($tokens:tt)*) => {
        compile_error!("not the program's")
    };
}
#[allow(unused_macros)]
macro_rules! module_path {
    ($($tokens:tt)*) => {
        compile_error!("not the program's")
    };
}

use ::std::assert_eq;
use ::std::primitive::u64;
use another_name::executor::{Executor as _, Inline, ProcessPool};

#[another_name::remote]
fn under_the_usual_name(first: u64, second: u64) -> u64 {
    first + second
}

#[another_name::remote(crate = another_name)]
fn under_another_name(text: ::std::string::String) -> ::std::string::String {
    text
}

#[another_name::remote(crate = ::tarae)]
fn never_asked_for(first: u64) -> u64 {
    first
}

#[test]
fn called_here_and_in_another_process() {
    let pool = ProcessPool::new(1).unwrap();
    assert_eq!(Inline.submit(under_the_usual_name::call(1, 2)).result().unwrap(), 3);
    assert_eq!(pool.submit(under_the_usual_name::call(1, 2)).result().unwrap(), 3);
    let text = ::std::string::ToString::to_string("text");
    assert_eq!(pool.submit(under_another_name::call(text)).result().unwrap(), "text");
}
