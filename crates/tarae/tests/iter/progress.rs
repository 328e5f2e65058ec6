//! `on_progress`: items are counted one by one and passed on as they are; it is said at the first, now and then, and at the end.

use std::time::{Duration, Instant};
use tarae::iter::{Progress, on_progress};
use tarae::prelude::*;

/// What was reported while `f` took the items.
fn reports<I: Iterator<Item = u32>, R>(
    items: I,
    f: impl FnOnce(&mut dyn Iterator<Item = u32>) -> R,
) -> Vec<Progress> {
    let mut reports = Vec::new();
    f(&mut items.on_progress(|p| reports.push(p)));
    reports
}

/// The time since the last call is over when this returns.
fn spend(since: &mut Instant, time: Duration) {
    while since.elapsed() < time {
        std::hint::spin_loop();
    }
    *since = Instant::now();
}

#[test]
fn items_pass_as_they_are_stepped_and_folded() {
    let numbers = || (0..1_000u32).on_progress(|_| ());
    assert!(numbers().eq(0..1_000));
    assert_eq!(numbers().sum::<u32>(), 499_500);
    assert_eq!(numbers().collect::<Vec<_>>().len(), 1_000);
    assert_eq!((numbers().len(), numbers().size_hint()), (1_000, (1_000, Some(1_000))));
    let mut some = numbers();
    assert_eq!((some.nth(9), some.len(), some.sum::<u32>()), (Some(9), 990, 499_500 - 45));
}

#[test]
fn the_first_and_the_end_are_always_said() {
    let all = reports(0..1_000, |items| items.for_each(drop));
    assert_eq!((all[0].done, all[0].total, all[0].is_finished), (1, Some(1_000), false));
    let last = all[all.len() - 1];
    assert_eq!((last.done, last.total, last.failed, last.is_finished), (1_000, Some(1_000), 0, true));
    assert_eq!(all.iter().filter(|p| p.is_finished).count(), 1);

    let none = reports(0..0, |items| assert_eq!((items.next(), items.next()), (None, None)));
    assert_eq!((none.len(), none[0].done, none[0].total, none[0].is_finished), (1, 0, Some(0), true));
}

#[test]
fn nothing_is_said_before_an_item_is_asked_for_nor_after_a_drop() {
    assert!(reports(0..10, |_| ()).is_empty());
    let some = reports(0..10, |items| items.next());
    assert_eq!((some.len(), some[0].done, some[0].is_finished), (1, 1, false));
}

#[test]
fn stepping_and_folding_say_the_same() {
    let mut folded = Vec::new();
    let mut half = (0..100u32).on_progress(|p| folded.push((p.done, p.total, p.is_finished)));
    half.by_ref().take(50).for_each(drop);
    half.for_each(drop);
    assert_eq!(folded.first(), Some(&(1, Some(100), false)));
    assert_eq!(folded.last(), Some(&(100, Some(100), true)));
}

#[test]
fn a_total_is_said_only_if_it_is_known() {
    assert!(reports((0..10).filter(|n| n % 2 == 0), |items| items.count())[0].total.is_none());
    assert_eq!(reports(0.., |items| items.next())[0].total, None);
}

#[test]
fn reports_are_apart_however_many_items_there_are() {
    const ITEMS: u32 = if cfg!(miri) { 1_000 } else { 20_000_000 };
    let start = Instant::now();
    let all = reports(0..ITEMS, |items| while items.next().is_some() {});
    let most = start.elapsed().as_millis() / 100 + 3;
    assert!(all.len() as u128 <= most, "{} reports", all.len());
    assert!(all.windows(2).all(|pair| pair[0].done <= pair[1].done && pair[0].elapsed <= pair[1].elapsed));
}

#[test]
fn slow_items_are_said_one_by_one() {
    let mut since = Instant::now();
    let slow = (0..4u32).inspect(|_| spend(&mut since, Duration::from_millis(105)));
    let done: Vec<u64> = reports(slow, |items| items.count()).iter().map(|p| p.done).collect();
    assert_eq!(done, [1, 2, 3, 4, 4]);
}

#[test]
fn items_that_become_slow_are_said_again_before_long() {
    let mut since = Instant::now();
    let items = (0..1_070u32).inspect(|n| {
        if *n >= 1_000 {
            spend(&mut since, Duration::from_millis(3));
        }
    });
    let all = reports(items, |items| items.count());
    // 64 items after the change, at the latest.
    assert!(all.iter().any(|p| (1_001..=1_064).contains(&p.done) && !p.is_finished), "{all:?}");
}

#[test]
fn failures_are_counted() {
    let mut last = None;
    let odd = |n: &Result<u32, u32>| n.is_err();
    let items = (0..9u32).map(|n| if n % 2 == 0 { Ok(n) } else { Err(n) });
    assert_eq!(items.on_progress_by(odd, |p| last = Some(p)).filter(|item| item.is_ok()).count(), 5);
    assert_eq!((last.unwrap().done, last.unwrap().failed), (9, 4));
}

#[test]
fn items_are_counted_and_not_the_batches_of_a_par_map() {
    let pool = ThreadPool::new(2).unwrap();
    let mut done = Vec::new();
    let numbers = (0..100u32).par_map(&pool, |n| n + 1).on_progress(|p| done.push(p.done));
    assert!(numbers.eq(1..=100));
    assert_eq!((done[0], done[done.len() - 1]), (1, 100));
}

#[test]
fn tasks_are_counted_as_they_complete() {
    let pool = ThreadPool::new(2).unwrap();
    let tasks = (0..10u32).map(|n| pool.submit(move || if n == 3 { panic!("meant") } else { n }));
    let mut last = None;
    let completed = on_progress(as_completed(tasks), |p| last = Some(p));
    assert_eq!(completed.filter_map(|task| task.result().ok()).sum::<u32>(), 42);
    assert_eq!((last.unwrap().done, last.unwrap().total), (10, Some(10)));
}
