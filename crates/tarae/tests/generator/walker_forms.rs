//! What may stand in a macro: braces, bare statements, closures with a block or an expression. And what a program around
//! it does not notice: no lint of its own fires on what the macro makes, and no name of its own gets into it.
#![deny(warnings, clippy::all)]

use tarae::prelude::*;

#[rustfmt::skip]
mod bare_statements {
    use super::*;

    #[test]
    fn of_a_generator() {
        let generator = generator! {
            let two = 2;
            yield 1;
            yield two;
        };
        assert_eq!(generator.collect::<Vec<_>>(), [1, 2]);
        let generator = generator! { for n in 0..3 { yield n } };
        assert_eq!(generator.collect::<Vec<_>>(), [0, 1, 2]);
        let generator = generator! { { yield 1; } { yield 2; } };
        assert_eq!(generator.collect::<Vec<_>>(), [1, 2]);
        let generator = generator! { yield_from!(1..3) };
        assert_eq!(generator.collect::<Vec<_>>(), [1, 2]);
        let generator = generator! { 'rows: loop { yield 1; if true { break 'rows; } } };
        assert_eq!(generator.collect::<Vec<_>>(), [1]);
        let generator = generator!(yield 1);
        assert_eq!(generator.collect::<Vec<_>>(), [1]);
        let generator = generator![move yield 1, ];
        assert_eq!(generator.collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn of_a_coroutine() {
        let mut adder = coroutine! {
            let a: i32 = yield "first?";
            let b: i32 = yield "second?";
            a + b
        };
        assert_eq!(adder.start(), Step::Yield("first?"));
        assert_eq!(adder.send(1), Step::Yield("second?"));
        assert_eq!(adder.send(2), Step::Return(3));
    }

    #[test]
    fn with_a_return_and_no_yield() {
        fn nothing() -> Generator<impl Yields<i32>> {
            generator! { return; }
        }
        assert_eq!(nothing().count(), 0);
    }

    #[test]
    fn of_streams() {
        use futures::StreamExt;
        use futures::executor::block_on;
        let stream = stream! {
            yield 1;
            yield async { 2 }.await;
        };
        assert_eq!(block_on(stream.collect::<Vec<_>>()), [1, 2]);
        let stream = try_stream! {
            yield "1".parse::<i32>()?;
            return Err("x".parse::<i32>().unwrap_err());
        };
        let items = block_on(stream.collect::<Vec<_>>());
        assert_eq!(items.len(), 2);
        assert_eq!(items[0], Ok(1));
    }
}

#[test]
fn a_closure_with_an_expression_for_its_body() {
    let one = generator!(|n: i32| yield n);
    assert_eq!(one(5).collect::<Vec<_>>(), [5]);
    let doubled = coroutine!(|n: i32| 2 * yield n);
    let mut doubled = doubled(1);
    assert_eq!((doubled.start(), doubled.send(4)), (Step::Yield(1), Step::Return(8)));
    let up_to = generator!(|n: u32| for i in 0..n {
        yield i
    });
    assert_eq!(up_to(3).collect::<Vec<_>>(), [0, 1, 2]);
    let either = generator!(|n: u32| match n {
        0 => yield 0,
        n => {
            yield n - 1;
            yield n;
        }
    });
    assert_eq!(either(5).chain(either(0)).collect::<Vec<_>>(), [4, 5, 0]);
    let all = generator!(|items: [i32; 2]| yield_from!(items));
    assert_eq!(all([1, 2]).collect::<Vec<_>>(), [1, 2]);
    let empty = generator!(|| yield);
    assert_eq!(empty().count(), 1);
}

/// Fragments of a `macro_rules!` come in groups of their own.
#[test]
fn bodies_and_operands_from_a_programs_macro() {
    fn n_is(n: i32) -> bool {
        n == 2
    }
    macro_rules! upwards {
        ($from:expr, $while:expr, $type:ty, $body:block) => {
            generator!({
                let mut n = $from;
                while $while $body
                if $while $body else { yield $from as $type; }
                loop {
                    yield n as $type;
                    n += 1;
                }
            })
        };
    }
    let numbers = upwards!(1 + 1, n_is(1), i64, {});
    assert_eq!(numbers.take(3).collect::<Vec<i64>>(), [2, 2, 3]);
    macro_rules! with_statements {
        ($($statements:tt)*) => { generator! { $($statements)* yield 9; } };
    }
    assert_eq!(with_statements!(yield 7; yield 8;).collect::<Vec<_>>(), [7, 8, 9]);
    macro_rules! empty {
        ($body:block) => {
            generator!($body)
        };
    }
    fn nothing() -> Generator<impl Yields<u8>> {
        empty!({
            println!("ran");
        })
    }
    assert_eq!(nothing().count(), 0);
    macro_rules! making {
        ($name:ident, $body:block) => {
            generator!(|$name: Vec<u8>| $body)
        };
    }
    fn none_of(items: Vec<u8>) -> Generator<impl Yields<u8>> {
        let make = making!(items, {
            drop(items);
        });
        make(items)
    }
    assert_eq!(none_of(vec![1]).count(), 0);
}

/// All lints are errors in this file: parentheses around a yield are the author's to choose.
#[test]
fn parentheses_around_a_yield_are_not_superfluous() {
    let mut coroutine = coroutine!(|| -> Option<i32> {
        let first: Option<i32> = (yield 1);
        let mut sum = first?;
        while let Some(n) = (yield sum) {
            sum += n;
        }
        if (yield 10).is_some() {
            return (yield 11);
        }
        match (yield 12) {
            Some(n) => sum = n,
            None => return (yield 13),
        }
        #[allow(for_loops_over_fallibles)]
        for n in (yield 14) {
            sum += n;
        }
        let both = [(yield 15), (yield (16))];
        std::convert::identity((yield 17));
        (yield sum + both[0]? + both[1]?)
    })();
    let mut items = Vec::new();
    let mut step = coroutine.start();
    let mut sent =
        [Some(1), Some(2), None, None, Some(5), Some(6), Some(7), Some(8), None, Some(3)].into_iter();
    while let Step::Yield(item) = step {
        items.push(item);
        step = coroutine.send(sent.next().unwrap());
    }
    assert_eq!(items, [1, 1, 3, 10, 12, 14, 15, 16, 17, 26]);
    assert_eq!(step, Step::Return(Some(3)));
}

/// A yield in a closure is refused; one in a generator that a closure makes is not in the closure.
#[test]
fn closures_beside_yields() {
    enum Side {
        Left,
        Right,
    }
    let generator = generator!({
        let make = |n| generator!({ yield n });
        yield_from!(make(1));
        yield_from!([2, 3].into_iter().flat_map(|n| generator!(|n| yield n)(n)));
        let add = |a: i32, b| -> i32 { a + b };
        yield add(2, 2);
        yield [1].map(|n| n)[0] | 4;
        let add_one = |n| match n {
            0 => 1,
            n => n + 1,
        };
        yield add_one(5);
        for side in [Side::Left, Side::Right] {
            match side {
                Side::Left if [1].iter().any(|n| *n > 0) => yield 7,
                Side::Left | Side::Right => yield [8].map(|n| n)[0],
            }
        }
        let nine = std::iter::once(4).fold(1, |sum, n| sum + n) | 8;
        yield nine - 4;
    });
    assert_eq!(generator.collect::<Vec<_>>(), (1..10).collect::<Vec<_>>());
}

/// Hygiene does not keep a program's constants out of patterns.
mod names_of_the_programs {
    #![allow(non_upper_case_globals, non_camel_case_types, dead_code)]
    use super::*;
    use futures::StreamExt;
    use futures::executor::block_on;

    const frame: i32 = 1;
    static types: i32 = 2;
    struct item;
    const body: &str = "body";
    static mut source: u8 = 3;
    const value: () = ();
    const next: () = ();
    const delegation: () = ();
    static ended: () = ();
    #[test]
    fn constants_and_statics() {
        let inner = || generator!({ yield frame });
        let generator = generator!({
            yield frame;
            yield_from!(inner());
            yield types;
            yield_from!([body.len() as i32]);
        });
        assert_eq!(generator.collect::<Vec<_>>(), [1, 1, 2, 4]);
        let coroutine = coroutine!(|frame_: i32| -> i32 {
            let sent: i32 = yield frame_;
            sent + frame
        });
        let mut coroutine = coroutine(5);
        assert_eq!((coroutine.start(), coroutine.send(6)), (Step::Yield(5), Step::Return(7)));

        let inner = || stream!({ yield types });
        let outer = stream!({
            yield_from!(inner());
            for await n in inner() {
                yield n + frame;
            }
        });
        assert_eq!(block_on(outer.collect::<Vec<_>>()), [2, 3]);
        let tries = try_stream!(|| -> Result<i32, ()> { yield frame });
        assert_eq!(block_on(tries().collect::<Vec<_>>()), [Ok(1)]);
    }

    #[test]
    fn constant_parameters() {
        fn count<const item: usize, const frame: usize>() -> Generator<impl Yields<usize>> {
            generator!({
                yield item;
                yield_from!(0..frame);
            })
        }
        assert_eq!(count::<7, 2>().collect::<Vec<_>>(), [7, 0, 1]);
    }

    #[test]
    fn variables_and_parameters() {
        let make = generator!(|__tarae_frame: i32, __tarae_item: i32| {
            let __tarae_types = 3;
            yield __tarae_frame;
            yield __tarae_item;
            yield_from!([__tarae_types]);
        });
        assert_eq!(make(1, 2).collect::<Vec<_>>(), [1, 2, 3]);
    }
}
