//! A job may still run when the function that submits it has returned: it must not borrow what is in there.
use tarae::prelude::*;

fn main() {
    let pool = ThreadPool::new(1).unwrap();
    pool.scope(|s| {
        let text = String::from("gone before the job is over");
        s.submit(|| text.len());
    });
}
