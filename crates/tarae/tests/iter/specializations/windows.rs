//! Windows: the fast ways agree with `next`.

use std::num::NonZeroUsize;

use crate::support::{LISTS, check, check_exact};
use tarae::iter::{pairwise, sliding, windowed};

fn sizes(n: usize, step: usize) -> (NonZeroUsize, NonZeroUsize) {
    (NonZeroUsize::new(n).unwrap(), NonZeroUsize::new(step).unwrap())
}

/// What `windowed` is to give, by slices.
fn expected<T: Clone>(list: &[T], n: usize, step: usize, partial: bool) -> Vec<Vec<T>> {
    let mut windows: Vec<Vec<T>> = list.windows(n).step_by(step).map(<[T]>::to_vec).collect();
    let begin = windows.len() * step;
    let seen = if windows.is_empty() { 0 } else { begin - step + n };
    if partial && list.len() > begin.max(seen) {
        windows.push(list[begin..].to_vec());
    }
    windows
}

#[test]
fn pairwise_agrees() {
    for list in LISTS {
        check_exact(pairwise(list.iter().copied()));
        check_exact(pairwise(list));
        check_exact(pairwise(list.iter().map(|x| x.to_string())));
        check(pairwise(list.iter().copied().filter(|x| x % 2 == 0)));
        let expected = list.windows(2).map(|w| (w[0], w[1]));
        assert!(pairwise(list.iter().copied()).eq(expected));
        assert_eq!(pairwise(list).len(), list.len().saturating_sub(1));
    }
}

#[test]
fn sliding_agrees() {
    fn check_all<const N: usize>() {
        for list in LISTS {
            check_exact(sliding::<N, _>(list.iter().copied()));
            check_exact(sliding::<N, _>(list));
            check_exact(sliding::<N, _>(list.iter().map(|x| x.to_string())));
            check(sliding::<N, _>(list.iter().copied().filter(|x| x % 2 == 0)));
            assert!(
                sliding::<N, _>(list.iter().copied())
                    .eq(list.windows(N).map(|w| <[i32; N]>::try_from(w).unwrap()))
            );
            assert_eq!(sliding::<N, _>(list).len(), list.len().saturating_sub(N - 1));
        }
        check_exact(sliding::<N, _>(0..12));
    }
    check_all::<1>();
    check_all::<2>();
    check_all::<3>();
    check_all::<5>();
}

#[test]
fn windowed_agrees() {
    for list in LISTS {
        for (n, step) in (1..6).flat_map(|n| (1..8).map(move |step| sizes(n, step))) {
            for partial in [false, true] {
                let windows = |list| {
                    let windows = windowed(list, n, step);
                    if partial { windows.partial() } else { windows }
                };
                check_exact(windows(list).map_windows(|w| w.iter().copied().copied().collect::<Vec<_>>()));
                check_exact(windows(list).collect_windows());
                let expected = expected(list, n.get(), step.get(), partial);
                let seen = windows(list).map_windows(|w| w.iter().map(|x| **x).collect::<Vec<_>>());
                assert_eq!(seen.collect::<Vec<_>>(), expected, "{n} {step} {partial} {list:?}");

                // An iterator goes on where the lending has stopped.
                for asked in 0..expected.len() + 2 {
                    let mut windows = windows(list);
                    for _ in 0..asked {
                        windows.next_window();
                    }
                    let left = expected.get(asked..).unwrap_or_default();
                    assert_eq!(windows.clone().collect_windows().size_hint(), (left.len(), Some(left.len())));
                    assert_eq!(windows.collect_windows().count(), left.len());
                }
            }
            let even = list.iter().filter(|x| **x % 2 == 0);
            check(windowed(even.clone(), n, step).collect_windows());
            check(windowed(even, n, step).partial().collect_windows());
        }
    }
}

/// So long that the buffer slides many times, with items that are dropped and with such as are not.
#[test]
fn long_windows_agree() {
    fn check_all<T: Clone + PartialEq + std::fmt::Debug>(list: &[T]) {
        for (n, step) in
            [(1, 1), (2, 1), (3, 2), (7, 1), (7, 6), (7, 7), (7, 9), (100, 1), (100, 30), (400, 7)]
        {
            let expected = expected(list, n, step, true);
            let (n, step) = sizes(n, step);
            let windows = || windowed(list.iter().cloned(), n, step).partial();

            let mut lending = windows();
            for window in &expected {
                assert_eq!(lending.next_window(), Some(&window[..]));
            }
            assert_eq!(lending.next_window(), None);

            assert_eq!(windows().collect_windows().len(), expected.len());
            let mut folded = Vec::new();
            windows().collect_windows().for_each(|w| folded.push(w));
            assert!(folded == expected);
            let mut mapped = windows().map_windows(<[T]>::to_vec);
            let half = expected.len() / 2;
            assert!(mapped.by_ref().take(half).eq(expected[..half].iter().cloned()));
            assert_eq!(mapped.len(), expected.len() - half);
            let mut folded = Vec::new();
            mapped.for_each(|w| folded.push(w));
            assert!(folded == expected[half..]);
        }
    }
    let numbers: Vec<u64> = (0..1500).map(|x| x * x % 1009).collect();
    check_all(&numbers);
    check_all(&numbers.iter().map(u64::to_string).collect::<Vec<_>>());
    check_all(&[(); 700]);
}

/// Wherever the buffer has just been moved when the end comes.
#[test]
fn windows_of_all_lengths_agree() {
    for len in 0..40 {
        let list: Vec<String> = (0..len).map(|x| x.to_string()).collect();
        for (n, step) in (1..5).flat_map(|n| (1..6).map(move |step| (n, step))) {
            let expected = expected(&list, n, step, true);
            let (n, step) = sizes(n, step);
            let windows = || windowed(list.iter().cloned(), n, step).partial().collect_windows();
            assert_eq!(windows().len(), expected.len());
            assert!(windows().eq(expected.iter().cloned()), "{n} {step} {len}");
            let mut folded = Vec::new();
            windows().for_each(|w| folded.push(w));
            assert_eq!(folded, expected);
        }
    }
}
