//! What stands close to the refused programs and is right: were this refused too, they would prove nothing.
#![forbid(unsafe_code)]
#![deny(warnings)]

use std::rc::Rc;
use tarae::prelude::*;

macro_rules! twice {
    ($($body:tt)*) => { $($body)* $($body)* };
}

fn send<T: Send>(value: T) -> T {
    value
}

fn main() {
    let later = generator!({
        let nested = async move { 7 };
        yield 0;
        let seven = nested.await;
        yield seven;
        twice!(yield 1;);
        let add = |n: i32| n + 1;
        yield add(1);
    });
    assert_eq!(later.collect::<Vec<_>>(), [0, 7, 1, 1, 2]);

    let text = String::from("from outside");
    let borrowed = &text;
    let words = generator!({
        let count = borrowed.len();
        let counted = &count;
        yield_from!(borrowed.split(' '));
        yield_from!(generator!({
            if *counted > 3 {
                yield borrowed.as_str();
            }
        }));
    });
    assert_eq!(words.collect::<Vec<_>>(), ["from", "outside", "from outside"]);

    let mut items = send(generator!({
        yield Rc::new(1);
        yield Rc::new(2);
    }));
    assert_eq!(items.next(), Some(Rc::new(1)));
    std::thread::spawn(move || assert_eq!(*items.next().unwrap(), 2)).join().unwrap();

    let mut handed = send(tarae::generator::from_fn(async |mut y| {
        y.yield_(1).await;
        let nested = async { y.yield_(2).await };
        nested.await;
    }));
    assert_eq!((handed.next(), handed.next(), handed.next()), (Some(1), Some(2), None));
}
