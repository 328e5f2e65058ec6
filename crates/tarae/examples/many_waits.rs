//! Ten thousand waits at a time, on one worker of a pool, and on this thread alone; then a hundred sockets, there as well.
//! Timers and sockets are those of the crate async-io, which knows nothing of tarae, and has one thread for all.
//!
//! ```text
//! $ cargo run --release --example many_waits
//! a pool of one worker: 10000 timers of 100ms in 0.12 s, with 3 threads in all
//! this thread alone: 10000 timers of 100ms in 0.12 s, with 2 threads in all
//! one after the other: 1000s
//! this thread alone: 100 of 100 questions answered, with 2 threads in all
//! ```
//!
//! With a number as its argument: so many timers.
#![forbid(unsafe_code)]

use async_io::{Async, Timer};
use std::error::Error;
use std::io;
use std::net::UdpSocket;
use std::time::{Duration, Instant};
use tarae::executor::{Local, block_on};
use tarae::prelude::*;

const WAIT: Duration = Duration::from_millis(100);
const SOCKETS: u8 = 100;

fn main() -> Result<(), Box<dyn Error>> {
    let timers: u32 = std::env::args().nth(1).map_or(Ok(10_000), |number| number.parse())?;
    block_on(Timer::after(WAIT / 100)); // starts the timers' thread

    let (pool, start) = (ThreadPool::new(1)?, Instant::now());
    let tasks: Vec<_> = (0..timers).map(|_| pool.spawn(Timer::after(WAIT))).collect();
    say("a pool of one worker", start, threads(), tasks)?;
    drop(pool);
    let (local, start) = (Local::new(), Instant::now());
    let tasks: Vec<_> = (0..timers).map(|_| local.spawn(Timer::after(WAIT))).collect();
    local.run();
    say("this thread alone", start, threads(), tasks)?;
    println!("one after the other: {:?}", WAIT * timers);

    let (answers, threads) = (ask()?, threads());
    println!("this thread alone: {answers} of {SOCKETS} questions answered, with {threads} threads in all");
    Ok(())
}

fn say(who: &str, start: Instant, threads: usize, tasks: Vec<Task<Instant>>) -> Result<(), TaskError> {
    let (timers, time) = (tasks.len(), || start.elapsed().as_secs_f64());
    tasks.into_iter().try_for_each(|task| task.result().map(drop))?;
    println!("{who}: {timers} timers of {WAIT:?} in {:.2} s, with {threads} threads in all", time());
    Ok(())
}

/// A server and its clients, in turns on this thread; how many got the right answer.
fn ask() -> io::Result<usize> {
    let server = Async::<UdpSocket>::bind(([127, 0, 0, 1], 0))?;
    let (address, local) = (server.get_ref().local_addr()?, Local::new());
    let mut byte = [0];
    let answers = local.spawn(async move {
        for _ in 0..SOCKETS {
            let (_, client) = server.recv_from(&mut byte).await?;
            server.send_to(&[byte[0] * 2], client).await?;
        }
        io::Result::Ok(())
    });
    let ask = |n| async move {
        let client = Async::<UdpSocket>::bind(([127, 0, 0, 1], 0))?;
        client.send_to(&[n], address).await?;
        client.recv(&mut byte).await?;
        io::Result::Ok(byte[0] == n * 2)
    };
    let clients: Vec<_> = (0..SOCKETS).map(|n| local.spawn(ask(n))).collect();
    local.run();
    answers.result().map_err(io::Error::other)??;
    Ok(clients.into_iter().map(Task::result).filter(|answer| matches!(answer, Ok(Ok(true)))).count())
}

/// How many threads this process has, where the system says so.
fn threads() -> usize {
    std::fs::read_dir("/proc/self/task").map_or(0, Iterator::count)
}
