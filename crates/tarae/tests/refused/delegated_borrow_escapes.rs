//! A borrow of the parent's local, lent to the child, is carried out by it.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

fn main() {
    let cell = std::cell::RefCell::new(None);
    let escape = &cell;
    let mut generator = generator!({
        let numbers = vec![1u8];
        let borrowed = &numbers;
        yield_from!(generator!({
            *escape.borrow_mut() = Some(borrowed);
            yield 1u8;
        }));
    });
    generator.next();
    drop(generator);
    println!("{:?}", cell.borrow());
}
