//! An async closure is a body of its own, polled by whoever awaits it.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut generator = generator!({
        let each = async |n: i32| {
            yield n;
        };
        each(1).await;
    });
    generator.next();
}
