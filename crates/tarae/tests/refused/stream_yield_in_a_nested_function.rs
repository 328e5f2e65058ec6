//! A function in a stream's body is none of it.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let stream = stream!({
        fn function() {
            yield "hello";
        }
    });
}
