//! Nothing wraps: values that do not fit end the iterator, and lengths that do not fit are not made up.

mod arms;
mod batches;
mod choose;
mod seeking;
mod splits;
mod windows;
mod zips;

use std::time::Duration;

use tarae::iter::{accumulate_from, count, groupby, product};

const ENDLESS: (usize, Option<usize>) = (usize::MAX, None);

#[test]
fn a_count_ends_where_its_type_ends() {
    assert!(count(u64::MAX - 1, 1).eq([u64::MAX - 1, u64::MAX]));
    assert!(count(i32::MIN + 1, -1).eq([i32::MIN + 1, i32::MIN]));
    let second = Duration::from_secs(1);
    assert_eq!(count(Duration::MAX - second, second).count(), 2);
}

#[test]
fn a_count_jumps_without_counting() {
    assert_eq!(count(0_u64, 3).nth(usize::MAX / 4), Some(usize::MAX as u64 / 4 * 3));
    assert_eq!(count(0_u64, 3).nth(usize::MAX), None);
    assert_eq!(count(i64::MIN, 1).nth(usize::MAX), Some(i64::MAX));
    assert_eq!(count(0_i8, 1).nth(1 << 20), None);
    assert_eq!(count(7_u8, 0).nth(usize::MAX), Some(7));
    assert_eq!(count(0.0, 0.5).nth(1 << 40), Some((1_u64 << 39) as f64));
    let nano = Duration::from_nanos(1);
    assert_eq!(count(Duration::ZERO, nano).nth(usize::MAX), Some(Duration::from_nanos(usize::MAX as u64)));
    assert_eq!(count(Duration::ZERO, Duration::MAX).nth(2), None);
    assert_eq!(count(nano, Duration::ZERO).nth(usize::MAX), Some(nano));
}

#[test]
fn a_float_count_never_ends() {
    let mut halves = count(0.0, 0.5);
    assert_eq!(halves.size_hint(), ENDLESS);
    halves.nth(usize::MAX);
    let last = halves.nth(usize::MAX);
    assert_eq!(last, Some(u64::MAX as f64 * 0.5));
    assert_eq!(halves.next(), last);
    assert_eq!(halves.size_hint(), ENDLESS);
    assert!(count(f32::MAX, f32::MAX).skip(1).take(3).eq([f32::INFINITY; 3]));
}

#[test]
fn a_count_knows_its_length_as_far_as_a_usize_can_say() {
    assert_eq!(count(0_u8, 1).size_hint(), (256, Some(256)));
    assert_eq!(count(5, 0).size_hint(), ENDLESS);
    assert_eq!(count(0_u128, 1).size_hint(), ENDLESS);
    // One more than fit, and exactly as many.
    assert_eq!(count(0_usize, 1).size_hint(), ENDLESS);
    assert_eq!(count(1_usize, 1).size_hint(), (usize::MAX, Some(usize::MAX)));
    assert_eq!(count(Duration::ZERO, Duration::ZERO).size_hint(), ENDLESS);
    assert_eq!(count(Duration::ZERO, Duration::from_nanos(1)).size_hint(), ENDLESS);
}

#[test]
fn a_product_that_is_too_long_says_so() {
    let mut long = product::<17, _>(0_u8..16);
    assert_eq!(long.size_hint(), ENDLESS);
    long.next();
    assert_eq!(long.size_hint(), ENDLESS);
    assert_eq!(long.nth(15).unwrap()[15..], [1, 0]);

    #[cfg(target_pointer_width = "64")]
    {
        // 16^16 is 2^64: one too many, until the first has been taken.
        let mut brim = product::<16, _>(0_u8..16);
        assert_eq!(brim.size_hint(), ENDLESS);
        brim.next();
        assert_eq!(brim.size_hint(), (usize::MAX, Some(usize::MAX)));
    }
    assert_eq!(product::<100, _>(0..1).size_hint(), (1, Some(1)));
    assert_eq!(product::<100, _>(0..0).size_hint(), (0, Some(0)));
    assert_eq!(product::<0, _>(0_u64..).size_hint(), (1, Some(1)));
    assert_eq!(product::<2, _>(std::iter::repeat(1)).size_hint(), ENDLESS);
}

#[test]
fn groups_of_an_endless_source_have_no_known_number() {
    let mut groups = groupby(std::iter::repeat(1).chain([2]), |x| *x);
    let group = groups.next_group().unwrap();
    assert_eq!(group.size_hint(), (1, None));
    assert_eq!(groups.collect_groups().size_hint(), (0, None));
    assert_eq!(groupby(0_u64.., |x| *x).collect_groups().size_hint(), (1, None));
}

#[test]
fn totals_are_one_more_than_items() {
    // One more than can be counted.
    assert_eq!(accumulate_from(0, 0..usize::MAX, |_, x| x).size_hint(), (usize::MAX, None));
    assert_eq!(accumulate_from(0, std::iter::repeat(1), |a, x| a + x).size_hint(), (usize::MAX, None));
    let mut begun = accumulate_from(0, 0..usize::MAX, |_, x| x);
    begun.next();
    assert_eq!(begun.size_hint(), (usize::MAX, Some(usize::MAX)));
}
