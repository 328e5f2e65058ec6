//! Two jobs may run at once: they must not change the same.
use tarae::prelude::*;

fn main() {
    let pool = ThreadPool::new(2).unwrap();
    let mut count = 0;
    pool.scope(|s| {
        s.submit(|| count += 1);
        s.submit(|| count += 1);
    });
}
