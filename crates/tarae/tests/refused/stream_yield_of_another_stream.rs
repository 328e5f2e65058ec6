//! A yield that another macro puts into an async block, which an inner stream of another type awaits (async-stream's
//! issue 106: it put a number where a box was read).
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

macro_rules! later {
    ($what:expr) => { async { $what } };
}

fn main() {
    let outer = stream!({
        let yield_42 = later!(yield 42_usize);
        let inner = stream!({
            yield Box::new(12345);
            yield_42.await;
        });
        for await number in inner {
            println!("{number}");
        }
    });
}
