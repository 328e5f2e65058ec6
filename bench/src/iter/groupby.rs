//! Runs of items with one key, each summed.

use super::{Rows, mix, rows};
use itertools::Itertools;
use tarae::iter::groupby;

/// A key and what is summed.
pub type Entry = (u32, u64);

pub const ROWS: Rows<Entry> = rows![
    hand slice
    next_group_sum next_group_next fold_groups_fold fold_groups_next
    chunk_by coalesce
];

/// Entries whose runs have from 1 to `2 * run - 1` items, `run` in the middle; always the same.
pub fn runs(entries: usize, run: u64) -> Vec<Entry> {
    let (mut all, mut random, mut key) = (Vec::new(), 12_345u64, 0);
    while all.len() < entries {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        key = (key + 1) % 1000;
        let length = 1 + (random >> 33) % (2 * run - 1);
        all.extend((0..length).map(|at| (key, at * 3 + (random >> 50))));
    }
    all.truncate(entries);
    all
}

/// What a group adds to the answer.
#[inline(always)]
fn add_group(all: u64, key: u32, sum: u64) -> u64 {
    mix(all, sum ^ u64::from(key))
}

#[inline(never)]
pub fn hand(entries: &[Entry]) -> u64 {
    let mut entries = entries.iter();
    let Some(&(mut key, mut sum)) = entries.next() else { return 0 };
    let mut all = 0;
    for &(other, item) in entries {
        if other == key {
            sum += item;
        } else {
            all = add_group(all, key, sum);
            (key, sum) = (other, item);
        }
    }
    add_group(all, key, sum)
}

/// std's, which needs all of it in memory.
#[inline(never)]
pub fn slice(entries: &[Entry]) -> u64 {
    entries
        .chunk_by(|a, b| a.0 == b.0)
        .fold(0, |all, group| add_group(all, group[0].0, group.iter().map(|entry| entry.1).sum()))
}

#[inline(never)]
pub fn next_group_sum(entries: &[Entry]) -> u64 {
    let mut groups = groupby(entries.iter(), |entry| entry.0);
    let mut all = 0;
    while let Some(group) = groups.next_group() {
        let key = *group.key();
        all = add_group(all, key, group.map(|entry| entry.1).sum());
    }
    all
}

#[inline(never)]
pub fn next_group_next(entries: &[Entry]) -> u64 {
    let mut groups = groupby(entries.iter(), |entry| entry.0);
    let mut all = 0;
    while let Some(group) = groups.next_group() {
        let key = *group.key();
        let mut sum = 0;
        for entry in group {
            sum += entry.1;
        }
        all = add_group(all, key, sum);
    }
    all
}

/// Each group's sum.
macro_rules! fold_groups {
    ($entries:expr) => {
        groupby($entries.iter(), |entry| entry.0).fold_groups(|_| 0, |sum, entry| sum + entry.1)
    };
}

#[inline(never)]
pub fn fold_groups_fold(entries: &[Entry]) -> u64 {
    fold_groups!(entries).fold(0, |all, (key, sum)| add_group(all, key, sum))
}

#[inline(never)]
pub fn fold_groups_next(entries: &[Entry]) -> u64 {
    let mut all = 0;
    for (key, sum) in fold_groups!(entries) {
        all = add_group(all, key, sum);
    }
    all
}

#[inline(never)]
pub fn chunk_by(entries: &[Entry]) -> u64 {
    let mut all = 0;
    for (key, group) in &entries.iter().chunk_by(|entry| entry.0) {
        all = add_group(all, key, group.map(|entry| entry.1).sum());
    }
    all
}

/// For what can be said of two neighbours.
#[inline(never)]
pub fn coalesce(entries: &[Entry]) -> u64 {
    entries
        .iter()
        .copied()
        .coalesce(|a, b| if a.0 == b.0 { Ok((a.0, a.1 + b.1)) } else { Err((a, b)) })
        .fold(0, |all, (key, sum)| add_group(all, key, sum))
}
