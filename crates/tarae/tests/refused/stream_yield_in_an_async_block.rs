//! A yield in a nested async block: that block may be polled by anybody.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let stream = stream!({
        let later = async {
            yield 123;
        };
        later.await;
    });
}
