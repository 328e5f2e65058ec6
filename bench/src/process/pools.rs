//! Pools of processes: how a job is given to each, and how its answer is taken.

use super::{Echoes, Program, WORKERS, square, sum_of_squares};
use serde_bytes::ByteBuf;
use std::collections::VecDeque;
use std::time::Instant;
use tarae::prelude::*;

/// A pool, as its users use it.
pub trait Pool: 'static {
    /// What the answer is waited for by.
    type Handle;

    /// How many tasks may be under way, if not all.
    const MOST: usize = usize::MAX;

    /// A pool of so many processes.
    fn of(workers: usize) -> Self;

    fn square(&self, x: u64) -> Self::Handle;

    fn result(&self, handle: Self::Handle) -> u64;

    /// The bytes there and back.
    fn echo(&self, bytes: Vec<u8>) -> Vec<u8>;
}

pub struct Ours(ProcessPool);

#[tarae::remote]
fn echo_ours(bytes: Vec<u8>) -> Vec<u8> {
    bytes
}

impl Pool for Ours {
    type Handle = Task<u64>;

    fn of(workers: usize) -> Self {
        Ours(ProcessPool::new(workers).unwrap())
    }

    fn square(&self, x: u64) -> Self::Handle {
        self.0.submit(square::call(x))
    }

    fn result(&self, task: Self::Handle) -> u64 {
        task.result().unwrap()
    }

    fn echo(&self, bytes: Vec<u8>) -> Vec<u8> {
        self.0.submit(echo_ours::call(bytes)).result().unwrap()
    }
}

pub struct Procspawn(procspawn::Pool);

impl Pool for Procspawn {
    type Handle = procspawn::JoinHandle<u64>;

    /// Each holds descriptors, of which a process has a thousand.
    const MOST: usize = 100;

    fn of(workers: usize) -> Self {
        Procspawn(procspawn::Pool::new(workers).unwrap())
    }

    fn square(&self, x: u64) -> Self::Handle {
        self.0.spawn(x, square)
    }

    fn result(&self, handle: Self::Handle) -> u64 {
        handle.join().unwrap()
    }

    fn echo(&self, bytes: Vec<u8>) -> Vec<u8> {
        let same = |bytes: ByteBuf| bytes;
        self.0.spawn(ByteBuf::from(bytes), same).join().unwrap().into_vec()
    }
}

pub fn round_trip<P: Pool>() -> Option<Program> {
    let pool = P::of(WORKERS);
    Some(Box::new(move |tasks| {
        let start = Instant::now();
        let sum: u64 = (0..tasks).map(|x| pool.result(pool.square(x))).sum();
        let took = start.elapsed();
        assert_eq!(sum, sum_of_squares(tasks));
        took
    }))
}

pub fn submit<P: Pool>() -> Option<Program> {
    let pool = P::of(WORKERS);
    Some(Box::new(move |tasks| {
        let start = Instant::now();
        let mut sum = 0;
        let mut under_way = VecDeque::new();
        for x in 0..tasks {
            if under_way.len() == P::MOST {
                sum += under_way.pop_front().map_or(0, |first| pool.result(first));
            }
            under_way.push_back(pool.square(x));
        }
        sum += under_way.into_iter().map(|handle| pool.result(handle)).sum::<u64>();
        let took = start.elapsed();
        assert_eq!(sum, sum_of_squares(tasks));
        took
    }))
}

/// In order, lazy, bounded.
pub fn map_ours() -> Option<Program> {
    let pool = ProcessPool::new(WORKERS).unwrap();
    Some(Box::new(move |tasks| {
        let start = Instant::now();
        let sum: u64 = (0..tasks).par_map(&pool, square::FN).sum();
        let took = start.elapsed();
        assert_eq!(sum, sum_of_squares(tasks));
        took
    }))
}

/// The bytes that came back are those that go next: no copy is made to send them.
pub fn echo<P: Pool, const LEN: usize>() -> Option<Program> {
    let pool = P::of(WORKERS);
    let mut echoes = Echoes::of(LEN);
    Some(Box::new(move |times| {
        let mut bytes = echoes.next();
        let expected = bytes.clone();
        let start = Instant::now();
        for _ in 0..times {
            bytes = pool.echo(bytes);
        }
        let took = start.elapsed();
        assert!(bytes == expected);
        took
    }))
}

pub fn first_result<P: Pool>() -> Option<Program> {
    Some(Box::new(|pools| {
        let first = |_| {
            let start = Instant::now();
            let pool = P::of(WORKERS);
            assert_eq!(pool.result(pool.square(7)), 49);
            start.elapsed()
        };
        (0..pools).map(first).sum()
    }))
}
