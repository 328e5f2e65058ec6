//! A delegation that could be dropped half-way would leave the chain pointing at a child that is gone.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut generator = generator!({
        let nested = async {
            yield_from!(0..3);
        };
        nested.await;
    });
    generator.next();
}
