//! A closure stays in its process, and a map with it: the message says what to write for it.
#![forbid(unsafe_code)]

use tarae::prelude::*;

fn main() {
    let pool = ProcessPool::new(1).unwrap();
    let n = 2;
    let sums = (0..3).par_map(&pool, move |x| x + n);
    assert_eq!(sums.sum::<i32>(), 9);
}
