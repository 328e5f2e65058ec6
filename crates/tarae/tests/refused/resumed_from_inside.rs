//! A body cannot have the `&mut` that is resuming it.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let mut slot: Option<Box<dyn Iterator<Item = i32> + '_>> = None;
    let inside = &mut slot;
    slot = Some(Box::new(generator!({
        if let Some(itself) = inside {
            yield itself.next().unwrap();
        }
    })));
    slot.as_mut().unwrap().next();
}
