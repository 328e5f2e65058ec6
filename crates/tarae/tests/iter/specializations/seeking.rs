//! seekable, time_limited, iter_until.

use std::num::NonZeroUsize;
use std::time::Duration;

use crate::support::{LISTS, check, check_exact};
use tarae::iter::{iter_until, seekable, time_limited};

#[test]
fn seekable_agrees_wherever_it_is() {
    for list in LISTS {
        check_exact(seekable(list.iter().copied()));
        check(seekable(list.iter().filter(|x| **x > 1)));
        for pulled in 0..=list.len() {
            for position in 0..=pulled {
                let mut items = seekable(list.iter().copied());
                items.seek(pulled);
                assert_eq!(items.seek(position), position);
                assert_eq!(items.len(), list.len() - position);
                check_exact(items.clone());
                // Jumping remembers what it jumps over.
                for n in 0..list.len() + 2 {
                    let mut jumped = items.clone();
                    assert_eq!(jumped.nth(n), list.get(position + n).copied());
                    let remembered = (position + n + 1).min(list.len()).max(pulled);
                    assert_eq!(*jumped.elements(), &list[..remembered]);
                }
                for limit in 1..4 {
                    check_exact(items.clone().max_len(NonZeroUsize::new(limit).unwrap()));
                }
            }
        }
    }
}

#[test]
fn time_limited_agrees() {
    for list in LISTS {
        check(time_limited(Duration::MAX, list));
        check(time_limited(Duration::from_secs(1 << 40), list));
        check(time_limited(Duration::ZERO, list));
    }
    // Once it is clear that the clock cannot count so far, the length is the source's.
    let mut items = time_limited(Duration::MAX, 0..5);
    assert_eq!(items.size_hint(), (0, Some(5)));
    items.next();
    assert_eq!(items.size_hint(), (4, Some(4)));
}

#[test]
fn iter_until_agrees() {
    for list in LISTS {
        let list: Vec<i32> = list.to_vec();
        check(iter_until(
            {
                let mut items = list.into_iter();
                move || items.next().unwrap_or(0)
            },
            0,
        ));
    }
}
