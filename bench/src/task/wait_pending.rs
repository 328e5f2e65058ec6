//! Looking at many tasks that are all pending, without having hung anything on them before.

use super::held::Held;
use super::pools::{FuturesPool, Ours, Pool};
use super::{Program, Rows};
use futures::FutureExt;
use std::time::Duration;
use tarae::prelude::*;

/// Given how many tasks are pending: what looks at all of them so many times, and how many were pending.
pub const ROWS: Rows<fn(u64) -> Program> = &[("ours", ours), ("select_all", select_all)];

fn ours(tasks: u64) -> Program {
    let held = Held::<Ours>::of(1);
    let submitted: Vec<Task<u64>> = (0..tasks).map(|n| held.pool.submit(move || n)).collect();
    Box::new(move |looks| {
        let _held = &held;
        let look = |_| wait(&submitted, Duration::ZERO, Wait::Any).pending.len() as u64;
        (0..looks).map(look).sum()
    })
}

fn select_all(tasks: u64) -> Program {
    let held = Held::<FuturesPool>::of(1);
    let mut submitted: Vec<_> = (0..tasks).map(|n| held.pool.submit(move || n)).collect();
    Box::new(move |looks| {
        let _held = &held;
        let look = |_| match futures::future::select_all(submitted.iter_mut()).now_or_never() {
            None => tasks,
            Some(_) => 0,
        };
        (0..looks).map(look).sum()
    })
}
