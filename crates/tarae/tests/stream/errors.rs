//! `try_stream!`: an error that `?` meets is the last item.

use crate::support::{Task, all, next, pending_once};
use std::num::ParseIntError;
use std::pin::pin;
use tarae::prelude::*;
use tarae::stream::{FusedStream, Stream};

#[test]
fn an_error_is_an_item() {
    let stream = try_stream!({
        if true {
            Err("hello")?;
        } else {
            yield "world";
        }
        unreachable!();
    });
    assert_eq!(all(stream), [Err("hello")]);
}

/// G48.
#[test]
fn an_error_is_the_last_item() {
    let stream = try_stream!({
        yield "hello";
        Err("world")?;
        unreachable!();
    });
    let mut stream = pin!(stream);
    assert_eq!(next(stream.as_mut()), Some(Ok("hello")));
    assert!(!stream.is_terminated());
    assert_eq!(next(stream.as_mut()), Some(Err("world")));
    assert!(stream.is_terminated());
    assert_eq!(next(stream.as_mut()), None);
    assert_eq!(next(stream.as_mut()), None);
}

#[test]
fn errors_are_converted() {
    struct Low(u8);
    #[derive(PartialEq, Debug)]
    struct High(u8);
    impl From<Low> for High {
        fn from(low: Low) -> High {
            High(low.0)
        }
    }
    fn stream() -> impl Stream<Item = Result<&'static str, High>> {
        try_stream!({
            if true {
                Err(Low(1))?;
            } else {
                Err(High(2))?;
            }
            yield "unreachable";
        })
    }
    assert_eq!(all(stream()), [Err(High(1))]);
}

#[test]
fn one_question_mark_after_another() {
    fn stream() -> impl Stream<Item = Result<i32, String>> {
        try_stream!({
            let a = Ok::<_, String>(Ok::<_, String>(123))??;
            for _ in 1..10 {
                yield a;
            }
        })
    }
    assert_eq!(all(stream()), vec![Ok(123); 9]);
}

/// async-stream's issue 65.
#[test]
fn an_operand_that_is_an_error() {
    fn stream() -> impl Stream<Item = Result<u32, ()>> {
        try_stream!({
            yield Err(())?;
        })
    }
    assert_eq!(all(stream()), [Err(())]);
}

fn numbers(text: &str) -> impl Stream<Item = Result<i32, ParseIntError>> {
    try_stream!({
        for word in text.split(' ') {
            pending_once().await;
            yield word.parse::<i32>()?;
        }
    })
}

#[test]
fn errors_after_what_was_pending() {
    let mut numbers = pin!(numbers("1 x 2"));
    let task = Task::new();
    assert!(task.poll(numbers.as_mut()).is_pending());
    assert_eq!(next(numbers.as_mut()), Some(Ok(1)));
    assert!(task.poll(numbers.as_mut()).is_pending());
    assert!(next(numbers.as_mut()).is_some_and(|item| item.is_err()));
    assert_eq!(next(numbers.as_mut()), None);
}

#[test]
fn without_an_error_it_just_ends() {
    let stream = try_stream!(|| -> Result<u8, ()> {
        yield 1;
        yield 2;
    });
    assert_eq!(all(stream()), [Ok(1), Ok(2)]);
}

#[test]
fn the_items_type_names_the_errors() {
    let checked = try_stream!(|limit: u32| -> Result<_, Box<dyn std::error::Error>> {
        for n in ["1", "2", "x"] {
            let n: u32 = n.parse()?;
            if n > limit {
                Err("too large")?;
            }
            yield n;
        }
    });
    let texts = |limit| -> Vec<_> {
        all(checked(limit)).into_iter().map(|item| item.map_err(|error| error.to_string())).collect()
    };
    assert_eq!(texts(1), [Ok(1), Err("too large".to_string())]);
    assert_eq!(texts(5), [Ok(1), Ok(2), Err("invalid digit found in string".to_string())]);
}

#[test]
fn every_kind_of_return_ends_it() {
    let stream = |how: u8| {
        try_stream!({
            yield how;
            match how {
                0 => return,
                1 => return Ok(()),
                2 => return Err("returned"),
                _ => {}
            }
            if how == 3 {
                return;
            }
            Err("went on")?;
        })
    };
    assert_eq!(all(stream(0)), [Ok(0)]);
    assert_eq!(all(stream(1)), [Ok(1)]);
    assert_eq!(all(stream(2)), [Ok(2), Err("returned")]);
    assert_eq!(all(stream(3)), [Ok(3)]);
    assert_eq!(all(stream(4)), [Ok(4), Err("went on")]);
}

/// What a `return` without a value ends is asked of the types: it may stand in something else than the body.
#[test]
fn a_return_in_a_closure_is_the_closures() {
    let stream = try_stream!(|| -> Result<usize, ()> {
        let mut seen = Vec::new();
        let mut see = |n: i32| {
            if n % 2 == 0 {
                return;
            }
            seen.push(n);
        };
        (0..6).for_each(&mut see);
        let later = async {
            if seen.is_empty() {
                return;
            }
            pending_once().await;
        };
        later.await;
        fn function(n: &mut usize) {
            if *n > 2 {
                return;
            }
            *n = 0;
        }
        let mut n = seen.len();
        function(&mut n);
        yield n;
    })();
    let mut stream = pin!(stream);
    assert!(Task::new().poll(stream.as_mut()).is_pending());
    assert_eq!(next(stream.as_mut()), Some(Ok(3)));
    assert_eq!(next(stream.as_mut()), None);
}
