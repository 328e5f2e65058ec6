//! Attack 3 with a label of the same name: the names of an expansion are its own.
#![forbid(unsafe_code)]
#![allow(unused)]

use tarae::prelude::*;

macro_rules! lazy {
    ($($body:tt)*) => {
        async {
            'a_yield_must_stand_directly_in_the_body_of_its_generator: {
                $($body)*
            }
        }
    };
}

fn main() {
    let mut generator = generator!({
        lazy!({ yield 1; }).await;
    });
    generator.next();
}
