//! `yield_from!`: order, borrows, results, and chains of any depth. Long, since each promise is checked for every kind of
//! child and every way a chain can end.

use crate::support::{Log, depth, message};
use std::pin::pin;
use tarae::generator;
use tarae::prelude::*;

/// A chain of `depth` delegations, at whose end stands one that yields 1 to `items`. Returns its depth.
fn chain(depth: u64, items: u64) -> Generator<impl Body<Yield = u64, Sent = (), Output = u64>> {
    generator!({
        if depth == 0 {
            for n in 1..=items {
                yield n;
            }
            0
        } else {
            1 + yield_from!(chain(depth - 1, items))
        }
    })
}

fn counting(depth: u64, items: u64) -> Generator<impl Yields<u64>> {
    generator!({
        let reached = yield_from!(chain(depth, items));
        assert_eq!(reached, depth);
    })
}

/// 63 to 65 stand around the depth at which children are no longer started inside their parents.
fn depths() -> impl Iterator<Item = u64> {
    [0, 1, 5, 63, 64, 65, 200, depth(1_000_000)].into_iter()
}

#[test]
fn a_chain_of_any_depth_runs_and_ends() {
    for depth in depths() {
        assert_eq!(counting(depth, 3).sum::<u64>(), 6, "folded at depth {depth}");
        let mut boxed = counting(depth, 2);
        assert_eq!((boxed.next(), boxed.next(), boxed.next(), boxed.next()), (Some(1), Some(2), None, None));
        let mut pinned = pin!(counting(depth, 2).pinned());
        assert_eq!((pinned.next(), pinned.next(), pinned.next()), (Some(1), Some(2), None));
    }
}

#[test]
fn a_chain_of_any_depth_without_an_item_ends() {
    for depth in depths() {
        assert_eq!(counting(depth, 0).next(), None);
        assert_eq!(counting(depth, 0).count(), 0);
    }
}

#[test]
fn a_chain_of_any_depth_is_dropped_half_way() {
    for depth in depths() {
        let mut boxed = counting(depth, 3);
        boxed.next();
        drop(boxed);
        let mut pinned = Box::pin(counting(depth, 3).pinned());
        pinned.as_mut().next();
    }
}

#[test]
fn a_chain_of_any_depth_is_closed_half_way() {
    for depth in depths() {
        let mut boxed = counting(depth, 3);
        boxed.next();
        boxed.close();
        assert_eq!((boxed.state(), boxed.next()), (State::Closed, None));
        let mut pinned = pin!(counting(depth, 3).pinned());
        pinned.next();
        pinned.close();
        assert_eq!((pinned.state(), pinned.next()), (State::Closed, None));
    }
}

#[test]
fn a_deep_chain_needs_no_deep_stack() {
    let run = || {
        let depth = depth(1_000_000);
        let mut dropped = counting(depth, 3);
        dropped.next();
        drop(dropped);
        let mut closed = counting(depth, 3);
        closed.next();
        closed.close();
        assert_eq!(counting(depth, 2).count(), 2);
        assert_eq!(counting(depth, 2).by_ref().count(), 2);
    };
    std::thread::Builder::new().stack_size(256 * 1024).spawn(run).unwrap().join().unwrap();
}

/// G31: what runs when.
#[test]
fn effects_are_in_order() {
    let log = &Log::new();
    let inner = || {
        generator!({
            log.note("inner starts");
            yield "inner 1";
            log.note("inner between");
            yield "inner 2";
            log.note("inner ends");
        })
    };
    let outer = generator!({
        log.note("outer starts");
        yield "outer 1";
        log.note("outer delegates");
        yield_from!(inner());
        log.note("outer goes on");
        yield "outer 2";
        log.note("outer ends");
    });
    for item in outer {
        log.note(item);
    }
    let expected = [
        "outer starts",
        "outer 1",
        "outer delegates",
        "inner starts",
        "inner 1",
        "inner between",
        "inner 2",
        "inner ends",
        "outer goes on",
        "outer 2",
        "outer ends",
    ];
    assert_eq!(log.take(), expected);
}

/// G36, G46: inner to outer, however it goes.
#[test]
fn destructors_run_from_the_inside_out() {
    let log = &Log::new();
    fn nested(log: &Log, level: u32) -> Generator<impl Yields<u32>> {
        generator!({
            let _guard = log.guard(level);
            if level < 4 {
                yield_from!(nested(log, level + 1));
            } else {
                yield level;
                yield level;
            }
        })
    }
    let expected = ["4", "3", "2", "1"];

    let mut dropped = nested(log, 1);
    dropped.next();
    drop(dropped);
    assert_eq!(log.take(), expected, "dropped");

    let mut closed = nested(log, 1);
    closed.next();
    closed.close();
    assert_eq!(log.take(), expected, "closed");
    drop(closed);

    let mut pinned = pin!(nested(log, 1).pinned());
    pinned.next();
    pinned.set(nested(log, 4).pinned());
    assert_eq!(log.take(), expected, "pinned and set anew");
    pinned.next();
    pinned.close();
    assert_eq!(log.take(), ["4"], "pinned and closed");

    assert_eq!(nested(log, 1).sum::<u32>(), 8);
    assert_eq!(log.take(), expected, "ended");

    let mut boxed: Box<dyn Iterator<Item = u32>> = Box::new(nested(log, 1));
    boxed.next();
    drop(boxed);
    assert_eq!(log.take(), expected, "dropped as an object");
    drop(nested(log, 1));
    assert!(log.take().is_empty(), "never started");
}

#[test]
fn a_child_borrows_its_parents_locals() {
    let log = &Log::new();
    let make = || {
        generator!({
            let words = vec![String::from("p"), String::from("qr")];
            let _outer = log.guard("outer");
            let borrowed = &words;
            yield_from!(generator!({
                let _inner = log.guard("inner");
                for word in borrowed {
                    yield word.len();
                }
            }));
            yield words.len();
        })
    };
    assert_eq!(make().collect::<Vec<_>>(), [1, 2, 2]);
    assert_eq!(log.take(), ["inner", "outer"]);
    let mut half = make();
    assert_eq!(half.next(), Some(1));
    let mut moved = Box::new(half);
    assert_eq!(moved.next(), Some(2));
    drop(moved);
    assert_eq!(log.take(), ["inner", "outer"]);
}

#[test]
fn a_child_borrows_its_parents_locals_mutably_and_gives_them_back() {
    let sums = generator!({
        let mut total = 0;
        for round in 1..4 {
            let borrowed = &mut total;
            yield_from!(generator!({
                *borrowed += round;
                yield *borrowed;
            }));
            yield -total;
        }
    });
    assert_eq!(sums.collect::<Vec<_>>(), [1, -1, 3, -3, 6, -6]);
}

#[test]
fn a_child_borrows_a_temporary_of_the_operand() {
    fn lengths(words: &[String]) -> Generator<impl Yields<usize>> {
        generator!({
            for word in words {
                yield word.len();
            }
        })
    }
    let outer = generator!({
        yield_from!(lengths(&["a".to_string(), "bc".to_string()]));
        yield 9;
    });
    assert_eq!(outer.collect::<Vec<_>>(), [1, 2, 9]);
}

/// G35.
#[test]
fn a_delegation_evaluates_to_what_the_child_returns() {
    fn child(text: &str) -> Generator<impl Body<Yield = char, Sent = (), Output = Result<String, usize>>> {
        generator!({
            for letter in text.chars() {
                if letter == '!' {
                    return Err(text.len());
                }
                yield letter;
            }
            Ok(text.to_uppercase())
        })
    }
    let mut outer = generator!({
        let first = yield_from!(child("ab")).unwrap();
        let second = yield_from!(child("c!d"));
        (first, second)
    });
    assert_eq!(outer.start(), Step::Yield('a'));
    assert_eq!(outer.send(()), Step::Yield('b'));
    assert_eq!(outer.send(()), Step::Yield('c'));
    assert_eq!(outer.send(()), Step::Return(("AB".to_string(), Err(3))));
}

#[test]
fn an_error_of_the_child_goes_through_the_parent_with_a_question_mark() {
    fn child() -> Generator<impl Body<Yield = u8, Sent = (), Output = Result<(), String>>> {
        generator!({
            yield 1;
            Err("from inside".to_string())
        })
    }
    let mut outer = generator!(|| -> Result<&'static str, String> {
        yield_from!(child())?;
        yield 2;
        Ok("never")
    })();
    assert_eq!(outer.start(), Step::Yield(1));
    assert_eq!(outer.send(()), Step::Return(Err("from inside".to_string())));
}

/// G33.
#[test]
fn what_is_sent_goes_to_the_innermost() {
    fn inner() -> Generator<impl Body<Yield = u64, Sent = Box<u64>, Output = String>> {
        coroutine!({
            let a: Box<u64> = yield 10;
            let b = yield *a + 1;
            format!("{a}{b}")
        })
    }
    fn middle() -> Generator<impl Body<Yield = u64, Sent = Box<u64>, Output = String>> {
        coroutine!({ yield_from!(inner()) + "!" })
    }
    let mut outer = coroutine!({
        let text: String = yield_from!(middle());
        let last = yield text.len() as u64;
        text + &last.to_string()
    });
    assert_eq!(outer.start(), Step::Yield(10));
    assert_eq!(outer.send(Box::new(5)), Step::Yield(6));
    assert_eq!(outer.send(Box::new(7)), Step::Yield(3));
    assert_eq!(outer.send(Box::new(8)), Step::Return("57!8".to_string()));

    let mut pinned = pin!(middle().pinned());
    assert_eq!(pinned.start(), Step::Yield(10));
    assert_eq!(pinned.send(Box::new(1)), Step::Yield(2));
    assert_eq!(pinned.send(Box::new(2)), Step::Return("12!".to_string()));
}

/// G40, G47.
#[test]
fn plain_iterators_are_handed_on() {
    let outer = generator!({
        yield_from!(0..2);
        yield_from!(std::iter::empty());
        yield_from!(vec![10, 11]);
        yield_from!(Some(20));
        yield_from!([30; 0]);
        let boxed: Box<dyn Iterator<Item = i32>> = Box::new((40..100).step_by(30));
        yield_from!(boxed);
        let mut rest = 50..53;
        yield_from!(rest.by_ref().take(1));
        yield_from!(&mut rest);
        assert_eq!(rest.next(), None);
    });
    assert_eq!(outer.collect::<Vec<_>>(), [0, 1, 10, 11, 20, 40, 70, 50, 51, 52]);
}

#[test]
fn an_empty_delegation_goes_on_in_the_same_step() {
    let log = &Log::new();
    let mut outer = generator!({
        yield_from!([]);
        yield_from!(generator!({
            if false {
                yield 0;
            }
        }));
        log.note("after");
        yield 1;
    });
    assert_eq!(outer.next(), Some(1));
    assert_eq!(log.take(), ["after"]);
}

#[test]
fn generators_behind_other_types_are_iterators() {
    let mut lent = chain(2, 3);
    assert_eq!(lent.start(), Step::Yield(1));
    let mut counted = counting(1, 3);
    let outer = generator!({
        yield_from!(&mut counted);
        yield_from!(Box::new(counting(1, 2)));
        let boxed: Box<dyn Iterator<Item = u64> + Send> = Box::new(counting(0, 1));
        yield_from!(boxed);
        let pinned = pin!(counting(3, 2).pinned());
        yield_from!(pinned);
        yield_from!(counting(1, 4).skip(2).map(|n| n * 10));
    });
    assert_eq!(outer.collect::<Vec<_>>(), [1, 2, 3, 1, 2, 1, 1, 2, 30, 40]);
}

#[test]
fn a_started_generator_goes_on_where_it_was() {
    for skipped in 0..4 {
        let mut started = counting(5, 4);
        for _ in 0..skipped {
            started.next();
        }
        let outer = generator!({
            yield 0;
            yield_from!(started);
            yield 9;
        });
        let expected: Vec<_> = [0].into_iter().chain(skipped + 1..=4).chain([9]).collect();
        assert_eq!(outer.collect::<Vec<_>>(), expected);
    }
}

#[test]
fn a_started_generator_returns_its_value_too() {
    let mut started = chain(7, 2);
    assert_eq!(started.start(), Step::Yield(1));
    let mut outer = generator!({ yield_from!(started) });
    assert_eq!(outer.start(), Step::Yield(2));
    assert_eq!(outer.send(()), Step::Return(7));
}

#[test]
fn a_generator_that_has_ended_is_refused() {
    for close in [false, true] {
        let mut ended = counting(1, 1);
        if close {
            ended.close();
        } else {
            assert_eq!(ended.by_ref().count(), 1);
        }
        let mut outer = generator!({
            yield 0;
            yield_from!(ended);
        });
        assert_eq!(outer.next(), Some(0));
        assert!(message(|| outer.next()).contains("has ended"));
        assert_eq!((outer.state(), outer.next()), (State::Closed, None));
    }
}

#[test]
fn a_coroutine_that_has_started_is_refused() {
    fn echo() -> Generator<impl Body<Yield = i32, Sent = i32, Output = ()>> {
        coroutine!({
            let mut last = 0;
            while last < 10 {
                last = yield last;
            }
        })
    }
    let mut started = echo();
    assert_eq!(started.start(), Step::Yield(0));
    let mut outer = coroutine!({
        yield_from!(started);
        let sent: i32 = yield 1;
        sent
    });
    assert!(message(|| outer.start()).contains("waits for a value"));
    assert_eq!(outer.state(), State::Closed);
    assert_eq!(outer.try_send(3).unwrap_err().value, 3);

    let mut fresh = coroutine!({ yield_from!(echo()) });
    assert_eq!(fresh.start(), Step::Yield(0));
    assert_eq!(fresh.send(4), Step::Yield(4));
    assert_eq!(fresh.send(10), Step::Return(()));
}

#[test]
fn generators_made_with_a_handle_are_handed_on() {
    let made = |from: u64| {
        generator::from_fn(async move |mut y| {
            for n in from..from + 3 {
                y.yield_(n).await;
            }
            from
        })
    };
    let log = &Log::new();
    let outer = generator!({
        let fresh = yield_from!(made(10));
        assert_eq!(fresh, 10);
        let mut started = made(20);
        let _ = started.start();
        assert_eq!(yield_from!(started), 20);
        yield_from!(generator!({
            yield_from!(made(30));
        }));
        log.note("end");
    });
    assert_eq!(outer.collect::<Vec<_>>(), [10, 11, 12, 21, 22, 30, 31, 32]);
    assert_eq!(log.take(), ["end"]);
}

#[test]
fn coroutines_made_with_a_handle_are_sent_values() {
    let mut outer = coroutine!({
        let child = tarae::coroutine::from_fn(async |mut y| {
            let a: String = y.yield_(1).await;
            let b = y.yield_(a.len()).await;
            a + &b
        });
        let text = yield_from!(child);
        let last: String = yield text.len();
        text + &last
    });
    assert_eq!(outer.start(), Step::Yield(1));
    assert_eq!(outer.send("ab".to_string()), Step::Yield(2));
    assert_eq!(outer.send("c".to_string()), Step::Yield(3));
    assert_eq!(outer.send("d".to_string()), Step::Return("abcd".to_string()));
}

#[test]
fn a_started_child_is_dropped_with_its_parent() {
    let log = &Log::new();
    let mut child = generator!({
        let _child = log.guard("child");
        yield_from!(generator!({
            let _grandchild = log.guard("grandchild");
            yield 1;
            yield 2;
        }));
    });
    child.next();
    let mut outer = generator!({
        let _outer = log.guard("outer");
        yield_from!(child);
    });
    assert_eq!(outer.next(), Some(2));
    drop(outer);
    assert_eq!(log.take(), ["grandchild", "child", "outer"]);
}

#[repr(align(64))]
#[derive(Clone, Copy, PartialEq, Debug)]
struct Wide([u8; 64]);

/// Nodes of several sizes and alignments take turns on the free list.
#[test]
fn children_of_all_sizes_take_turns() {
    fn small(n: u64) -> Generator<impl Yields<u64>> {
        generator!({
            yield n;
        })
    }
    fn large(n: u64) -> Generator<impl Yields<u64>> {
        let numbers = [n; 40];
        generator!({
            for number in &numbers[..2] {
                yield *number;
            }
        })
    }
    fn wide(n: u64) -> Generator<impl Yields<u64>> {
        let wide = Wide([n as u8; 64]);
        generator!({
            let borrowed = &wide;
            assert_eq!((&raw const *borrowed).addr() % 64, 0);
            yield borrowed.0[63].into();
            assert_eq!(*borrowed, Wide([n as u8; 64]));
        })
    }
    fn mixed(n: u64) -> Generator<impl Yields<u64>> {
        generator!({
            yield_from!(small(n));
            yield_from!(large(n));
            yield_from!(wide(n));
            yield_from!(wide(n));
            if n > 0 {
                yield_from!(mixed(n - 1));
            }
            yield_from!(large(n));
            yield_from!(small(n));
        })
    }
    let expected = |n: u64| (0..=n).map(|n| 8 * n).sum::<u64>();
    for n in 0..if cfg!(miri) { 3 } else { 8 } {
        assert_eq!(mixed(n).sum::<u64>(), expected(n));
        assert_eq!(mixed(n).by_ref().sum::<u64>(), expected(n));
        for items in 0..8 * (n as usize + 1) {
            let mut half = mixed(n);
            assert_eq!(half.by_ref().take(items).count(), items);
        }
    }
}

#[test]
fn results_of_all_sizes_and_alignments_arrive() {
    fn wide(n: u8) -> Generator<impl Body<Yield = u8, Sent = (), Output = Wide>> {
        generator!({
            yield n;
            Wide([n; 64])
        })
    }
    let outer = generator!({
        for n in 0..5 {
            let result = yield_from!(wide(n));
            assert_eq!(result, Wide([n; 64]));
            let text = yield_from!(generator!({
                if n > 100 {
                    yield n;
                }
                vec![n; 3]
            }));
            assert_eq!(text, [n; 3]);
        }
    });
    assert_eq!(outer.count(), 5);
}

struct Tree {
    left: Option<Box<Tree>>,
    key: u64,
    right: Option<Box<Tree>>,
}

impl Tree {
    fn balanced(from: u64, to: u64) -> Option<Box<Tree>> {
        (from < to).then(|| {
            let key = from + (to - from) / 2;
            Box::new(Tree { left: Self::balanced(from, key), key, right: Self::balanced(key + 1, to) })
        })
    }
}

fn walk(tree: &Tree) -> Generator<impl Yields<&u64>> {
    generator!({
        if let Some(left) = &tree.left {
            yield_from!(walk(left));
        }
        yield &tree.key;
        if let Some(right) = &tree.right {
            yield_from!(walk(right));
        }
    })
}

#[test]
fn a_plain_function_calls_itself() {
    let size = if cfg!(miri) { 60 } else { 10_000 };
    let tree = Tree::balanced(0, size).unwrap();
    assert!(walk(&tree).copied().eq(0..size));
    assert_eq!(walk(&tree).sum::<u64>(), (0..size).sum::<u64>());
    let mut pinned = pin!(walk(&tree).pinned());
    assert!(pinned.by_ref().copied().eq(0..size));
    for stop in [1, 7, size as usize / 2] {
        let mut half = walk(&tree);
        assert_eq!(half.by_ref().take(stop).count(), stop);
    }
}

#[test]
fn functions_that_call_each_other() {
    fn even(n: u64) -> Generator<impl Yields<(char, u64)>> {
        generator!({
            yield ('e', n);
            if n > 0 {
                let odd: Box<dyn Iterator<Item = (char, u64)>> = Box::new(odd(n - 1));
                yield_from!(odd);
            }
        })
    }
    fn odd(n: u64) -> Generator<impl Yields<(char, u64)>> {
        generator!({
            yield ('o', n);
            if n > 0 {
                yield_from!(even(n - 1));
            }
        })
    }
    assert_eq!(even(3).collect::<Vec<_>>(), [('e', 3), ('o', 2), ('e', 1), ('o', 0)]);
}

#[test]
fn generators_run_inside_generators() {
    let outer = generator!({
        let mut inner = generator!({
            yield 'a';
            yield_from!("bc".chars());
        });
        yield inner.next().unwrap() as u32;
        for letter in inner {
            yield letter as u32;
        }
        let mut pinned = pin!(
            generator!({
                yield 'd';
            })
            .pinned()
        );
        yield pinned.next().unwrap() as u32;
        yield generator!({
            yield_from!("ef".chars());
        })
        .map(u32::from)
        .sum::<u32>();
    });
    assert_eq!(outer.collect::<Vec<_>>(), [97, 98, 99, 100, 203]);
}

#[test]
fn yields_and_delegations_inside_an_operand() {
    let outer = generator!({
        yield_from!({
            yield 1;
            yield_from!(2..4);
            let end = {
                yield 4;
                7
            };
            5..end
        });
        yield {
            yield_from!([7]);
            8
        };
    });
    assert_eq!(outer.collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6, 7, 8]);
}

/// As wide as deep: each level delegates several times, and what a level has ended does not count any more.
#[test]
fn a_chain_that_grows_and_shrinks() {
    fn ruler(level: u64) -> Generator<impl Yields<u64>> {
        generator!({
            if level > 0 {
                yield_from!(ruler(level - 1));
                yield level;
                yield_from!(ruler(level - 1));
            }
        })
    }
    let levels = if cfg!(miri) { 5 } else { 14 };
    let expected = (1..1u64 << levels).map(|n| u64::from(n.trailing_zeros()) + 1);
    assert!(ruler(levels).eq(expected));
}

/// A child in front of a parent that has just been resumed: what the parent put aside is where it was.
#[test]
fn items_that_are_not_send_pass_through_a_chain_that_is() {
    use std::rc::Rc;
    fn child(n: i32) -> Generator<impl Yields<Rc<i32>> + Send> {
        generator!({
            for m in 0..n {
                yield Rc::new(m);
            }
        })
    }
    let mut outer = generator!({
        yield_from!(child(2));
        yield_from!((2..4).map(Rc::new));
    });
    assert_eq!(*outer.next().unwrap(), 0);
    let rest = std::thread::spawn(move || outer.map(|item| *item).collect::<Vec<_>>()).join().unwrap();
    assert_eq!(rest, [1, 2, 3]);
}

/// What else is a coroutine keeps its own driver: a `&mut`, a boxed one, a pinned one, one written by hand.
#[test]
fn any_coroutine_can_be_delegated_to() {
    /// Yields what it is sent, doubled, and returns how often after a 0.
    struct Doubler {
        times: usize,
        state: State,
    }
    impl Coroutine for Doubler {
        type Sent = i32;
        type Yield = i32;
        type Return = usize;
        fn try_start(&mut self) -> Result<Step<i32, usize>, tarae::generator::SendError<()>> {
            self.state = State::Suspended;
            Ok(Step::Yield(0))
        }
        fn try_send(&mut self, value: i32) -> Result<Step<i32, usize>, tarae::generator::SendError<i32>> {
            self.times += 1;
            if value == 0 {
                self.state = State::Closed;
                return Ok(Step::Return(self.times));
            }
            Ok(Step::Yield(2 * value))
        }
        fn state(&self) -> State {
            self.state
        }
        fn close(&mut self) {
            self.state = State::Closed;
        }
    }
    let new = || Doubler { times: 0, state: State::Created };
    let made = || {
        coroutine!(|| -> usize {
            let mut times = 1;
            let mut sent: i32 = yield 0;
            while sent != 0 {
                sent = yield 2 * sent;
                times += 1;
            }
            times
        })()
    };
    let mut borrowed = made();
    let mut all = coroutine!(|| -> Vec<usize> {
        let by_hand: usize = yield_from!(new());
        let erased: usize =
            yield_from!(Box::new(new()) as Box<dyn Coroutine<Sent = i32, Yield = i32, Return = usize>>);
        let by_reference: usize = yield_from!(&mut borrowed);
        let pinned: usize = yield_from!(pin!(made().pinned()));
        vec![by_hand, erased, by_reference, pinned]
    })();
    assert_eq!(all.start(), Step::Yield(0));
    for _ in 0..3 {
        assert_eq!(all.send(1), Step::Yield(2));
        assert_eq!(all.send(2), Step::Yield(4));
        assert_eq!(all.send(0), Step::Yield(0));
    }
    assert_eq!(all.send(0), Step::Return(vec![3, 3, 3, 1]));
}
