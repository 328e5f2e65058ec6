//! What users want to write. Each test is named for it, and short. The list is long.
#![deny(warnings, clippy::all)]

use std::collections::HashMap;
use std::num::ParseIntError;
use std::thread;
use tarae::generator::{BoxGenerator, LocalBoxGenerator};
use tarae::prelude::*;

fn all<I: Iterator>(items: I) -> Vec<I::Item> {
    items.collect()
}

#[test]
fn a_function_that_borrows_its_argument() {
    fn words(text: &str) -> Generator<impl Yields<&str>> {
        generator!({
            for word in text.split(' ') {
                yield word;
            }
        })
    }
    assert_eq!(all(words("to be")), ["to", "be"]);
}

#[test]
fn a_function_that_borrows_several_arguments() {
    fn lines<'a, 'b: 'a>(first: &'a str, rest: &'b [&'b str]) -> Generator<impl Yields<&'a str>> {
        generator!({
            yield first;
            yield_from!(rest.iter().copied());
        })
    }
    assert_eq!(all(lines("a", &["b", "c"])), ["a", "b", "c"]);

    fn pairs<'a, 'b>(left: &'a [u8], right: &'b [u8]) -> impl Iterator<Item = (&'a u8, &'b u8)> {
        generator!({
            for l in left {
                for r in right {
                    yield (l, r);
                }
            }
        })
    }
    assert_eq!(all(pairs(&[1], &[2, 3])), [(&1, &2), (&1, &3)]);
}

#[test]
fn a_function_that_hands_out_exclusive_borrows() {
    fn every_second<T>(items: &mut [T]) -> Generator<impl Yields<&mut T>> {
        generator!({
            for item in items.iter_mut().step_by(2) {
                yield item;
            }
        })
    }
    let mut numbers = [1, 2, 3];
    for n in every_second(&mut numbers) {
        *n *= 10;
    }
    assert_eq!(numbers, [10, 2, 30]);
}

#[test]
fn generic_functions() {
    fn repeat<T: Clone>(item: T, times: usize) -> Generator<impl Yields<T>> {
        generator!({
            for _ in 0..times {
                yield item.clone();
            }
        })
    }
    assert_eq!(all(repeat("a", 2)), ["a", "a"]);

    fn chunks<T, I, const N: usize>(items: I) -> Generator<impl Yields<[T; N]>>
    where
        I: IntoIterator<Item = T>,
    {
        generator!({
            let mut items = items.into_iter();
            while let Some(first) = items.next() {
                let mut first = Some(first);
                let chunk = [(); N].map(|()| first.take().or_else(|| items.next()));
                if chunk.iter().any(Option::is_none) {
                    return;
                }
                yield chunk.map(Option::unwrap);
            }
        })
    }
    assert_eq!(all(chunks::<_, _, 2>(1..6)), [[1, 2], [3, 4]]);
}

#[test]
fn a_field_that_holds_any_generator() {
    struct Source<'a> {
        name: &'static str,
        items: BoxGenerator<'a, u64>,
    }
    let base = vec![1, 2];
    let base = &base;
    let mut sources = [
        Source { name: "borrowed", items: generator!({ yield_from!(base.iter().copied()) }).boxed() },
        Source { name: "endless", items: generator!({ yield_from!(10..) }).boxed() },
    ];
    let firsts = sources.each_mut().map(|source| (source.name, source.items.next().unwrap()));
    assert_eq!(firsts, [("borrowed", 1), ("endless", 10)]);
}

#[test]
fn a_generic_field() {
    struct Numbered<B: Body> {
        next: usize,
        items: Generator<B>,
    }
    impl<Y, B: Yields<Y>> Iterator for Numbered<B>
    where
        Generator<B>: Iterator<Item = Y>,
    {
        type Item = (usize, Y);
        fn next(&mut self) -> Option<(usize, Y)> {
            let item = self.items.next()?;
            self.next += 1;
            Some((self.next, item))
        }
    }
    let numbered = Numbered { next: 0, items: generator!({ yield_from!(["a", "b"]) }) };
    assert_eq!(all(numbered), [(1, "a"), (2, "b")]);
}

/// The notebook's class with `__iter__` and `__next__`.
#[test]
fn an_iterator_of_ones_own_with_a_generator_inside() {
    struct WordSplitter<'a> {
        text: &'a str,
        words: BoxGenerator<'a, &'a str>,
    }
    impl<'a> WordSplitter<'a> {
        fn new(text: &'a str) -> Self {
            let words = generator!({
                for word in text.split(' ') {
                    yield word;
                }
            });
            WordSplitter { text, words: words.boxed() }
        }
    }
    impl<'a> Iterator for WordSplitter<'a> {
        type Item = &'a str;
        fn next(&mut self) -> Option<&'a str> {
            self.words.next()
        }
    }
    let mut splitter = WordSplitter::new("Do today what");
    assert_eq!(splitter.next(), Some("Do"));
    assert_eq!(splitter.by_ref().map(str::len).sum::<usize>(), 9);
    assert_eq!((splitter.next(), splitter.text.len()), (None, 13));
}

#[test]
fn methods_that_borrow_or_take_self() {
    struct Matrix {
        rows: Vec<Vec<i32>>,
    }
    impl Matrix {
        fn cells(&self) -> Generator<impl Yields<&i32>> {
            generator!({
                for row in &self.rows {
                    yield_from!(row);
                }
            })
        }
        fn cells_mut(&mut self) -> Generator<impl Yields<&mut i32>> {
            generator!({
                for row in &mut self.rows {
                    yield_from!(row);
                }
            })
        }
        fn into_cells(self) -> Generator<impl Yields<i32>> {
            generator!({
                for row in self.rows {
                    yield_from!(row);
                }
            })
        }
    }
    let mut matrix = Matrix { rows: vec![vec![1, 2], vec![3]] };
    matrix.cells_mut().for_each(|cell| *cell += 1);
    assert_eq!(matrix.cells().sum::<i32>(), 9);
    assert_eq!(all(matrix.into_cells()), [2, 3, 4]);
}

#[test]
fn into_iterator_for_a_type_of_ones_own() {
    struct Bag(Vec<i32>);
    impl<'a> IntoIterator for &'a Bag {
        type Item = i32;
        type IntoIter = BoxGenerator<'a, i32>;
        fn into_iter(self) -> Self::IntoIter {
            generator!({ yield_from!(self.0.iter().copied()) }).boxed()
        }
    }
    let mut sum = 0;
    for n in &Bag(vec![1, 2]) {
        sum += n;
    }
    assert_eq!(sum, 3);
}

#[test]
fn generators_of_several_kinds_in_one_collection() {
    let generators: Vec<BoxGenerator<i32>> =
        vec![generator!({ yield 1 }).boxed(), generator!({ yield_from!(2..4) }).boxed()];
    assert_eq!(all(generators.into_iter().flatten()), [1, 2, 3]);
    let make = generator!(|n: i32| { yield_from!(0..n) });
    let same_kind: Vec<_> = (0..3).map(&make).collect();
    assert_eq!(all(same_kind.into_iter().flatten()), [0, 0, 1]);
    let mut by_name = HashMap::from([("a", generator!({ yield 5 }).boxed_local())]);
    assert_eq!(by_name.get_mut("a").unwrap().next(), Some(5));
}

#[test]
fn one_of_two_generators() {
    enum Either<A: Body, B: Body> {
        Left(Generator<A>),
        Right(Generator<B>),
    }
    impl<A, B> Iterator for Either<A, B>
    where
        A: Body<Sent = (), Output = ()>,
        B: Yields<A::Yield>,
    {
        type Item = A::Yield;
        fn next(&mut self) -> Option<A::Yield> {
            match self {
                Either::Left(generator) => generator.next(),
                Either::Right(generator) => generator.next(),
            }
        }
    }
    let choose = |left: bool| {
        if left { Either::Left(generator!({ yield 1 })) } else { Either::Right(generator!({ yield 2 })) }
    };
    assert_eq!([choose(true).next(), choose(false).next()], [Some(1), Some(2)]);
}

#[test]
fn trait_methods_that_return_generators() {
    trait Shape {
        fn corners(&self) -> impl Iterator<Item = (i32, i32)>;
        fn corners_of_any(&self) -> BoxGenerator<'_, (i32, i32)>;
    }
    struct Square(i32);
    impl Shape for Square {
        fn corners(&self) -> impl Iterator<Item = (i32, i32)> {
            let side = self.0;
            generator!({
                for x in [0, side] {
                    for y in [0, side] {
                        yield (x, y);
                    }
                }
            })
        }
        fn corners_of_any(&self) -> BoxGenerator<'_, (i32, i32)> {
            generator!({ yield_from!(self.corners()) }).boxed()
        }
    }
    let square = Square(2);
    assert_eq!(all(square.corners()), [(0, 0), (0, 2), (2, 0), (2, 2)]);
    assert_eq!(square.corners_of_any().count(), 4);
    let shapes: [&dyn Fn() -> LocalBoxGenerator<'static, i32>; 1] =
        [&|| generator!({ yield 1 }).boxed_local()];
    assert_eq!(shapes[0]().next(), Some(1));
}

#[test]
fn a_function_that_drives_any_coroutine() {
    fn drive<C: Coroutine<Sent = i32, Yield = i32>>(mut coroutine: C) -> (Vec<i32>, C::Return) {
        let mut items = Vec::new();
        let mut step = coroutine.start();
        loop {
            match step {
                Step::Yield(item) => {
                    items.push(item);
                    step = coroutine.send(item + 1);
                }
                Step::Return(end) => return (items, end),
            }
        }
    }
    let doubler = coroutine!(|n: i32| {
        let mut n = n;
        while n < 10 {
            n = 2 * yield n;
        }
        format!("{n} is enough")
    });
    assert_eq!(drive(doubler(1)), (vec![1, 4], "10 is enough".to_string()));
    let mut by_reference = doubler(2);
    assert_eq!(drive(&mut by_reference).0, [2, 6]);
    let object: &mut dyn Coroutine<Sent = i32, Yield = i32, Return = String> = &mut doubler(20);
    assert_eq!(drive(object), (vec![], "20 is enough".to_string()));
    let boxed: Box<dyn Coroutine<Sent = i32, Yield = i32, Return = String>> = Box::new(doubler(5));
    assert_eq!(drive(boxed).0, [5]);
    assert_eq!(drive(doubler(4).boxed()).0, [4]);
}

#[test]
fn sent_to_another_thread_half_way() {
    let mut generator = generator!({
        let text = String::from("ab");
        for c in text.chars() {
            yield c;
        }
    });
    assert_eq!(generator.next(), Some('a'));
    assert_eq!(thread::spawn(move || generator.next()).join().unwrap(), Some('b'));
    let numbers = vec![1, 2];
    let mut generator = generator!({
        for n in &numbers {
            yield *n;
        }
    });
    thread::scope(|scope| {
        scope.spawn(|| assert_eq!(generator.next(), Some(1)));
    });
    assert_eq!(generator.next(), Some(2));
}

#[test]
fn inside_an_async_block() {
    let task = async {
        let mut sum = 0;
        for n in generator!({ yield_from!(0..4) }) {
            sum += async { n }.await;
        }
        sum
    };
    fn send<T: Send>(task: T) -> T {
        task
    }
    assert_eq!(futures::executor::block_on(send(task)), 6);
}

#[test]
fn question_marks_with_errors_of_several_types() {
    let total = coroutine!(|texts: Vec<&'static str>| -> Result<i32, Box<dyn std::error::Error>> {
        let mut sum = 0;
        for text in texts {
            let n: i32 = text.parse()?;
            sum += n;
            yield u8::try_from(sum)?;
        }
        std::str::from_utf8(b"ok")?;
        Ok(sum)
    });
    let end = |texts: &[&'static str]| {
        let mut total = total(texts.to_vec());
        let mut step = total.start();
        while let Step::Yield(_) = step {
            step = total.send(());
        }
        match step {
            Step::Return(end) => end.map_err(|error| error.to_string()),
            Step::Yield(_) => unreachable!(),
        }
    };
    assert_eq!(end(&["1", "2"]), Ok(3));
    assert!(end(&["x"]).unwrap_err().contains("invalid digit"));
    assert!(end(&["300"]).unwrap_err().contains("out of range"));
    let results = generator!({
        for text in ["1", "x"] {
            yield text.parse::<i32>();
        }
    });
    assert!(results.collect::<Result<Vec<_>, ParseIntError>>().is_err());
}

#[test]
fn closures_that_make_generators() {
    let countdown = generator!(|from: u32| {
        for n in (0..from).rev() {
            yield n;
        }
    });
    assert_eq!(all(countdown(3)), [2, 1, 0]);
    fn twice<B: Body, F: Fn(u32) -> Generator<B>>(make: F) -> [Generator<B>; 2] {
        [make(1), make(2)]
    }
    assert_eq!(twice(countdown).map(Iterator::count), [1, 2]);
    let prefix = String::from("n=");
    let labelled = |n: u32| {
        let prefix = &prefix;
        generator!({ yield format!("{prefix}{n}") })
    };
    assert_eq!(all(labelled(1).chain(labelled(2))), ["n=1", "n=2"]);
}

#[test]
fn generators_of_generators() {
    let rows = generator!({
        for n in 0..3 {
            yield generator!({ yield_from!(0..n) });
        }
    });
    assert_eq!(all(rows.map(all)), [vec![], vec![0], vec![0, 1]]);
}

#[test]
fn a_tree_walk_in_three_lines() {
    struct Tree(i32, Vec<Tree>);
    fn walk(tree: &Tree) -> Generator<impl Yields<i32>> {
        generator!({
            yield tree.0;
            for child in &tree.1 {
                yield_from!(walk(child));
            }
        })
    }
    let tree = Tree(1, vec![Tree(2, vec![Tree(3, vec![])]), Tree(4, vec![])]);
    assert_eq!(all(walk(&tree)), [1, 2, 3, 4]);
}

#[test]
fn permutations_by_recursion() {
    fn permutations(items: Vec<u8>) -> Generator<impl Yields<Vec<u8>>> {
        generator!({
            if items.is_empty() {
                yield vec![];
            }
            for i in 0..items.len() {
                let mut rest = items.clone();
                let first = rest.remove(i);
                for mut tail in permutations(rest).boxed_local() {
                    tail.insert(0, first);
                    yield tail;
                }
            }
        })
    }
    let found = all(permutations(vec![1, 2, 3]));
    assert_eq!((found.len(), &found[0], &found[5]), (6, &vec![1, 2, 3], &vec![3, 2, 1]));
}

#[test]
fn towers_of_hanoi() {
    fn hanoi(n: u32, from: char, to: char, over: char) -> Generator<impl Yields<(char, char)>> {
        generator!({
            if n > 0 {
                yield_from!(hanoi(n - 1, from, over, to));
                yield (from, to);
                yield_from!(hanoi(n - 1, over, to, from));
            }
        })
    }
    assert_eq!(hanoi(10, 'a', 'b', 'c').count(), 1023);
}

#[test]
fn primes_by_a_sieve_of_generators() {
    fn sieve(mut numbers: LocalBoxGenerator<'static, u32>) -> LocalBoxGenerator<'static, u32> {
        generator!({
            if let Some(prime) = numbers.next() {
                yield prime;
                let rest = generator!({
                    for n in numbers {
                        if n % prime != 0 {
                            yield n;
                        }
                    }
                });
                yield_from!(sieve(rest.boxed_local()));
            }
        })
        .boxed_local()
    }
    let numbers = generator!({ yield_from!(2..) }).boxed_local();
    assert_eq!(all(sieve(numbers).take(6)), [2, 3, 5, 7, 11, 13]);
}

#[test]
fn adapters_of_the_standard_library() {
    let letters = || generator!({ yield_from!("abcd".chars()) });
    let numbers = || generator!({ yield_from!(1..) });
    assert_eq!(all(letters().zip(numbers()).skip(2)), [('c', 3), ('d', 4)]);
    let mut peekable = letters().peekable();
    assert_eq!(peekable.peek(), Some(&'a'));
    assert_eq!((peekable.next(), peekable.next_if_eq(&'b')), (Some('a'), Some('b')));
    let mut rest = numbers();
    assert_eq!(rest.by_ref().take(2).sum::<i32>(), 3);
    assert_eq!(rest.next(), Some(3));
    let odd_squares = numbers().filter(|n| n % 2 == 1).map(|n| n * n).take_while(|n| *n < 30);
    assert_eq!(all(odd_squares), [1, 9, 25]);
    assert_eq!(letters().chain(letters()).enumerate().last(), Some((7, 'd')));
    assert_eq!(letters().collect::<String>(), "abcd");
    assert_eq!(letters().max(), Some('d'));
    let (even, odd): (Vec<i32>, Vec<i32>) = numbers().take(4).partition(|n| n % 2 == 0);
    assert_eq!((even, odd), (vec![2, 4], vec![1, 3]));
}

#[test]
#[cfg_attr(miri, ignore = "the pool's queues break Stacked Borrows: see ci/miri.sh")]
fn work_for_a_pool_from_a_generator() {
    let pool = ThreadPool::new(2).unwrap();
    let jobs = generator!({
        for n in 1u64.. {
            yield n;
        }
    });
    assert_eq!(all(jobs.par_map(&pool, |n| n * n).take(4)), [1, 4, 9, 16]);
}

#[test]
fn pinned_on_the_stack_and_in_a_box() {
    let mut pinned = std::pin::pin!(generator!({ yield_from!(0..3) }).pinned());
    let mut sum = 0;
    for n in pinned.as_mut() {
        sum += n;
    }
    assert_eq!((sum, pinned.next()), (3, None));
    struct Holder<G> {
        generator: std::pin::Pin<Box<G>>,
    }
    let mut holder = Holder { generator: Box::pin(generator!({ yield 1 }).pinned()) };
    assert_eq!(holder.generator.as_mut().next(), Some(1));
}

#[test]
fn early_returns_labels_and_locals_as_in_a_function() {
    fn until_negative(numbers: &[i32]) -> Generator<impl Yields<i32>> {
        generator!({
            let mut seen = Vec::new();
            'outer: loop {
                for &n in numbers {
                    if n < 0 {
                        return;
                    }
                    if seen.len() > 3 {
                        break 'outer;
                    }
                    seen.push(n);
                    yield n;
                }
            }
            let longest = &seen;
            yield longest.len() as i32 * 100;
        })
    }
    assert_eq!(all(until_negative(&[1, 2])), [1, 2, 1, 2, 400]);
    assert_eq!(all(until_negative(&[1, -1])), [1]);
}
