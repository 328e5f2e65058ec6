//! `#[remote]` on every form of function: it stays a function, and becomes a job and something to map with, here and in
//! another process.
#![forbid(unsafe_code)]
#![deny(warnings, missing_docs, unreachable_pub, missing_debug_implementations, missing_copy_implementations)]

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use tarae::prelude::*;
use tarae::remote;

tarae::init!();

static POOL: LazyLock<ProcessPool> = LazyLock::new(|| ProcessPool::new(1).unwrap());

/// What the call gives in another process.
fn run<F: RemoteFn>(call: Call<F>) -> F::Output
where
    Call<F>: PortableJob<Output = F::Output>,
{
    POOL.submit(call).result().unwrap()
}

#[remote]
fn nothing() {}

#[remote]
fn twice(text: String) -> String {
    text.repeat(2)
}

#[remote]
const fn add(a: u64, b: u64) -> u64 {
    a + b
}

#[test]
fn of_no_argument_of_one_and_of_several() {
    nothing();
    run(nothing::call());
    assert_eq!(twice("a".into()), "aa");
    assert_eq!(run(twice::call("b".into())), "bb");
    const THREE: u64 = add(1, 2); // still `const`
    assert_eq!(run(add::call(1, 2)), THREE);
    assert_eq!(Inline.submit(add::call(1, 2)).result().unwrap(), THREE);
}

#[test]
fn to_map_with() {
    let words = || ["a", "b"].map(String::from).into_iter();
    let pairs = || (0..3).map(|n| (n, 10));

    let threads = ThreadPool::new(2).unwrap();
    assert_eq!((0..3).map(|_| ()).par_map(&threads, nothing::FN).count(), 3);
    assert_eq!(words().par_map(&threads, twice::FN).collect::<Vec<_>>(), ["aa", "bb"]);
    assert_eq!(pairs().par_map(&threads, add::FN).collect::<Vec<_>>(), [10, 11, 12]);

    assert_eq!((0..3).map(|_| ()).par_map(&*POOL, nothing::FN).count(), 3);
    assert_eq!(words().par_map(&*POOL, twice::FN).collect::<Vec<_>>(), ["aa", "bb"]);
    assert_eq!(pairs().par_map(&*POOL, add::FN).collect::<Vec<_>>(), [10, 11, 12]);
}

#[remote]
#[rustfmt::skip]
#[expect(clippy::too_many_arguments, reason = "as many as there can be")]
fn of_sixteen(a: u8, b: u8, c: u8, d: u8, e: u8, f: u8, g: u8, h: u8, i: u8, j: u8, k: u8, l: u8, m: u8, n: u8, o: u8, p: u8) -> [u8; 16] {
    [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p]
}

#[test]
fn of_as_many_arguments_as_there_can_be() {
    let given = std::array::from_fn(|n| u8::try_from(n).unwrap());
    assert_eq!(run(of_sixteen::call(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)), given);
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Point {
    x: i32,
    y: i32,
}

#[remote]
fn patterns(
    mut sum: i32,
    _: u8,
    _unused: u8,
    (a, b): (i32, i32),
    Point { x, y }: Point,
    [first, ..]: [i32; 3],
) -> i32 {
    sum += a + b + x + y + first;
    sum
}

#[test]
fn arguments_are_patterns() {
    assert_eq!(run(patterns::call(1, 2, 3, (4, 5), Point { x: 6, y: 7 }, [8, 9, 10])), 31);
}

#[remote]
fn types_with_commas_and_arrows(
    map: BTreeMap<String, Vec<Option<(u8, [u8; 1 + 1])>>>,
    kind: std::marker::PhantomData<fn(&str, u8) -> u8>,
) -> Result<BTreeMap<String, usize>, String> {
    let std::marker::PhantomData = kind;
    if map.is_empty() {
        return Err("empty".into());
    }
    Ok(map.iter().map(|(key, values)| (key.clone(), values.len())).collect())
}

#[test]
fn types_of_every_shape() {
    let map = BTreeMap::from([("a".into(), vec![None, Some((1, [2, 3]))])]);
    let lengths = BTreeMap::from([("a".into(), 2)]);
    let kind = std::marker::PhantomData;
    assert_eq!(run(types_with_commas_and_arrows::call(map, kind)), Ok(lengths));
    assert_eq!(run(types_with_commas_and_arrows::call(BTreeMap::new(), kind)), Err("empty".into()));
}

#[remote]
fn r#type(r#match: u8) -> u8 {
    r#match + 1
}

#[test]
fn names_that_are_keywords() {
    assert_eq!(run(r#type::call(1)), r#type(1));
    assert_eq!(<r#type as RemoteFn>::NAME, "remote_functions::type");
}

#[test]
fn in_a_function_body_with_its_types() {
    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Local(u8);

    #[remote]
    fn next(Local(n): Local) -> Local {
        Local(n + 1)
    }

    assert_eq!(run(next::call(Local(1))), Local(2));
    assert_eq!([Local(1)].into_iter().par_map(&*POOL, next::FN).collect::<Vec<_>>(), [Local(2)]);
}

#[test]
fn of_one_name_in_two_function_bodies() {
    fn one() -> String {
        #[remote]
        fn which(n: u8) -> String {
            format!("one {n}")
        }
        run(which::call(1))
    }
    fn two() -> String {
        #[remote]
        fn which(n: u8) -> String {
            format!("two {n}")
        }
        run(which::call(2))
    }
    assert_eq!(one(), "one 1");
    assert_eq!(two(), "two 2");
}

#[test]
fn in_a_generic_function() {
    fn outer<T: From<u8>>() -> T {
        #[remote]
        fn inner(n: u8) -> u8 {
            n + 1
        }
        run(inner::call(1)).into()
    }
    assert_eq!(outer::<u32>(), 2);
    assert_eq!(outer::<u64>(), 2);
}

#[remote]
#[cfg(not(test))]
fn configured(n: NoSuchType) -> u8 {
    n
}

#[cfg(test)]
#[remote]
#[cfg(test)]
fn configured(n: u8) -> u8 {
    n
}

#[test]
fn what_is_configured_away_is_wholly_gone() {
    assert_eq!(run(configured::call(1)), 1);
}

mod elsewhere {
    /// Documented, and seen in the whole crate.
    #[tarae::remote]
    pub(crate) fn norm(x: i32) -> i32 {
        x.abs()
    }

    pub(crate) mod deeper {
        #[tarae::remote]
        pub(in crate::elsewhere) fn hidden(x: i32) -> i32 {
            x + 1
        }

        #[tarae::remote]
        pub(crate) fn norm(x: i32) -> i32 {
            2 * x.abs()
        }
    }

    pub(crate) fn through_hidden(x: i32) -> i32 {
        super::run(deeper::hidden::call(x))
    }
}

#[test]
fn one_use_brings_all_of_it() {
    use elsewhere::norm;
    assert_eq!(norm(-1), 1);
    assert_eq!(run(norm::call(-1)), 1);
    assert_eq!([-1].into_iter().par_map(&*POOL, norm::FN).collect::<Vec<_>>(), [1]);

    use elsewhere::deeper::norm as doubled;
    assert_eq!(doubled(-1), 2);
    assert_eq!(run(doubled::call(-1)), 2);
    assert_eq!(elsewhere::through_hidden(1), 2);
}

#[test]
fn the_same_name_in_two_modules_is_two_names() {
    assert_eq!(elsewhere::norm::NAME, "remote_functions::elsewhere::norm");
    assert_eq!(elsewhere::deeper::norm::NAME, "remote_functions::elsewhere::deeper::norm");
}

macro_rules! remote_function {
    ($(#[$attribute:meta])* $visibility:vis fn $name:ident($($argument:ident: $type:ty),*) -> $output:ty $body:block) => {
        $(#[$attribute])*
        #[remote]
        $visibility fn $name($($argument: $type),*) -> $output $body
    };
    ($function:item) => {
        #[remote(crate = tarae)]
        $function
    };
}

remote_function! {
    /// Made of fragments.
    #[must_use]
    pub(crate) fn by_fragments(a: u8, b: Vec<u8>) -> usize { b.len() + usize::from(a) }
}
remote_function! {
    #[inline]
    fn as_an_item(a: u8) -> u8 { a }
}

#[test]
fn by_a_macro() {
    assert_eq!(run(by_fragments::call(1, vec![2, 3])), 3);
    assert_eq!(run(as_an_item::call(1)), 1);
}

#[remote]
#[deprecated(note = "for the test")]
fn old(n: u8) -> u8 {
    n
}

#[test]
fn a_deprecated_function_is_so_for_its_callers_only() {
    #[expect(deprecated, reason = "for the test")]
    let answer = run(old::call(1));
    assert_eq!(answer, 1);
}
