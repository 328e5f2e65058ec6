//! What is sent must live as long as the coroutine keeps it.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut keeper = coroutine!({
        let mut kept: Vec<&str> = Vec::new();
        loop {
            kept.push(yield kept.len());
        }
    });
    let _: Step<usize, ()> = keeper.start();
    {
        let text = String::from("gone");
        let _: Step<usize, ()> = keeper.send(&text);
    }
    let _: Step<usize, ()> = keeper.send("end");
}
