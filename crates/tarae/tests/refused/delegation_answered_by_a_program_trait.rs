//! The delegation is a method call. Were a trait of the program's to answer it, it would be given the frame, and could hand a
//! stale one back a resume later: a write to a dead stack frame, in a program without `unsafe`.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;
use std::any::Any;
use std::cell::RefCell;

thread_local!(static STOLEN: RefCell<Option<Box<dyn Any>>> = const { RefCell::new(None) });

trait Steal: Sized {
    fn tarae_delegate<F: Copy + 'static>(self, frame: F, _: Option<()>) -> std::future::Ready<(F, ())> {
        let stale = STOLEN.replace(Some(Box::new(frame)));
        std::future::ready((stale.map_or(frame, |stale| *stale.downcast().unwrap()), ()))
    }
}

struct Thief;
impl Steal for tarae::__private::Source<Thief> {}

fn main() {
    let mut generator = generator!({
        yield_from!(Thief);
        yield String::from("to a live frame");
        yield_from!(Thief);
        yield String::from("to a dead one");
    });
    generator.next();
    generator.next();
}
