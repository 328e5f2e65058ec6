//! A generator is `Send` only if all that it may delegate to is, boxed or not.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::generator::LocalBoxGenerator;
use tarae::prelude::*;
use std::rc::Rc;

fn is_send<T: Send>(_: T) {}

fn local() -> LocalBoxGenerator<'static, u8> {
    let counted = Rc::new(1);
    generator!({ yield *counted; }).boxed_local()
}

fn main() {
    is_send(generator!({ yield_from!(local()); }));
    let _ = generator!({ yield_from!(generator!({ yield_from!(local()); })); }).boxed();
}
