//! Items that live less long than what they are collected into (async-stream's issue 107).
#![forbid(unsafe_code)]
#![allow(unused)]

use futures::StreamExt;
use futures::executor::block_on;
use tarae::prelude::*;

fn main() {
    let mut outer = vec![];
    {
        let numbers = vec![0; 10];
        let numbers = &numbers;
        let mut stream = std::pin::pin!(stream!({
            for number in numbers {
                yield number
            }
        }));
        while let Some(number) = block_on(stream.next()) {
            outer.push(number);
        }
    }
    println!("{outer:?}");
}
