//! One handle for an id: whoever has it is the only writer of its frame.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut generator = tarae::generator::from_fn(async |mut y: tarae::generator::Yielder<u8>| {
        let mut other = y.clone();
        y.yield_(1).await;
        other.yield_(2).await;
    });
    generator.next();
}
