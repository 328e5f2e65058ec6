//! As in `for`, the pattern must take every item.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let stream = stream!({
        for await Some(n) in futures::stream::iter([Some(1), None]) {
            yield n;
        }
    });
}
