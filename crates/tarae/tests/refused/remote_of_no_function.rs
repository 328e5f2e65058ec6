//! The attribute stands on functions, and takes nothing but the path of the crate.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::remote;

#[remote]
struct Type;

#[remote]
const CONSTANT: fn() = || ();

#[remote]
impl Type {
    fn associated(n: u8) -> u8 {
        n
    }
}

#[remote]
mod module {}

#[remote("name")]
fn named() {}

#[remote(krate = tarae)]
fn misspelt() {}

#[remote(crate = "tarae")]
fn in_quotes() {}

#[remote(crate = )]
fn without_a_path() {}

fn main() {}
