//! A generator: a body that hands out a value in the middle, and waits there until it is asked for the next.
//!
//! ```text
//! $ cargo run --release --example generator
//! made, and nothing has run
//!   it begins
//! got A
//!   it goes on
//! got B
//!   it ends
//!
//! Fibonacci's numbers: 0 1 1 2 3 5 8 13 21 34
//! the first above a million: 1346269
//! the even ones below a thousand sum to 798
//! ```
#![forbid(unsafe_code)]

use tarae::prelude::*;

fn main() {
    let points = generator!({
        println!("  it begins");
        yield "A";
        println!("  it goes on");
        yield "B";
        println!("  it ends");
    });
    println!("made, and nothing has run");
    for point in points {
        println!("got {point}");
    }

    // Endless, and no danger: it stops when nobody asks.
    let first: Vec<String> = fibonacci().take(10).map(|n| n.to_string()).collect();
    println!("\nFibonacci's numbers: {}", first.join(" "));
    if let Some(large) = fibonacci().find(|&n| n > 1_000_000) {
        println!("the first above a million: {large}");
    }
    let even = fibonacci().take_while(|&n| n < 1_000).filter(|n| n % 2 == 0);
    println!("the even ones below a thousand sum to {}", even.sum::<u64>());
}

fn fibonacci() -> Generator<impl Yields<u64>> {
    generator!({
        let (mut a, mut b) = (0, 1);
        loop {
            yield a;
            (a, b) = (b, a + b);
        }
    })
}
