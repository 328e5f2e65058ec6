//! No method of ours has a name that another trait has, as long as both are in scope: such a call would be an error
//! (E0034), also where both mean the same.
//!
//! The preludes that programs import together are all here. A name that std has, but not for all yet, is found by the compiler's own lint.
#![deny(unstable_name_collisions)]

use futures::prelude::*;
use indicatif::ProgressIterator;
use itertools::Itertools;
use rayon::prelude::*;
use std::num::NonZeroUsize;
use std::time::Duration;
use tarae::prelude::*;

const TWO: NonZeroUsize = NonZeroUsize::new(2).unwrap();

#[test]
fn our_methods_are_ours() {
    assert!([1, 2, 3].into_iter().accumulate(|a, b| a + b).eq([1, 3, 6]));
    assert!((1..=3).batched(TWO).eq([vec![1, 2], vec![3]]));
    assert!((1..=3).batched_array::<2>().eq([[1, 2]]));
    assert!((1..=3).compress([true, false, true]).eq([1, 3]));
    assert!((1..=3).divide(TWO).eq([vec![1, 2], vec![3]]));
    assert_eq!((1..=3).on_progress(|p| assert!(p.done <= 3)).count(), 3);
    assert_eq!((1..=3).on_progress_by(|n| *n > 2, |p| assert!(p.failed <= 1)).count(), 3);
    assert!((1..=3).pairwise().eq([(1, 2), (2, 3)]));
    assert!((1..=3).seekable().eq(1..=3));
    assert!((1..=3).sliding::<2>().eq([[1, 2], [2, 3]]));
    assert!((1..=3).split_after(|n| *n == 2).eq([vec![1, 2], vec![3]]));
    assert!((1..=3).split_at(|n| *n == 2).eq([[1], [3]]));
    assert!((1..=3).split_before(|n| *n == 2).eq([vec![1], vec![2, 3]]));
    assert!((1..=3).split_when(|a, b| a + b > 4).eq([vec![1, 2], vec![3]]));
    assert!((1..=3).time_limited(Duration::MAX).eq(1..=3));
    assert_eq!((1..=3).windowed(TWO, TWO).next_window(), Some(&[1, 2][..]));
    assert!((1..=3).zip_strict(4..=6).all(|pair| pair.is_ok()));
    assert_eq!((1..=3).par_map(Inline, |n| n * n).sum::<i32>(), 14);
    assert!((1..=3).prefetch(Inline, 2).eq(1..=3));
    assert!((1..=3).throttle(Duration::ZERO).eq(1..=3));
    assert_eq!((1..=3).par_stage(Inline, |batch| batch.map(|n| n * n)).sum::<i32>(), 14);
    (1..=3).par_for_each(Inline, |_| ());
    assert_eq!((1..=3).try_par_for_each(Inline, |n| if n > 1 { Err(n) } else { Ok(()) }), Err(2));
    assert_eq!((1..=3).cancellable(&CancelToken::new()).count(), 3);
}

#[test]
fn theirs_stay_theirs() {
    assert_eq!([1, 2, 3].into_iter().sorted().join("-"), "1-2-3");
    assert_eq!([1, 2, 3].into_par_iter().map(|n| n * n).sum::<i32>(), 14);
    assert_eq!([1, 2, 3].into_iter().progress().sum::<i32>(), 6);
    let stream = futures::stream::iter([1, 2, 3]).map(|n| n * n).collect::<Vec<i32>>();
    assert_eq!(futures::executor::block_on(stream), [1, 4, 9]);
}

/// Every method of the trait is called above.
#[test]
fn none_is_left_out() {
    let (ours, here) = (include_str!("../../src/iter/ext.rs"), include_str!("names.rs"));
    let methods: Vec<&str> = ours
        .lines()
        .filter_map(|line| line.trim_start().strip_prefix("fn "))
        .map(|signature| signature.split(['(', '<']).next().unwrap())
        .collect();
    assert!(methods.contains(&"accumulate") && methods.contains(&"par_map"), "{methods:?}");
    for method in methods {
        assert!(
            here.contains(&format!(".{method}(")) || here.contains(&format!(".{method}::<")),
            "{method} is not called"
        );
    }
}
