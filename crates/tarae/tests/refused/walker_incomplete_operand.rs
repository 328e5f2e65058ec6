//! An operand that is none is reported at its end, and nowhere in what the macro makes of it.
#![forbid(unsafe_code)]

use tarae::prelude::*;

fn main() {
    let _ = generator!({
        yield 1 +;
    });
    let _ = generator!({
        yield 1 2;
    });
    let _ = generator!({
        yield + 1;
    });
    let _ = generator!({
        yield x.;
    });
}
