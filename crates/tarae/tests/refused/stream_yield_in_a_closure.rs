//! A closure in a stream's body may be called by anybody.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let stream = stream!({
        Ok("value").and_then(|v| {
            yield v;
            Ok::<_, ()>(())
        });
    });
}
