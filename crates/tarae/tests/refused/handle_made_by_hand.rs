//! Nobody makes a second handle for an id.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let _handle = tarae::generator::Yielder::<u8> { id: 1 };
}
