//! What follows `yield` is an expression.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    async fn work() {}
    let stream = stream!({
        tokio::select! {
            _ = work() => yield fn f() {},
        }
    });
}
