//! Values on their way there and back: of all sizes, and such as cannot travel.

use super::meeting::jobs::{echo, pid};
use super::odd::{Act, Odd, odd};
use super::support::watched;
use proptest::prelude::*;
use tarae::executor::Output;
use tarae::prelude::*;
use tarae::task::{ErrorKind, Part};

#[tarae::remote]
fn bytes(bytes: Vec<u8>) -> Vec<u8> {
    bytes
}

#[tarae::remote]
fn text(text: String) -> String {
    text
}

#[tarae::remote]
fn mixed(
    words: Vec<u16>,
    flag: Option<bool>,
    pair: (String, Vec<u8>),
) -> (Vec<u16>, Option<bool>, (String, Vec<u8>)) {
    (words, flag, pair)
}

/// Bytes that are not all the same.
fn some_bytes(len: usize) -> Vec<u8> {
    (0..len).map(|at| (at % 251) as u8).collect()
}

#[test]
fn they_come_back_as_they_went_whatever_their_size() {
    watched(|| {
        let pool = ProcessPool::new(1).unwrap();
        let ways = [0, 1, 32 << 10, 256 << 10];
        let around =
            ways.into_iter().flat_map(|way: usize| (0..24).map(move |more| (way + more).saturating_sub(12)));
        for len in around.chain([1 << 20, 3_000_017]) {
            let sent = some_bytes(len);
            assert!(pool.submit(bytes::call(sent.clone())).result().unwrap() == sent, "{len} bytes");
            let sent: String = sent.iter().map(|byte| char::from(byte % 128)).collect();
            assert!(pool.submit(text::call(sent.clone())).result().unwrap() == sent, "text of {len} bytes");
        }
    });
}

#[test]
fn values_with_parts_grow_over_every_border() {
    watched(|| {
        let pool = ProcessPool::new(1).unwrap();
        for len in [0, 1, 10_000, 16_000, 32_000, 130_000, 262_140, 300_000] {
            let words: Vec<u16> = (0..len).map(|n| (n * 7) as u16).collect();
            let sent = (words, Some(true), ("between".to_owned(), some_bytes(len as usize)));
            let (words, flag, pair) = sent.clone();
            assert!(pool.submit(mixed::call(words, flag, pair)).result().unwrap() == sent, "{len}");
        }
    });
}

#[test]
fn a_hundred_megabytes_travel() {
    watched(|| {
        let pool = ProcessPool::new(1).unwrap();
        let sent = some_bytes(100 << 20);
        assert!(pool.submit(bytes::call(sent.clone())).result().unwrap() == sent);
        assert_eq!(pool.submit(echo::call(1)).result().unwrap(), 1);
    });
}

#[test]
fn many_big_ones_are_on_their_way_at_once() {
    watched(|| {
        let pool = ProcessPool::new(2).unwrap();
        let sent = |n: usize| some_bytes((1 << 20) + n * 1_001);
        let tasks: Vec<_> = (0..60).map(|n| pool.submit(bytes::call(sent(n)))).collect();
        for (n, task) in tasks.into_iter().enumerate() {
            assert!(task.result().unwrap() == sent(n), "number {n}");
        }
    });
}

#[test]
fn results_of_a_batch_may_be_more_than_there_is_room_for() {
    watched(|| {
        let pool = ProcessPool::new(2).unwrap();
        for len in [1_000, 30_000, 40_000, 300_000] {
            let items = 3_000_000 / len;
            let lens = pool_map(&pool, items, len);
            assert!(lens.into_iter().eq((0..items).map(|n| n + len)), "{len}");
        }
    });
}

#[tarae::remote]
fn grown(len: usize, more: usize) -> Vec<u8> {
    some_bytes(len + more)
}

fn pool_map(pool: &ProcessPool, items: usize, len: usize) -> Vec<usize> {
    let results = (0..items).map(|n| (len, n)).par_map(pool, grown::FN).batch(items.div_ceil(3));
    results
        .map(|result| {
            assert!(result == some_bytes(result.len()));
            result.len()
        })
        .collect()
}

#[test]
fn many_threads_submit_at_once_and_each_has_its_own_answers() {
    watched(|| {
        let pool = ProcessPool::new(2).unwrap();
        std::thread::scope(|scope| {
            for thread in 0..6usize {
                let pool = &pool;
                scope.spawn(move || {
                    let sent = |n: usize| some_bytes(thread * 7 + n * 300);
                    let tasks: Vec<_> = (0..300).map(|n| pool.submit(bytes::call(sent(n)))).collect();
                    for (n, task) in tasks.into_iter().enumerate() {
                        assert!(task.result().unwrap() == sent(n));
                    }
                });
            }
        });
        assert_eq!(pool.counters().done, 1_800);
    });
}

/// Opens as much as may be, and leaves it open.
#[tarae::remote]
fn leaks_descriptors() {
    while let Ok(file) = std::fs::File::open("/dev/null") {
        std::mem::forget(file);
    }
}

/// A worker that cannot take what is in a file is replaced: nobody waits for it, and nobody has another one's value.
#[test]
fn a_worker_without_descriptors_hangs_nobody() {
    watched(|| {
        let pool = ProcessPool::new(1).unwrap();
        for _ in 0..3 {
            pool.submit(leaks_descriptors::call()).result().unwrap();
            let sent = |n: usize| some_bytes((1 << 20) + n);
            let tasks: Vec<_> = (0..5).map(|n| pool.submit(bytes::call(sent(n)))).collect();
            for (n, task) in tasks.into_iter().enumerate() {
                assert!(task.result().unwrap() == sent(n));
            }
            pool.submit(leaks_descriptors::call()).result().unwrap();
            // Its result needs a file, and there is none.
            match pool.submit(grown::call(1 << 20, 0)).result() {
                Ok(value) => assert_eq!(value.len(), 1 << 20),
                Err(error) => assert!(matches!(error.kind(), ErrorKind::TooLarge { .. }), "{error}"),
            }
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    /// The ring's end is somewhere in the middle of a frame, again and again.
    #[test]
    fn any_sizes_one_after_the_other_come_back_as_they_went(
        sizes in proptest::collection::vec(prop_oneof![0..64usize, 0..5_000usize, 30_000..36_000usize], 1..120),
        workers in 1..3usize,
    ) {
        let pool = ProcessPool::new(workers).unwrap();
        let tasks: Vec<_> = sizes.iter().map(|len| pool.submit(bytes::call(some_bytes(*len)))).collect();
        for (task, len) in tasks.into_iter().zip(&sizes) {
            prop_assert!(task.result().unwrap() == some_bytes(*len));
        }
        let mapped = sizes.iter().map(|len| (*len, 0)).par_map(&pool, grown::FN);
        prop_assert!(mapped.map(|bytes| bytes.len()).eq(sizes.iter().copied()));
    }
}

/// Which part cannot travel, and why.
fn not_serializable<T>(answer: Result<T, TaskError>) -> (Part, String) {
    match answer.err().expect("it cannot travel").kind() {
        ErrorKind::NotSerializable { part, message } => (*part, message.clone()),
        other => panic!("{other:?}"),
    }
}

/// All that may go wrong on the way: the value, whose fault it is, and what is said of it.
fn oddities() -> Vec<(Odd, Part, &'static str)> {
    let mut all = Vec::new();
    for act in [Act::Fail, Act::Panic] {
        let plain = Odd::not(1);
        let says = |encoded| match (act, encoded) {
            (Act::Panic, true) => "a panic when it was encoded",
            (Act::Panic, false) => "a panic when it was decoded",
            _ => "", // the format keeps what they say to itself
        };
        all.extend([
            (Odd { encoded_here: act, ..plain }, Part::Arguments, says(true)),
            (Odd { decoded_there: act, ..plain }, Part::Arguments, says(false)),
            (Odd { encoded_there: act, ..plain }, Part::Output, says(true)),
            (Odd { decoded_here: act, ..plain }, Part::Output, says(false)),
        ]);
    }
    all
}

#[test]
fn what_cannot_travel_is_the_error_of_its_task_alone() {
    watched(|| {
        let pool = ProcessPool::builder().workers(1).stderr(Output::Discard).build().unwrap();
        let worker = pool.submit(pid::call()).result().unwrap();
        for (value, part, says) in oddities() {
            let before = pool.submit(echo::call(1));
            let task = pool.submit(odd::call(value));
            let after = pool.submit(echo::call(2));
            let (whose, message) = not_serializable(task.result());
            assert_eq!(whose, part, "{value:?}");
            assert!(message.contains(says), "{value:?}: {message}");
            assert_eq!((before.result().unwrap(), after.result().unwrap()), (1, 2));
        }
        assert_eq!(pool.submit(pid::call()).result().unwrap(), worker, "no worker died of it");
    });
}

/// Its destructor panics in a worker.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
struct DropsBadly {
    home: u32,
    bad: bool,
}

impl Drop for DropsBadly {
    fn drop(&mut self) {
        assert!(!self.bad || self.home == std::process::id(), "a panic when it was dropped");
    }
}

#[tarae::remote]
fn drops_badly(home: u32, bad: bool) -> DropsBadly {
    DropsBadly { home, bad }
}

#[test]
fn a_result_whose_destructor_panics_is_the_error_of_its_task_alone() {
    watched(|| {
        let pool = ProcessPool::builder().workers(1).stderr(Output::Discard).build().unwrap();
        let (worker, home) = (pool.submit(pid::call()).result().unwrap(), std::process::id());
        for _ in 0..5 {
            let task = pool.submit(drops_badly::call(home, true));
            let after = pool.submit(echo::call(2));
            let (part, message) = not_serializable(task.result());
            assert_eq!((part, &*message), (Part::Output, "a panic when it was dropped"));
            assert_eq!(after.result().unwrap(), 2);
        }
        let results = (0..10).map(|n| (home, n == 4)).par_map(&pool, drops_badly::FN).batch(5).results();
        let are_values: Vec<_> = results.map(|result| result.is_ok()).collect();
        assert!(are_values.into_iter().eq((0..10).map(|n| n != 4)));
        assert_eq!(pool.submit(pid::call()).result().unwrap(), worker);
    });
}

/// Also of a batch: what cannot travel stands in the place of one item.
#[test]
fn an_item_of_a_batch_that_cannot_travel_is_an_error_in_its_place() {
    watched(|| {
        let pool = ProcessPool::builder().workers(1).stderr(Output::Discard).build().unwrap();
        for (value, part, _) in oddities() {
            let items = (0..20).map(|n| if n == 7 { value } else { Odd::not(n) });
            let results: Vec<_> = items.par_map(&pool, odd::FN).batch(10).results().collect();
            assert_eq!(results.len(), 20);
            for (n, result) in (0..).zip(results) {
                if n == 7 {
                    assert_eq!(not_serializable(result).0, part);
                } else {
                    assert_eq!(result.unwrap().number, n, "{value:?}");
                }
            }
        }
    });
}

#[tarae::remote]
fn len(bytes: Vec<u8>) -> usize {
    bytes.len()
}

#[test]
fn arguments_for_which_the_worker_has_no_room_are_too_large() {
    watched(|| {
        let pool = ProcessPool::builder().workers(1).memory_limit(256 << 20).build().unwrap();
        let worker = pool.submit(pid::call()).result().unwrap();
        let error = pool.submit(len::call(vec![1; 300 << 20])).result().unwrap_err();
        let ErrorKind::TooLarge { bytes, .. } = error.kind() else { panic!("{error:?}") };
        assert_eq!(*bytes, 300 << 20);
        assert!(error.to_string().contains("which do not fit"), "{error}");
        assert_eq!(pool.submit(len::call(vec![1; 10 << 20])).result().unwrap(), 10 << 20);
        assert_eq!(pool.submit(pid::call()).result().unwrap(), worker);
    });
}
