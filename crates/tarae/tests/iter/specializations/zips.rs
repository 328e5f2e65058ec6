//! compress, zip_strict, roundrobin.

use crate::support::{LISTS, check, check_exact};
use tarae::iter::{compress, roundrobin, zip_strict};

#[test]
fn compress_agrees() {
    for list in LISTS {
        for other in LISTS {
            check(compress(list.iter(), other.iter().map(|x| x % 2 == 1)));
            check(compress(list.iter().filter(|x| **x > 1), other.iter().map(|x| x % 2 == 1)));
        }
    }
    assert_eq!(compress(0..9, [true; 4]).size_hint(), (0, Some(4)));
    assert_eq!(compress(0..3, [true; 4]).size_hint(), (0, Some(3)));
    assert_eq!(compress(0_u64.., [true; 4]).size_hint(), (0, Some(4)));
    assert_eq!(compress(0..3, std::iter::repeat(true)).size_hint(), (0, Some(3)));
}

#[test]
fn zip_strict_agrees() {
    for list in LISTS {
        for other in LISTS {
            check_exact(zip_strict(list, other));
            check_exact(zip_strict(list.iter().chain(other), other.iter().rev()));
            check(zip_strict(list.iter().filter(|x| **x > 1), other));
            check(zip_strict(list, other.iter().filter(|x| **x > 1)));
            check(zip_strict(list.iter().filter(|x| **x > 1), other.iter().filter(|x| **x > 1)));
            let expected = list.len().min(other.len()) + usize::from(list.len() != other.len());
            assert_eq!(zip_strict(list, other).len(), expected);
        }
    }
}

/// Both bounds are reached, whatever the bounds of the two are.
#[test]
fn the_bounds_of_zip_strict_are_tight() {
    for (a_low, a_high) in (0..5).flat_map(|low| (low..5).map(move |high| (low, high))) {
        for (b_low, b_high) in (0..5).flat_map(|low| (low..5).map(move |high| (low, high))) {
            // A source of `low` items and some that may be filtered out.
            let source = |low: i32, high: i32| (0..low).chain((low..high).filter(|_| true));
            let hint = zip_strict(source(a_low, a_high), source(b_low, b_high)).size_hint();
            let (mut fewest, mut most) = (usize::MAX, 0);
            for a in a_low..=a_high {
                for b in b_low..=b_high {
                    let n = zip_strict(0..a, 0..b).count();
                    (fewest, most) = (fewest.min(n), most.max(n));
                }
            }
            assert_eq!(hint, (fewest, Some(most)), "{a_low}..={a_high} with {b_low}..={b_high}");
        }
    }
}

#[test]
fn roundrobin_agrees() {
    for first in LISTS {
        check(roundrobin([first]));
        for second in LISTS {
            check(roundrobin([first, second]));
            for third in LISTS {
                let mut it = roundrobin([first, second, third]);
                let mut left = first.len() + second.len() + third.len();
                check(it.clone());
                // Exact from the first item on, wherever in a round it is.
                while it.next().is_some() {
                    left -= 1;
                    assert_eq!(it.size_hint(), (left, Some(left)));
                    check_exact(it.clone());
                }
            }
        }
    }
    check(roundrobin([&[0; 0]; 0]));
    assert_eq!(roundrobin([&[0; 0]; 0]).size_hint(), (0, Some(0)));
    assert_eq!(roundrobin([[1]]).size_hint(), (0, None));
}
