//! What the macros expand to cannot be called by safe code: no body is made by hand.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    use tarae::__private::StreamExpansion;

    let types = StreamExpansion::types::<u8>();
    let body = async move {
        StreamExpansion::put(types, 1).await;
    };
    let stream = StreamExpansion::stream(types, body);
}
