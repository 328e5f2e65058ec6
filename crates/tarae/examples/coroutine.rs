//! A coroutine: a generator that is sent a value where it waits, and returns one at its end.
//!
//! ```text
//! $ cargo run --release --example coroutine
//! sent 10, the mean is 10
//! sent 20, the mean is 15
//! sent 60, the mean is 30
//! told that there is no more, it returns the mean of 3 numbers: 30
//! it is Closed; sent 5, it gives 5 back
//! ```
#![forbid(unsafe_code)]

use tarae::prelude::*;

fn main() {
    let mut average = average();
    assert_eq!(average.start(), Step::Yield(0.0)); // runs to the first yield, which waits for a number
    for number in [10.0, 20.0, 60.0] {
        if let Step::Yield(mean) = average.send(Some(number)) {
            println!("sent {number}, the mean is {mean}");
        }
    }
    if let Step::Return((count, mean)) = average.send(None) {
        println!("told that there is no more, it returns the mean of {count} numbers: {mean}");
    }
    if let Err(error) = average.try_send(Some(5.0)) {
        let lost = error.value.unwrap_or_default();
        println!("it is {:?}; sent 5, it gives {lost} back", error.state);
    }
}

/// The mean of the numbers so far, for each that it is sent. `None` is the last that it is sent.
fn average() -> Generator<impl Body<Yield = f64, Sent = Option<f64>, Output = (u32, f64)>> {
    coroutine!({
        let (mut sum, mut count, mut mean) = (0.0, 0, 0.0);
        while let Some(number) = yield mean {
            sum += number;
            count += 1;
            mean = sum / f64::from(count);
        }
        (count, mean)
    })
}
