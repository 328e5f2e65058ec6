//! Only the engine implements `Body`: its drivers rely on what the trait's hidden half says.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;
use std::pin::Pin;
use std::task::{Context, Poll};

struct Mine;

impl Future for Mine {
    type Output = ();
    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        Poll::Pending
    }
}

impl Body for Mine {
    type Yield = u8;
    type Sent = ();
}

fn main() {}
