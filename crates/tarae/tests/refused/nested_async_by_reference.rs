//! Attack 1 with a block that borrows: it could be polled by hand.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut generator = generator!({
        let nested = async {
            yield 1;
        };
        nested.await;
    });
    generator.next();
}
