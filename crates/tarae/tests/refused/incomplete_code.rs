//! Code that is being written: the errors are the compiler's, at the place, and the macro does not panic.
#![forbid(unsafe_code)]

use tarae::prelude::*;

fn main() {
    let _ = generator!({
        yield |x
    });
    let _ = generator!({
        yield 'label
    });
    let _ = generator!({
        yield 1 as &'a
    });
    let _ = generator!({
        yield 1 as fn
    });
    let _ = generator!({
        if let
    });
    let _ = generator!({
        for x
    });
    let _ = generator!({
        yield Vec::<
    });
    let _ = generator!(|x);
}
