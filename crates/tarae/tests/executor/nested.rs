//! Jobs that wait for others: no pool deadlocks, and a worker that waits runs nothing but what it waits for.

use crate::support::{self, Gate, eventually, watched};
use std::sync::mpsc::channel;
use std::sync::{Arc, Barrier, Mutex};
use tarae::prelude::*;

const TIMES: usize = if cfg!(miri) { 3 } else { 2_000 };

/// A job that adds one to what the mutex guards.
fn wants(mutex: &Arc<Mutex<usize>>) -> impl FnOnce() + Send + 'static {
    let mutex = mutex.clone();
    move || *mutex.lock().unwrap() += 1
}

/// A task holds a mutex and waits for one that runs on another worker, whose queue holds tasks that want the mutex: some
/// that the other job has submitted, and some that came from outside together with it. A worker that ran strangers' work
/// while it waits would deadlock here, however it came by it.
#[test]
fn a_mutex_may_be_held_across_a_wait_for_a_worker_that_has_strangers_in_its_queue() {
    watched(|| {
        for workers in [2, 3] {
            let pool = Arc::new(ThreadPool::new(workers).unwrap());
            for _ in 0..TIMES {
                let mutex = Arc::new(Mutex::new(0));
                let (gate, (begun, begin)) = (Gate::default(), channel());
                let awaited = pool.submit({
                    let (gate, pool, mutex) = (gate.clone(), pool.clone(), mutex.clone());
                    move || {
                        begun.send(()).unwrap();
                        gate.pass(); // the other holds the mutex, and is about to wait for this
                        for _ in 0..4 {
                            pool.submit(wants(&mutex)).detach();
                        }
                        1
                    }
                });
                begin.recv().unwrap();
                let holder = pool.submit({
                    let (pool, mutex) = (pool.clone(), mutex.clone());
                    move || {
                        let mut held = mutex.lock().unwrap();
                        for _ in 0..4 {
                            pool.submit(wants(&mutex)).detach();
                        }
                        gate.open();
                        *held += awaited.result().unwrap();
                    }
                });
                for _ in 0..4 {
                    pool.submit(wants(&mutex)).detach(); // brought in by whoever is there
                }
                holder.result().unwrap();
                eventually("all that wanted the mutex", || *mutex.lock().unwrap() == 13);
            }
        }
    });
}

#[test]
fn workers_of_two_pools_wait_for_each_others_tasks() {
    watched(|| {
        let (here, there) = (Arc::new(ThreadPool::new(1).unwrap()), Arc::new(ThreadPool::new(1).unwrap()));
        for _ in 0..TIMES {
            let barrier = Arc::new(Barrier::new(2));
            let crossing = |from: &ThreadPool, to: &Arc<ThreadPool>| {
                let (barrier, to) = (barrier.clone(), to.clone());
                from.submit(move || {
                    barrier.wait(); // both workers are taken: nobody is left to run what they submit now
                    to.submit(|| 1).result().unwrap()
                })
            };
            let (one, two) = (crossing(&here, &there), crossing(&there, &here));
            assert_eq!(one.result().unwrap() + two.result().unwrap(), 2);
        }
    });
}

/// Back and forth between two pools of one worker each, so deep.
fn ping(depth: u32, here: &Arc<ThreadPool>, there: &Arc<ThreadPool>) -> Task<u32> {
    let (next_here, next_there) = (there.clone(), here.clone());
    here.submit(move || match depth {
        0 => 0,
        _ => ping(depth - 1, &next_here, &next_there).result().unwrap() + 1,
    })
}

#[test]
fn a_chain_of_waits_goes_back_and_forth_between_two_pools() {
    let depth = if cfg!(miri) { 5 } else { 100 };
    watched(move || {
        let (here, there) = (Arc::new(ThreadPool::new(1).unwrap()), Arc::new(ThreadPool::new(1).unwrap()));
        for _ in 0..TIMES / 20 + 1 {
            let chains = [ping(depth, &here, &there), ping(depth, &there, &here)];
            assert_eq!(chains.map(|chain| chain.result().unwrap()), [depth; 2]);
        }
    });
}

/// While a worker waits for the first of two that it has submitted, it takes the second out of its queue for a moment. If the
/// other worker looks just then, and finds nothing, it must be told.
#[test]
fn what_a_job_submits_last_is_begun_by_the_other_worker_though_the_first_is_waited_for() {
    watched(|| {
        let pool = Arc::new(ThreadPool::new(2).unwrap());
        for _ in 0..TIMES * 5 {
            let inside = pool.clone();
            let outer = pool.submit(move || {
                let (said, hears) = channel();
                let first = inside.submit(|| ());
                let second = inside.submit(move || said.send(1).unwrap());
                first.result().unwrap();
                let heard = hears.recv_timeout(support::PATIENCE / 2).expect("the other worker begins it");
                second.result().unwrap();
                heard
            });
            assert_eq!(outer.result().unwrap(), 1);
        }
    });
}

#[test]
fn a_job_may_wait_for_one_that_was_submitted_before_it_in_any_order() {
    watched(|| {
        for workers in [1, 2] {
            let pool = Arc::new(ThreadPool::new(workers).unwrap());
            for _ in 0..TIMES / 10 + 1 {
                let first = pool.submit(|| 1).shared();
                let sums: Vec<_> = (1..10)
                    .map(|n| {
                        let first = first.clone();
                        pool.submit(move || *first.get().unwrap() + n)
                    })
                    .collect();
                let sum: i32 = sums.into_iter().rev().map(|task| task.result().unwrap()).sum();
                assert_eq!(sum, 54);
            }
        }
    });
}
