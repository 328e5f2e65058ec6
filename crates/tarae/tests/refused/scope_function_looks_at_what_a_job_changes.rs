//! The function runs beside its jobs: what one of them changes it must not look at.
use tarae::prelude::*;

fn main() {
    let pool = ThreadPool::new(2).unwrap();
    let mut numbers = vec![3, 1, 2];
    pool.scope(|s| {
        s.submit(|| numbers.sort());
        println!("{numbers:?}");
    });
}
