//! Two yields of one handle at once: the second would overwrite the first one's item.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut generator = tarae::generator::from_fn(async |mut y| {
        let first = y.yield_(1);
        let second = y.yield_(2);
        first.await;
        second.await;
    });
    generator.next();
}
