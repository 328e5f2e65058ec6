//! A boxed coroutine is `Send` only if it says so, and is never `Sync`.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::generator::{BoxGenerator, LocalBoxGenerator};
use tarae::prelude::*;

fn is_send<T: Send>(_: &T) {}
fn is_sync<T: Sync>(_: &T) {}

fn main() {
    let local: LocalBoxGenerator<u8> = generator!({ yield 1; }).boxed_local();
    is_send(&local);
    let one: BoxGenerator<u8> = generator!({ yield 1; }).boxed();
    is_sync(&one);
}
