//! F14: an answer is taken once, by type: whoever wants to look at it again makes the task `shared`.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let task = Inline.submit(|| String::new());
    task.result();
    task.result();
}
