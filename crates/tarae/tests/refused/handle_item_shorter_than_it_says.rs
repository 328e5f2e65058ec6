//! As for the macro: the handle's item type is the driver's, lifetimes included.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;
use tarae::generator::Yielder;

fn main() {
    let mut kept: Vec<&'static str> = Vec::new();
    {
        let text = String::from("gone");
        let borrowed: &str = &text;
        let mut generator = tarae::generator::from_fn(async move |mut y: Yielder<&'static str>| {
            y.yield_(borrowed).await;
        });
        kept.push(generator.next().unwrap());
    }
    println!("{kept:?}");
}
