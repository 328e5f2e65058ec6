//! A promise takes what its task gives: kept with what does not live long enough, the task would hand out freed memory.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;
use tarae::task::{Promise, promise};

fn dangling() -> &'static str {
    let (answer, task) = promise::<&'static str>();
    let text = String::from("gone");
    let shorter: Promise<&str> = answer;
    shorter.complete(&text).unwrap();
    task.result().unwrap()
}

fn main() {
    dangling();
}
