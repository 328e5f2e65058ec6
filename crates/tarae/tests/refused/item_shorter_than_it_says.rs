//! Item types are tied to the driver's, lifetimes included.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut kept: Vec<&'static str> = Vec::new();
    {
        let text = String::from("gone");
        let borrowed: &str = &text;
        let mut generator = generator!({
            yield borrowed;
        });
        kept.push(generator.next().unwrap());
    }
    println!("{kept:?}");
}
