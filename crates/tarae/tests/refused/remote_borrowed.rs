//! What is borrowed stays in its process: neither an argument nor a result can be, at whatever depth, not even for ever.
#![forbid(unsafe_code)]
#![allow(unused)]

use std::borrow::Cow;
use tarae::remote;

#[remote]
fn argument(text: &str) -> usize {
    text.len()
}

#[remote]
fn changed(n: u8, list: &mut Vec<u8>) {
    list.push(n);
}

#[remote]
fn for_ever(text: &'static str) -> usize {
    text.len()
}

#[remote]
fn inside((n, texts): (u8, Vec<[&str; 2]>)) -> usize {
    texts.len()
}

#[remote]
fn perhaps(text: Cow<'_, str>) -> usize {
    text.len()
}

#[remote]
fn result(n: u8) -> &'static str {
    "n"
}

#[remote]
fn result_inside(n: u8) -> Result<u8, &'static str> {
    Ok(n)
}

fn main() {
    #[remote]
    fn in_a_function(text: &str) -> usize {
        text.len()
    }
}
