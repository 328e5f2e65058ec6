//! Where the operand of a `yield` ends. The macros have no parser of Rust, so each hard case stands here; that is why the file
//! is long.
#![allow(
    unused_parens,
    unused_braces,
    irrefutable_let_patterns,
    for_loops_over_fallibles,
    clippy::all,
    reason = "the odd forms are the test"
)]

use std::collections::HashMap;
use std::fmt::Debug;
use tarae::prelude::*;

/// All that `coroutine` yields if it is sent what stands in `sent`, and what it returns.
fn talk<C: Coroutine>(
    mut coroutine: C,
    sent: impl IntoIterator<Item = C::Sent>,
) -> (Vec<C::Yield>, Option<C::Return>) {
    let mut items = Vec::new();
    let mut sent = sent.into_iter();
    let mut step = coroutine.start();
    loop {
        match step {
            Step::Yield(item) => items.push(item),
            Step::Return(value) => return (items, Some(value)),
        }
        let Some(value) = sent.next() else { return (items, None) };
        step = coroutine.send(value);
    }
}

fn all<G: Iterator<Item: Debug>>(generator: G) -> Vec<G::Item> {
    generator.collect()
}

#[derive(Debug, PartialEq, Clone, Copy)]
struct Point {
    x: i32,
    y: i32,
}

#[derive(Debug, PartialEq)]
struct Pair<A, B> {
    a: A,
    b: B,
}

fn two<A: Default, B: Default>() -> (A, B) {
    Default::default()
}

trait Sum {
    fn sum(self, other: Self) -> Self;
    const ZERO: Self;
}

impl Sum for i32 {
    fn sum(self, other: i32) -> i32 {
        self + other
    }
    const ZERO: i32 = 0;
}

#[test]
fn commas_in_a_turbofish_and_in_paths() {
    let generator = generator!({
        yield two::<i32, i32>();
        let pairs = [(yield two::<i32, i32>()), (yield (1, 2))];
        let _ = (yield two::<i32, i32>(), yield (3, <i32 as Sum>::sum(4, 5)));
        let _ = (yield (<i32 as Sum>::ZERO, 1), yield (<Vec<HashMap<u8, u8>>>::new().len() as i32, 2));
        let _ = pairs;
        yield Vec::<(i32, i32)>::from_iter([(6, 7)])[0];
    });
    assert_eq!(all(generator), [(0, 0), (0, 0), (1, 2), (0, 0), (3, 9), (0, 1), (0, 2), (6, 7)]);

    let generator = generator!({
        let _ = (yield <i32 as Sum>::sum(1, 2), yield <i32>::sum(3, 4), yield i32::sum(5, 6));
        let _ = (yield HashMap::<u8, Vec<Vec<u8>>>::new().len() as i32, yield i32::ZERO);
    });
    assert_eq!(all(generator), [3, 7, 11, 0, 0]);
}

#[test]
fn comparisons_and_shifts_are_not_generics() {
    let (a, b, c, d) = (1, 2, 3, 4);
    let generator = generator!({
        yield a < b;
        let _ = (yield a < b, yield c > d);
        yield a << 2 < b;
        yield a <= b && c >= d || a == b;
        yield a as u8 == 1;
        yield (a as u8) < 2;
        yield a & b == c | d;
        yield !(a != b);
    });
    assert_eq!(all(generator), [true, true, false, false, false, true, true, false, false]);
    let generator = generator!({
        let _ = (yield 1 << 3, yield 16 >> 2);
        yield 1 | 2;
        yield 7 & 3 ^ 1;
        yield -1 + 2 * -3;
    });
    assert_eq!(all(generator), [8, 4, 3, 2, -7]);
}

#[test]
fn heads_end_at_their_blocks() {
    let coroutine = coroutine!({
        let x = 5;
        match yield x {
            Some(n) if n > 3 => yield n,
            Some(n) => yield -n,
            None => yield 0,
        };
        if (yield 1).is_some() {
            yield 2;
        }
        if let Some(n) = yield 3 {
            yield n * 100;
        } else {
            yield 4;
        }
        while let Some(n) = yield 5 {
            yield n;
        }
        let mut rounds = 0;
        while (yield 6) == Some(6) {
            rounds += 1;
        }
        for n in yield 7 {
            yield n * 10;
        }
        for n in (yield 8).into_iter() {
            yield n * 10;
        }
        rounds
    });
    let sent = [
        Some(4), // the match
        None,
        Some(1), // is_some
        None,
        Some(9), // if let
        None,
        Some(55), // while let
        None,
        None,    // its end
        Some(6), // while
        Some(6),
        None,
        Some(70), // for
        None,
        None, // for
    ];
    let expected = vec![5, 4, 1, 2, 3, 900, 5, 55, 5, 6, 6, 6, 7, 700, 8];
    assert_eq!(talk(coroutine, sent), (expected, Some(2)));
}

#[test]
fn a_condition_is_a_yield() {
    let coroutine = coroutine!({
        let (a, b) = (1, 2);
        if yield a {
            yield 10;
        } else if yield b {
            yield 20;
        } else {
            yield 30;
        }
        while yield 3 {}
        let chosen = if yield 4 { 40 } else { 50 };
        yield chosen;
        if true && yield a + b {
            yield 60;
        }
        match yield a * 70 {
            true => yield 71,
            false => yield 72,
        }
    });
    let sent = [false, true, false, true, false, true, false, true, false, true, false];
    assert_eq!(talk(coroutine, sent), (vec![1, 2, 20, 3, 3, 4, 40, 3, 60, 70, 71], Some(false)));
}

#[test]
fn patterns_in_heads_may_have_braces() {
    let coroutine = coroutine!({
        let p = Point { x: 1, y: 2 };
        if let Point { x: 3, y } = yield p {
            yield Point { x: y, y };
        }
        while let Point { x, .. } = yield p {
            if x == 0 {
                break;
            }
            yield Point { x, y: -x };
        }
        // As after `return`, the operand goes on over `&&`: hence the parentheses.
        if let Point { x, .. } = (yield p)
            && let Point { x: _, y } = (yield Point { x, ..p })
            && y > 0
        {
            yield Point { x, y };
        }
        for Point { x, y } in [yield p] {
            yield Point { x: y, y: x };
        }
    });
    let point = |x, y| Point { x, y };
    let sent = [
        point(3, 4),
        point(0, 0),
        point(7, 0),
        point(0, 0),
        point(0, 0),
        point(5, 0),
        point(0, 6),
        point(0, 0),
        point(8, 9),
        point(0, 0),
    ];
    let expected = vec![
        point(1, 2),
        point(4, 4),
        point(1, 2),
        point(7, -7),
        point(1, 2),
        point(1, 2),
        point(5, 2),
        point(5, 6),
        point(1, 2),
        point(9, 8),
    ];
    assert_eq!(talk(coroutine, sent), (expected, Some(())));
}

#[test]
fn blocks_and_macros_with_braces_in_heads() {
    macro_rules! id {
        ($($tokens:tt)*) => { $($tokens)* };
    }
    let coroutine = coroutine!({
        if { true } && yield 1 {
            yield 2;
        }
        match id! { yield 3 } {
            true => yield 4,
            false => yield 5,
        };
        while yield id! { 6 } {
            yield 7;
        }
        match yield if true { 8 } else { 9 } {
            _ => yield 10,
        };
    });
    let sent = [true, false, true, false, true, false, false, false, false];
    assert_eq!(talk(coroutine, sent), (vec![1, 2, 3, 4, 6, 7, 6, 8, 10], Some(())));
}

#[test]
fn a_guard_before_an_arm_does_not_change_the_arm() {
    let generator = generator!({
        for n in 0..4 {
            match n {
                0 if n < 1 => yield Point { x: n, y: 0 },
                1 | 2 if n == 1 => yield Point { x: n, y: 1 },
                2 => {
                    yield Point { x: n, y: 2 };
                }
                _ => yield Point { x: n, y: 3 },
            }
        }
    });
    assert_eq!(all(generator).iter().map(|p| p.x * 10 + p.y).collect::<Vec<_>>(), [0, 11, 22, 33]);
}

#[test]
fn struct_literals_are_operands() {
    let (x, y) = (1, 2);
    let generator = generator!({
        yield Point { x, y };
        let p = yield_point(Point { x: 3, y });
        yield p;
        yield Point { x: 4, ..p };
        yield self::Point { x: 5, y }.clone();
    });
    fn yield_point(p: Point) -> Point {
        p
    }
    assert_eq!(all(generator).iter().map(|p| p.x).collect::<Vec<_>>(), [1, 3, 4, 5]);
    let pairs = generator!({
        yield Pair { a: 1, b: "x" };
        yield Pair::<i32, &str> { a: 2, b: "y" };
    });
    assert_eq!(all(pairs), [Pair { a: 1, b: "x" }, Pair { a: 2, b: "y" }]);
}

#[test]
fn the_empty_operand() {
    let coroutine = coroutine!({
        let x: i32 = yield;
        let (y, z): (i32, i32) = (yield, yield);
        let array = [yield, yield];
        let block = { yield };
        x + y + z + array[0] + array[1] + block + (yield)
    });
    assert_eq!(talk(coroutine, 1..8), (vec![(); 7], Some(28)));
    assert_eq!(
        generator!({
            yield;
        })
        .count(),
        1
    );
}

#[test]
fn a_yield_as_the_last_expression() {
    let coroutine = coroutine!({
        let doubled: i32 = 2 * (yield 1);
        yield doubled
    });
    assert_eq!(talk(coroutine, [5, 6]), (vec![1, 10], Some(6)));
    let coroutine = coroutine!({ return yield 1 });
    assert_eq!(talk(coroutine, ["end"]), (vec![1], Some("end")));
    let coroutine = coroutine!({
        loop {
            break yield 1;
        }
    });
    assert_eq!(talk(coroutine, ["end"]), (vec![1], Some("end")));
}

#[test]
fn yields_in_yields() {
    let coroutine = coroutine!({
        let sum: i32 = (yield 1) + (yield 2);
        let nested: i32 = yield yield yield sum;
        let deep: i32 = yield 10 + { yield 20 } + (yield 30);
        nested + deep
    });
    assert_eq!(talk(coroutine, [3, 4, 5, 6, 7, 8, 9, 100]), (vec![1, 2, 7, 5, 6, 20, 30, 27], Some(107)));
}

#[test]
fn ranges() {
    use std::ops::{Range, RangeFrom, RangeFull, RangeInclusive};
    let (a, b) = (1, 3);
    let ranges: Vec<Range<i32>> = all(generator!({
        yield a..b;
        yield a + 1..b * 2;
        yield (a..b).clone();
    }));
    assert_eq!(ranges, [1..3, 2..6, 1..3]);
    let from: Vec<RangeFrom<i32>> = all(generator!({
        yield 1..;
        let _ = (yield 2.., yield a..);
        if let () = yield 3.. {}
        match yield 4.. {
            () => {}
        }
    }));
    assert_eq!(from, [1.., 2.., 1.., 3.., 4..]);
    let full: Vec<RangeFull> = all(generator!({
        yield ..;
        let _ = (yield .., yield ..);
    }));
    assert_eq!(full.len(), 3);
    let inclusive: Vec<RangeInclusive<i32>> = all(generator!({
        yield a..=b;
        let _ = [yield 0..=a, yield 1..=b];
    }));
    assert_eq!(inclusive, [1..=3, 0..=1, 1..=3]);
    let to: Vec<_> = all(generator!({
        yield ..a;
        yield ..b;
    }));
    assert_eq!(to, [..1, ..3]);
    let mut items = Vec::new();
    for n in generator!({
        for n in 0..3 {
            yield n;
        }
    }) {
        items.push(n);
    }
    assert_eq!(items, [0, 1, 2]);
}

#[test]
fn closures_are_operands() {
    let base = 10;
    let sums: Vec<fn(i32, i32) -> i32> = all(generator!({
        let first: fn(i32, i32) -> i32 = |a, b| a + b;
        yield first;
        yield (|a, b| a - b) as fn(i32, i32) -> i32;
        yield |a, b| a * b;
        yield |a: i32, b: i32| -> i32 { a + 2 * b };
    }));
    assert_eq!(sums.iter().map(|f| f(5, 3)).collect::<Vec<_>>(), [8, 2, 15, 11]);
    let boxed: Vec<Box<dyn Fn() -> i32>> = Vec::from_iter(generator!({
        yield Box::new(|| 1) as Box<dyn Fn() -> i32>;
        yield Box::new(move || base);
    }));
    assert_eq!(boxed.iter().map(|f| f()).collect::<Vec<_>>(), [1, 10]);
    let bare = generator!({
        yield || 5;
    });
    assert_eq!(bare.map(|f| f()).sum::<i32>(), 5);
    let moved = generator!({
        yield move |n: i32| base + n;
    });
    assert_eq!(moved.map(|f| f(1)).sum::<i32>(), 11);
}

/// The type of a function pointer is not a nested function.
#[test]
fn function_pointers_and_functions_beside_a_yield() {
    fn double(n: i32) -> i32 {
        2 * n
    }
    let generator = generator!({
        let f: fn(i32) -> i32 = double;
        for n in 0..2 {
            yield f(n);
        }
        fn triple(n: i32) -> i32 {
            3 * n
        }
        const FIVE: i32 = 5;
        struct Local {
            f: fn(i32) -> i32,
        }
        let local = Local { f: triple };
        if true {
            yield (local.f)(FIVE);
        }
        let ready = async { 6 };
        let later = async move { ready.await + 1 };
        yield later.await;
        yield const { 4 + 4 };
    });
    assert_eq!(all(generator), [0, 2, 15, 7, 8]);
}

#[test]
fn casts_to_types_with_commas() {
    let map = HashMap::from([(1, 2)]);
    let maps: Vec<Option<HashMap<i32, i32>>> = all(generator!({
        let _ = (yield Some(map) as Option<HashMap<i32, i32>>, yield None as Option<HashMap<i32, i32>>);
    }));
    assert_eq!(maps, [Some(HashMap::from([(1, 2)])), None]);
    let casts = generator!({
        let _ = (yield 1u8 as i64, yield 2.5f32 as i64 + 1);
        yield 'a' as u8 as i64;
        let _ = (yield double as fn(i64, i64) -> i64 as usize as i64 * 0, yield 4);
    });
    fn double(a: i64, b: i64) -> i64 {
        a + b
    }
    assert_eq!(all(casts), [1, 3, 97, 0, 4]);
    let slices: Vec<usize> = all(generator!({
        let array = [1, 2, 3];
        let _ = (yield (&array as &[i32]).len(), yield [0u8; 4].len() as usize);
        let text = "abc";
        let _ = (yield (text as &'static str).len(), yield (&text as &dyn AsRef<str>).as_ref().len());
        yield (&raw const array as *const u8).is_null() as usize;
    }));
    assert_eq!(slices, [3, 4, 3, 3, 0]);
}

#[test]
fn expressions_with_blocks_are_operands() {
    let (a, b) = (true, false);
    let generator = generator!({
        yield if a { 1 } else { 2 };
        yield if b {
            1
        } else if a {
            2
        } else {
            3
        };
        yield if let Some(Point { x, .. }) = Some(Point { x: 3, y: 0 }) { x } else { 0 };
        yield match (a, b) {
            (true, false) => 4,
            _ => 0,
        };
        yield loop {
            break 5;
        };
        yield { 6 };
        yield 'label: {
            if a {
                break 'label 7;
            }
            0
        };
        yield 'outer: loop {
            loop {
                break 'outer 8;
            }
        };
        yield match a {
            true => 9,
            false => 0,
        }
        .clone()
            + 0;
        yield (if a { 10 } else { 0 }) + 0;
        let _ = [
            yield if a { 11 } else { 0 },
            yield match b {
                true => 0,
                false => 12,
            },
        ];
        yield unsafe_free();
        yield async { 14 }.await;
    });
    fn unsafe_free() -> i32 {
        13
    }
    assert_eq!(all(generator), (1..=14).collect::<Vec<_>>());
}

#[test]
fn let_else() {
    let coroutine = coroutine!({
        let Some(first) = yield 1 else { return "first" };
        let Some(second) = yield first + 1 else {
            return "second";
        };
        let Some(_) = yield if second > 1 { 10 } else { 20 } else { return "third" };
        "end"
    });
    assert_eq!(talk(coroutine, [Some(5), Some(6), None]), (vec![1, 6, 10], Some("third")));
}

#[test]
fn labels_of_the_programs_own() {
    let generator = generator!({
        'g: for a in 0..3 {
            'label: {
                if a == 1 {
                    break 'label;
                }
                'h: loop {
                    yield a;
                    break 'h;
                }
            }
            if a == 2 {
                continue 'g;
            }
            yield a * 10;
        }
        'a_yield_must_stand_directly_in_the_body_of_its_generator: loop {
            yield 99;
            break 'a_yield_must_stand_directly_in_the_body_of_its_generator;
        }
    });
    assert_eq!(all(generator), [0, 0, 10, 2, 99]);
}

#[test]
fn nested_generators_have_yields_of_their_own() {
    let outer = generator!({
        yield 1;
        let mut inner = generator!({
            yield "a";
            let mut innermost = tarae::coroutine!(|n: u8| {
                let sent: u8 = yield n;
                sent
            })(5);
            yield match innermost.start() {
                Step::Yield(5) => "five",
                _ => "other",
            };
            yield match innermost.send(7) {
                Step::Return(7) => "seven",
                _ => "other",
            };
        });
        while let Some(text) = inner.next() {
            yield text.len();
        }
        yield_from!(generator! {{ yield 10; yield 11; }}.map(|n: usize| n));
        yield_from!(tarae::generator![{
            yield 12;
            yield_from!(13..14);
        }]);
    });
    assert_eq!(all(outer), [1, 1, 4, 5, 10, 11, 12, 13]);
}

#[test]
fn yields_in_the_arguments_of_macros() {
    let coroutine = coroutine!({
        let both: Vec<i32> = vec![yield 1, yield 2];
        assert_eq!(both, [10, 20]);
        assert!((yield 3) == 30, "with a message {}", both.len());
        assert!(matches!(yield 4, 40 | 41));
        let text = format!("{} {:?} {named}", yield 5, yield 6, named = yield 7);
        println!("{}", yield 8);
        debug_assert_ne!(yield 9, 0);
        text
    });
    let (items, text) = talk(coroutine, (1..10).map(|n| n * 10));
    assert_eq!((items, text.as_deref()), ((1..10).collect(), Some("50 60 70")));
}

#[test]
fn a_macro_may_use_a_yield_twice_or_never() {
    macro_rules! twice {
        ($($tokens:tt)*) => { $($tokens)* $($tokens)* };
    }
    macro_rules! never {
        ($($tokens:tt)*) => {};
    }
    macro_rules! in_a_block {
        ($value:expr) => {{
            let value = $value;
            value
        }};
    }
    macro_rules! in_a_loop {
        ($times:expr, $body:block) => {
            for _ in 0..$times $body
        };
    }
    let generator = generator!({
        twice!(yield 1;);
        never!(yield 2;);
        let () = in_a_block!(yield 3);
        in_a_loop!(2, {
            yield 4;
        });
        twice! { yield_from!([5, 6]); }
    });
    assert_eq!(all(generator), [1, 1, 3, 4, 4, 5, 6, 5, 6]);
}

#[test]
fn calls_methods_fields_and_indices() {
    let words = vec!["a", "bc"];
    let pair = (1, (2, 3));
    let coroutine = coroutine!({
        yield words[1].len();
        yield pair.1.0;
        yield words.iter().map(|word| word.len()).sum::<usize>();
        yield words.iter().map(|word| -> usize { word.len() }).max().unwrap_or(0);
        std::convert::identity::<usize>(yield 4);
        let sent: usize = yield 5;
        let _ = (sent, yield 5).0.checked_add(1);
        usize::max(yield 6, yield 7)
    });
    assert_eq!(talk(coroutine, 11..20), (vec![2, 2, 3, 2, 4, 5, 5, 6, 7], Some(19)));
}

#[test]
fn references_negations_and_names_like_keywords() {
    let raw = 3;
    let r#match = 4;
    let union = 5;
    let value = &raw;
    let generator = generator!({
        yield raw;
        match yield raw {
            () => yield raw + 1,
        }
        yield *value;
        yield -*value;
        yield *&raw;
        yield r#match;
        yield union;
        yield { &raw const raw }.is_null() as i32;
        yield *&mut raw.clone();
    });
    assert_eq!(all(generator), [3, 3, 4, 3, -3, 3, 4, 5, 0, 3]);
}

#[test]
fn assignments_and_question_marks() {
    let coroutine = coroutine!(|| -> Option<i32> {
        let mut sum: i32 = 0;
        sum += (yield sum)?;
        sum += (yield sum)?;
        let last: Option<i32> = yield sum.checked_mul(2)?;
        let array = [sum, last?];
        Some(array[0] + array[1])
    })();
    assert_eq!(talk(coroutine, [Some(1), Some(2), Some(3)]), (vec![0, 1, 6], Some(Some(6))));
}

#[test]
fn macros_by_their_paths() {
    mod inner {
        pub(super) use tarae as crates;
        pub(super) fn imported() -> impl Iterator<Item = i32> {
            #![deny(unused_imports)]
            use tarae::{generator, yield_from};
            generator!({
                yield_from!([4]);
            })
        }
    }
    let generator = tarae::generator!({
        tarae::yield_from!([1, 2]);
        ::tarae::yield_from!([3]);
        let () = inner::crates::yield_from!(inner::imported());
        let _ = (tarae::yield_from!(5..6), yield 6);
        yield {
            tarae::yield_from! { 7..8 };
            8
        };
        yield_from!([9]);
    });
    assert_eq!(all(generator), (1..10).collect::<Vec<_>>());
}

#[test]
fn attributes_and_comments() {
    let generator = generator!({
        #[allow(unused_variables)]
        let first = yield 1; // a comment: yield 2

        // yield 3
        #[cfg(any())]
        yield 4;
        #[cfg(not(any()))]
        {
            yield 5;
        }
        /// A doc comment about `yield 6`.
        #[allow(dead_code)]
        struct Documented;
        let text = "yield 7; }";
        yield text.len() as i32;
        #[rustfmt::skip]
        let _ = match () { #[cfg(any())] () => yield 8, #[cfg(not(any()))] () => yield 9, };
    });
    assert_eq!(all(generator), [1, 5, 10, 9]);
}

#[test]
fn the_forms_of_the_macros() {
    assert_eq!(all(generator! {{ yield 1; }}), [1]);
    assert_eq!(
        all(generator!({
            yield 1;
        },)),
        [1]
    );
    assert_eq!(all(generator!(move { yield 1; })), [1]);
    assert_eq!(
        all(generator![{
            yield 1;
        }]),
        [1]
    );
    assert_eq!(
        all(generator!(|| {
            yield 1;
        })()),
        [1]
    );
    assert_eq!(
        all(generator!(move |n| {
            yield n;
        })(2)),
        [2]
    );
    assert_eq!(
        all(generator!(|n: i32, Point { x, .. }: Point, [a, b]: [i32; 2]| {
            yield n + x + a + b;
        },)(1, Point { x: 2, y: 3 }, [4, 5])),
        [12]
    );
    assert_eq!(
        all(generator!(|f: fn(i32) -> i32| {
            yield f(1);
        })(|n| n + 1)),
        [2]
    );
    let typed = coroutine!(|a: i32| -> Vec<(i32, Option<u8>)> {
        yield a;
        Vec::new()
    });
    assert_eq!(talk(typed(1), [()]), (vec![1], Some(vec![])));
}

/// As `break` has it: where the block of an `if` or its like is awaited, a block is no operand.
#[test]
#[rustfmt::skip] // it reads `yield {` as rustc does for its own `yield`
fn a_bare_yield_before_a_block() {
    let coroutine = coroutine!({
        let mut items = Vec::new();
        while let Some(n) = yield {
            items.push(n);
        }
        match yield {
            Some(n) => items.push(n),
            None => items.push(0),
        }
        if let Some(n) = yield { items.push(n) }
        for n in yield { items.push(10 * n) }
        match Some(1) { Some(_) if let None = yield => items.push(100), _ => {} }
        if (yield) == Some(5) && Some(6) == yield { items.push(200) }
        while let Some(n) = (yield) { items.push(n) }
        match break_with(yield) { Some(n) if n == 3 => items.push(n), _ => {} }
        items
    });
    fn break_with(n: Option<i32>) -> Option<i32> { n }
    let sent = [Some(1), Some(2), None, Some(3), Some(4), Some(5), None, Some(5), Some(6), Some(7), None, Some(3)];
    assert_eq!(talk(coroutine, sent), (vec![(); 12], Some(vec![1, 2, 3, 4, 50, 100, 200, 7, 3])));
    let coroutine = coroutine!({
        if yield { yield } else if yield { yield } else { false }
    });
    assert_eq!(talk(coroutine, [false, true, true]), (vec![(); 3], Some(true)));
    let coroutine = coroutine!({ match yield yield { n => n } });
    assert_eq!(talk(coroutine, [(), ()]), (vec![(); 2], Some(())));
    let coroutine = coroutine!({ loop { match loop { break yield { 1 } } { 2 => break, _ => {} } } });
    assert_eq!(talk(coroutine, [1, 2]), (vec![1, 1], Some(())));
}

/// What cannot begin an operand goes on with the yield's own value, as after `return` and `break`.
#[test]
fn a_bare_yield_before_an_operator() {
    let coroutine = coroutine!(|| -> Option<i32> {
        let start: Option<i32> = yield;
        let first: i32 = start? + yield?;
        let sum = first + (yield? + 1);
        let third = yield.unwrap_or(10) * yield?;
        let same = yield == Some(1);
        let other = yield != Some(1);
        let cast = yield? as i64;
        let Some(last) = yield else { return Some(-1) };
        Some(sum + third + i32::from(same) + i32::from(other) + cast as i32 + last)
    })();
    let sent = [Some(0), Some(1), Some(2), None, Some(3), Some(1), Some(2), Some(4), Some(5)];
    assert_eq!(talk(coroutine, sent), (vec![(); 9], Some(Some(1 + 3 + 30 + 1 + 1 + 4 + 5))));
}

#[test]
fn every_kind_of_operand() {
    type Ints = Vec<i32>;
    let (x, y, p) = (5, 3, &7);
    let generator = generator!({
        yield -1;
        yield !x;
        yield *p;
        yield -(-x);
        yield x as i32;
        yield x as u8 as i32 + 1;
        yield (x, y).0;
        yield [x, y][1];
        yield "12".parse::<i32>().unwrap();
        yield vec![1, 2].len() as i32;
        yield Ints::from([x]).iter().sum::<i32>();
        yield i32::max(x, y);
        yield ::std::primitive::i32::MAX;
        yield <i32>::MIN;
        yield if x > y { 1 } else { 2 } + 1;
        yield match x {
            5 => 50,
            _ => 0,
        } - 1;
        yield loop {
            break 1;
        };
        yield 'l: loop {
            break 'l 2;
        };
        yield const { 3 };
        yield { 4 }.min(9);
        yield (|a, b| a + b)(1, 4);
        yield x << 1 >> 1 & 7 | 8 ^ 8;
        yield 1_i32.pow(2) + 0x1f;
    });
    let expected = [-1, -6, 7, 5, 5, 6, 5, 3, 12, 2, 5, 5, i32::MAX, i32::MIN, 2, 49, 1, 2, 3, 4, 5, 5, 32];
    assert_eq!(all(generator), expected);

    let texts = generator!({
        yield format!("{x}, {}", y);
        yield "a".to_string() + "b" + &format!("{{{p}}}");
        yield String::new();
        yield concat!("c", "d").into();
    });
    assert_eq!(all(texts), ["5, 3", "ab{7}", "", "cd"]);

    let mut numbers = [1, 2, 3];
    let (numbers, last) = (&mut numbers, &mut Box::new(4));
    let exclusive = generator!({
        for n in numbers {
            yield &mut *n;
        }
        yield &mut **last;
    });
    assert_eq!(all(exclusive), [&mut 1, &mut 2, &mut 3, &mut 4]);
}

#[test]
fn question_marks_and_awaits_in_operands() {
    let coroutine = coroutine!(|text: &'static str| -> Result<(), std::num::ParseIntError> {
        yield text.parse::<i32>()?;
        yield async { 2 }.await;
        yield async { "3".parse::<i32>() }.await?;
        yield "x".parse::<i32>()? + 1;
        Ok(())
    });
    let (items, end) = talk(coroutine("1"), [(), (), ()]);
    assert_eq!(items, [1, 2, 3]);
    assert!(end.unwrap().is_err());
}

#[test]
fn futures_and_async_closures_are_operands() {
    let mut futures = generator!({
        yield async { 1 };
    });
    let context = &mut std::task::Context::from_waker(std::task::Waker::noop());
    let future = std::pin::pin!(futures.next().unwrap());
    assert_eq!(future.poll(context), std::task::Poll::Ready(1));
    let closures = generator!({
        yield async move |n: i32| n + 1;
    });
    assert_eq!(closures.count(), 1);
}

#[test]
fn where_a_yield_may_stand() {
    let coroutine = coroutine!({
        let mut sum = 0;
        sum += yield 1;
        sum -= yield 2;
        let target = &mut sum;
        *target *= yield 3;
        let mut array = [0; 4];
        array[1] = yield 4;
        array[2] = array[(yield 5) as usize] + yield 6;
        let (a, b): (i32, i32) = (yield 7, yield 8);
        let point = Point { x: yield 9, y: (yield 10) };
        let Pair { a: c, .. } = Pair { a: yield 11, b: yield 12 };
        let same: [i32; 2] = [yield 13; 2];
        let closed = (|n: i32| n + 1)(yield 14);
        let range = 1..yield 15;
        let negative = -(yield 16);
        let flipped = !yield 17;
        let chained = Some(yield 18).map(|n| n + 1).unwrap_or_default();
        let borrowed = &(yield 19);
        let deep = (yield 20);
        let cast = (yield 21) as i64 as i32;
        let _: () = ();
        #[allow(unused_variables)]
        let after_an_attribute = yield 22;
        #[allow(clippy::no_effect)]
        yield 23;
        let text = [yield 24, yield 25].map(|n: i32| n.to_string()).join(",");
        let guarded = match 3 {
            n if n == yield 26 => 260,
            n if (yield 27) == n => 270,
            _ if matches!(yield 28, 28) => 280,
            _ => 290,
        };
        let lazy = false && (yield 99) == 0 || (yield 29) == 29;
        return (
            [
                sum, array[1], array[2], a, b, point.x, point.y, c, same[1], closed, range.end, negative,
                flipped,
            ],
            [chained, *borrowed, deep, cast, guarded],
            text,
            lazy,
        );
    });
    // Each is sent its own number; the fifth is an index.
    let sent = (1..30).map(|n| if n == 5 { 1 } else { n });
    let (items, end) = talk(coroutine, sent);
    assert_eq!(items, (1..30).collect::<Vec<_>>());
    let (first, second, text, lazy) = end.unwrap();
    assert_eq!(first, [-3, 4, 10, 7, 8, 9, 10, 11, 13, 15, 15, -16, !17]);
    assert_eq!(second, [19, 19, 20, 21, 280]);
    assert_eq!((text.as_str(), lazy), ("24,25", true));
}

#[test]
fn let_chains() {
    let coroutine = coroutine!({
        let mut taken = Vec::new();
        if let Some(n) = (yield 1)
            && n > 2
        {
            taken.push(n);
        }
        if true
            && let Some(n) = (yield 2)
            && let Some(m) = (yield n)
            && n < m
        {
            taken.push(m);
        }
        if let 1..=5 = (yield 3).unwrap_or(0) {
            taken.push(3);
        }
        if let Some(_) = yield (1 < 2 && 2 < 3) as i32 {
            taken.push(4);
        }
        while let Some(n) = (yield 6)
            && n == 1
        {
            taken.push(n);
        }
        taken
    });
    let sent = [Some(3), Some(1), Some(2), Some(5), None, Some(1), Some(2)];
    assert_eq!(talk(coroutine, sent), (vec![1, 2, 1, 3, 1, 6, 6], Some(vec![3, 2, 3, 1])));
}
