//! The expansion under a name of the program's choice that means the real crate at first, and in a block of the body another:
//! so a delegation of the program's kept the frame, and handed a stale one back a resume later.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;
use std::any::Any;
use std::cell::RefCell;

mod real {
    pub use tarae::__private;
}

mod thief {
    pub mod __private {
        pub use std as core;
        pub trait DelegateCoroutine {}
        pub trait DelegateItems {}
        pub struct Source;
        impl Source {
            pub fn new((): ()) -> Self {
                Source
            }
            pub fn tarae_delegate<F: Copy + 'static>(self, frame: F, _: Option<()>) -> std::future::Ready<(F, ())> {
                let stale = crate::STOLEN.replace(Some(Box::new(frame)));
                std::future::ready((stale.map_or(frame, |stale| *stale.downcast().unwrap()), ()))
            }
        }
        pub struct Expansion;
        impl Expansion {
            pub fn delegation<D>(delegation: D) -> D {
                delegation
            }
        }
    }
}

thread_local!(static STOLEN: RefCell<Option<Box<dyn Any>>> = const { RefCell::new(None) });

fn main() {
    use real as name;
    let mut generator = tarae::__private::generator!(name; {
        { use thief as name; yield_from!(()); }
        yield String::from("to a live frame");
        { use thief as name; yield_from!(()); }
        yield String::from("to a dead one");
    });
    generator.next();
    generator.next();
}
