//! Arms of one source: also while the other arms are behind, ahead, or gone.

use crate::support::{LISTS, check, check_exact};

use tarae::iter::{distribute, partition, serialize, shared, tee};

#[test]
fn tee_agrees() {
    for list in LISTS {
        for ahead in 0..4 {
            for behind in 0..4 {
                let [mut a, mut b, c] = tee(list.iter().copied());
                a.by_ref().take(ahead).for_each(drop);
                b.by_ref().take(behind).for_each(drop);
                check_exact(a);
                check_exact(b);
                // Now the only one.
                check_exact(c);
            }
        }
    }
    // An arm folds the source itself once the others are gone, whatever it had before.
    for taken in 0..6 {
        let [mut a, b] = tee(0..6);
        a.by_ref().take(taken).for_each(drop);
        let mut others = vec![a];
        let seen = b.fold(Vec::new(), |mut seen, x| {
            seen.push(x);
            others.clear();
            seen
        });
        assert_eq!(seen, [0, 1, 2, 3, 4, 5]);
    }
}

#[test]
fn shared_agrees() {
    for list in LISTS {
        for ahead in 0..4 {
            let a = shared(list.iter().copied());
            let mut b = a.clone();
            b.by_ref().take(ahead).for_each(drop);
            check_exact(a);
            check_exact(b);
        }
    }
}

#[test]
fn serialize_agrees() {
    let mut numbers = serialize([1, 2, 3]);
    assert_eq!(numbers.size_hint(), (0, Some(3)));
    assert_eq!(numbers.next(), Some(1));
    assert_eq!(numbers.clone().collect::<Vec<_>>(), [2, 3]);
    assert_eq!(numbers.size_hint(), (0, Some(0)));
}

/// For what cannot be cloned: `next`, `fold`, `nth` and `size_hint` of arm `i`, after some steps of each arm.
fn check_arms<A: Iterator<Item = i32>>(make: impl Fn() -> Vec<A>, exact: bool) {
    let arms = make().len();
    for i in 0..arms {
        let expected: Vec<i32> = {
            let mut arms = make();
            std::iter::from_fn(|| arms[i].next()).collect()
        };
        for other in 0..arms {
            for steps in 0..4 {
                for gone in [false, true] {
                    let at = || {
                        let mut arms = make();
                        arms[other].by_ref().take(steps).for_each(drop);
                        let arm = arms.remove(i);
                        if gone {
                            arms.clear();
                        }
                        (arm, arms)
                    };
                    let done = if other == i { steps.min(expected.len()) } else { 0 };
                    let rest = &expected[done..];
                    let (arm, _others) = at();
                    let (low, high) = arm.size_hint();
                    assert!(low <= rest.len() && high.unwrap() >= rest.len());
                    assert!(!exact || (low, high) == (rest.len(), Some(rest.len())));
                    let mut folded = Vec::new();
                    arm.for_each(|x| folded.push(x));
                    assert_eq!(folded, rest);
                    for n in 0..rest.len() + 2 {
                        let (mut arm, _others) = at();
                        assert_eq!(arm.nth(n).as_ref(), rest.get(n));
                        assert_eq!(arm.next().as_ref(), rest.get(n + 1));
                    }
                }
            }
        }
    }
}

#[test]
fn distribute_agrees() {
    for list in LISTS {
        check_arms(|| distribute::<1, _>(list.iter().copied()).into(), true);
        check_arms(|| distribute::<2, _>(list.iter().copied()).into(), true);
        check_arms(|| distribute::<3, _>(list.iter().copied()).into(), true);
        check_arms(|| distribute::<9, _>(list.iter().copied()).into(), true);
    }
}

#[test]
fn partition_agrees() {
    for list in LISTS {
        check_arms(
            || {
                let (even, odd) = partition(|x| x % 2 == 0, list.iter().copied());
                vec![even, odd]
            },
            false,
        );
    }
}

#[test]
fn an_arm_of_a_source_of_unknown_length() {
    let [mut a, b] = tee((0..10).filter(|x| x % 3 == 0));
    a.next();
    check(a);
    check(b);
}
