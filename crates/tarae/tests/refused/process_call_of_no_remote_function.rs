//! A name that nobody registered: another process would not find it.
#![forbid(unsafe_code)]

use tarae::prelude::*;

struct Square;

impl RemoteFn for Square {
    type Args = u64;
    type Output = u64;
    const NAME: &'static str = "square";

    fn invoke(n: u64) -> u64 {
        n * n
    }
}

fn main() {
    let pool = ProcessPool::new(1).unwrap();
    pool.submit(Call::<Square>::new(2));
}
