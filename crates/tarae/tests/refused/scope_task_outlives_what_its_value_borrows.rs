//! A task may leave the scope, but not what its value borrows.
use tarae::prelude::*;

fn main() {
    let pool = ThreadPool::new(1).unwrap();
    let task = {
        let text = String::from("gone before the value is taken");
        pool.scope(|s| s.submit(|| text.as_str()))
    };
    println!("{}", task.result().unwrap());
}
