//! A shared handle counts without atomics.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let shared = generator!({ yield 1; }).shared();
    std::thread::spawn(move || shared.try_next());
}
