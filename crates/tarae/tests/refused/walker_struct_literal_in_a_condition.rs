//! As everywhere in a condition, a struct literal needs parentheses.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

struct Point { x: i32 }

fn main() {
    let _ = coroutine!({
        if yield Point { x: 1 } {
            println!("yes");
        }
    });
}
