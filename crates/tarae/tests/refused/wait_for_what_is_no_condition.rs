//! F44: when `wait` comes back is one of three names, and not a word that may be misspelt.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let tasks = [Inline.submit(|| 1)];
    wait(&tasks, None, "FIRST_COMPLETED");
    wait(&tasks, None, Wait::First);
}
