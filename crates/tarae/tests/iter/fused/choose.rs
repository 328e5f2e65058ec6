//! Products, combinations and permutations.

use crate::support::{check_ended, hiccup};
use tarae::iter::{combination_slices, combinations, combinations_with_replacement, permutations};

#[test]
fn choices_stay_at_their_end_whatever_the_source_does() {
    check_ended(combinations::<2, _>(hiccup()));
    check_ended(combinations::<0, _>(hiccup()));
    check_ended(combinations::<9, _>(hiccup()));
    check_ended(combinations_with_replacement::<2, _>(hiccup()));
    check_ended(permutations::<3, _>(hiccup()));
    check_ended(permutations::<2, _>(hiccup()).range(1..4));
    check_ended(combination_slices(hiccup(), 2).collect_slices());
}
