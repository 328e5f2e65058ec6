//! What the macros expand to cannot be called by safe code: no body is made by hand.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    use tarae::__private::Expansion;

    let types = Expansion::types::<u8, (), false>();
    let body = async move {
        let frame = Expansion::enter(types).await;
        frame.put(1);
        Expansion::suspend(types).await;
    };
    let _generator = Expansion::leaf(types, body);
}
