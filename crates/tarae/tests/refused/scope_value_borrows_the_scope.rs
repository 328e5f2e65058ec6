//! The scope itself must not leave as the value of a task either.
use tarae::prelude::*;

fn main() {
    let pool = ThreadPool::new(1).unwrap();
    let task = pool.scope(|s| s.submit(move || s));
    task.result().unwrap().submit(|| 1);
}
