//! Functions that another process cannot be asked to call, or not as they are.
#![allow(unused)]

use tarae::remote;

#[remote]
async fn asynchronous(n: u8) -> u8 {
    n
}

#[remote]
const unsafe fn trusting(n: u8) -> u8 {
    n
}

#[remote]
extern "C" fn foreign(n: u8) -> u8 {
    n
}

#[remote]
fn never_returns() -> ! {
    std::process::exit(1)
}

#[remote]
fn conditional(n: u8, #[cfg(unix)] m: u8) -> u8 {
    n
}

#[remote]
#[rustfmt::skip]
fn of_seventeen(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8, i: u8, j: u8, k: u8, l: u8, m: u8, n: u8, o: u8, p: u8, q: u8) {}

#[remote]
fn str(n: u8) -> u8 {
    n
}

struct Type;

impl Type {
    #[remote]
    fn method(&self, n: u8) -> u8 {
        n
    }

    #[remote]
    fn method_of_a_box(mut self: Box<Self>) -> u8 {
        1
    }

    #[remote]
    fn of_its_type(n: u8) -> Option<Self> {
        None
    }
}

trait Trait {
    #[remote]
    fn required(n: u8) -> u8;
}

fn main() {}
