//! Products, combinations and permutations: clones, memory, panics.

use crate::support::Counted;
use std::cell::Cell;
use std::num::NonZeroUsize;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use tarae::iter::{combination_slices, combinations, permutation_slices, permutations, product};

#[test]
fn an_array_is_made_of_clones_and_nothing_is_leaked() {
    let clones = Rc::new(Cell::new(0));
    let items = || (0..6).map(|_| Counted(clones.clone()));
    // 20 arrays of three. Then at most two for each of 10 rows, and three for the first.
    for array in combinations::<3, _>(items()) {
        drop(array);
    }
    let stepped = clones.replace(0);
    assert!((60..=83).contains(&stepped), "{stepped}");
    permutations::<6, _>(items()).for_each(drop);
    let folded = clones.replace(0);
    assert!((720 * 6..=720 * 6 + 120 * 6 * 2).contains(&folded), "{folded}");
    // A slice changes in place.
    let mut slices = combination_slices(items(), 3);
    while slices.next_slice().is_some() {}
    drop(slices);
    let lent = clones.replace(0);
    assert!((20..=43).contains(&lent), "{lent}");
    // What was not asked for, what was jumped over, and what was cut off.
    let mut some = permutations::<3, _>(items());
    some.nth(70);
    drop(some);
    drop(permutations::<3, _>(items()).range(3..8).nth(1));
    drop(permutation_slices(items(), 2).split(NonZeroUsize::new(3).unwrap()).nth(1));
    assert_eq!(Rc::strong_count(&clones), 1);
}

/// Its clone panics when told to.
struct Fragile<'a>(usize, &'a Cell<usize>);

impl Clone for Fragile<'_> {
    fn clone(&self) -> Self {
        let left = self.1.get();
        assert!(left > 0, "clone");
        self.1.set(left - 1);
        Fragile(self.0, self.1)
    }
}

/// Whatever clone it is that panics: what comes afterwards is right, or nothing comes.
#[test]
fn a_clone_that_panics_loses_a_choice_or_the_rest() {
    fn survives<'a, const N: usize>(
        budget: &'a Cell<usize>,
        expected: &[[usize; N]],
        make: impl Fn(std::vec::IntoIter<Fragile<'a>>) -> Box<dyn Iterator<Item = [Fragile<'a>; N]> + 'a>,
    ) {
        for at in 0..expected.len() * N + 20 {
            let mut it = make((0..4).map(|place| Fragile(place, budget)).collect::<Vec<_>>().into_iter());
            budget.set(at);
            let mut met = Vec::new();
            let mut panics = 0;
            loop {
                match catch_unwind(AssertUnwindSafe(|| it.next())) {
                    Ok(Some(array)) => met.push(array.map(|item| item.0)),
                    Ok(None) => break,
                    Err(_) => {
                        panics += 1;
                        budget.set(usize::MAX);
                    }
                }
            }
            // In order, each at most once, and all but one if the panic was inside a row.
            let mut rest = expected.iter();
            assert!(met.iter().all(|array| rest.any(|other| other == array)), "{at}: {met:?}");
            assert!(panics == 1 || met.len() == expected.len(), "{at}");
        }
    }
    let budget = Cell::new(usize::MAX);
    let all: Vec<[usize; 2]> = product(0..4).collect();
    survives(&budget, &all, |items| Box::new(product(items)));
    let all: Vec<[usize; 3]> = combinations(0..4).collect();
    survives(&budget, &all, |items| Box::new(combinations(items)));
    let all: Vec<[usize; 3]> = permutations(0..4).collect();
    survives(&budget, &all, |items| Box::new(permutations(items)));
}

#[test]
fn a_closure_that_panics_loses_a_slice() {
    let mut calls = 0;
    let mut sums = combination_slices(1..=3, 2).map_slices(|pair| {
        calls += 1;
        assert_ne!(calls, 2, "second");
        pair.iter().sum::<i32>()
    });
    assert_eq!(sums.next(), Some(3));
    assert!(catch_unwind(AssertUnwindSafe(|| sums.next())).is_err());
    assert_eq!((sums.next(), sums.next()), (Some(5), None));
}
