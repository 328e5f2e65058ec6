//! Handles are invariant: one for short-lived items is not one for long-lived items, nor the other way round.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;
use tarae::generator::Yielder;

fn longer<'a>(handle: Yielder<&'a str>) -> Yielder<&'static str> {
    handle
}

fn shorter<'a>(handle: Yielder<&'static str>) -> Yielder<&'a str> {
    handle
}

fn main() {}
