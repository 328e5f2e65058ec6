//! An item outlives the body's next step, and its locals may not.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let stream = stream!({
        let text = String::from("local");
        yield &text[..];
    });
    futures::executor::block_on_stream(Box::pin(stream)).next();
}
