//! As for an unboxed child (`delegate_outlives_what_it_borrows`). A child's node is dropped with its generator, so what the child borrows must outlive that: the compiler must see it,
//! though the chain does not name the child's type.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

struct Reads<'a>(&'a String);
impl Drop for Reads<'_> {
    fn drop(&mut self) {
        println!("{}", self.0);
    }
}

fn child(text: &String) -> Generator<impl Yields<i32>> {
    let reads = Reads(text);
    generator!({
        yield 1;
        drop(reads);
    })
}

fn main() {
    let mut longer;
    let text = String::from("gone before the generator");
    let borrowed = &text;
    longer = generator!({
        yield_from!(child(borrowed).boxed());
    });
    longer.next();
}
