//! `for await` and `yield_from!` take streams; iterators are looped over by `for`.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let looped = stream!({
        for await n in 0..3 {
            yield n;
        }
    });
    let handed_on = stream!({
        yield_from!(0..3);
    });
}
