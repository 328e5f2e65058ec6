//! A scope that could be used after its end would take jobs that nobody waits for.
use tarae::executor::Scope;
use tarae::prelude::*;

fn main() {
    let pool = ThreadPool::new(1).unwrap();
    let mut kept: Option<&Scope<'_, '_>> = None;
    pool.scope(|s| kept = Some(s));
    let text = String::from("borrowed by nobody");
    kept.unwrap().submit(|| text.len());
}
