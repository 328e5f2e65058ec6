//! A closure stays in its process: the message says what to write for it.
#![forbid(unsafe_code)]

use tarae::prelude::*;

fn main() {
    let pool = ProcessPool::new(1).unwrap();
    let n = 2;
    pool.submit(move || n + 1);
    pool.submit(|| 1);
}
