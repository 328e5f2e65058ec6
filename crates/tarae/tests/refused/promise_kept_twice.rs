//! F19, F20: a promise is kept or failed once, by type: it is used up.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;
use tarae::task::promise;

fn main() {
    let (answer, task) = promise::<u32>();
    answer.complete(1);
    answer.complete(2);

    let (answer, task) = promise::<u32>();
    answer.fail(std::fmt::Error);
    answer.fail(std::fmt::Error);
}
