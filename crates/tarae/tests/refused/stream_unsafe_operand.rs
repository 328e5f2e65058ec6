//! Operands do not stand in the expansion's `unsafe`.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let stream = stream!({
        yield String::from_utf8_unchecked(vec![255]);
        yield_from!(futures::stream::iter([String::from_utf8_unchecked(vec![255])]));
        for await text in futures::stream::iter([String::from_utf8_unchecked(vec![255])]) {
            yield text;
        }
    });
}
