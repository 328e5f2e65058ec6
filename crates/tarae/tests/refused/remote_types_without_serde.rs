//! A value that serde does not know cannot be sent: the message points at its type.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::remote;

struct Unknown;

#[remote]
fn argument(n: u8, (first, value): (u8, Unknown), last: u8) {}

#[remote]
fn only_argument(value: Vec<Unknown>) {}

#[remote]
fn result(n: u8) -> Option<Unknown> {
    None
}

fn main() {}
