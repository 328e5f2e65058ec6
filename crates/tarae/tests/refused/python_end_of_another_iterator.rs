//! G11: the end of an inner iterator, handed on by `?`, does not end a generator that is iterated over: it would be lost.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn firsts(mut rows: Vec<std::vec::IntoIter<i32>>) -> Generator<impl Yields<i32>> {
    generator!({
        for row in &mut rows {
            yield row.next()?;
        }
    })
}

fn main() {
    let sum: i32 = firsts(Vec::new()).sum();
}
