//! `CancelToken::sleep` ends with its limit or its token, whichever is first.

use std::thread;
use std::time::{Duration, Instant};

use crate::support::watched;
use tarae::prelude::*;

const HOUR: Duration = Duration::from_secs(3_600);

#[test]
fn it_lasts_as_long_as_was_said() {
    let (token, start) = (CancelToken::new(), Instant::now());
    assert_eq!(token.sleep(Duration::from_millis(3)), Ok(()));
    assert!(start.elapsed() >= Duration::from_millis(3));
    assert_eq!(token.sleep(Duration::ZERO), Ok(()));
    assert_eq!(token.sleep(start), Ok(()), "a moment that has passed");
    assert!(format!("{token:?}").contains("children: 0"), "{token:?}");
}

#[test]
fn a_token_that_is_cancelled_ends_it() {
    watched(|| {
        for limit in [Deadline::from(HOUR), Deadline::NEVER] {
            let token = CancelToken::new();
            let sleeper = thread::spawn({
                let token = token.clone();
                move || token.sleep(limit)
            });
            token.cancel();
            assert_eq!(sleeper.join().unwrap(), Err(Cancelled));
            assert_eq!(token.sleep(limit), Err(Cancelled), "at once");
            assert_eq!(token.sleep(Duration::ZERO), Err(Cancelled));
        }
    });
}

#[test]
fn so_does_one_above_it_and_its_deadline() {
    watched(|| {
        let root = CancelToken::new();
        let token = root.child().child();
        let sleeper = thread::spawn(move || token.sleep(HOUR));
        root.cancel();
        assert_eq!(sleeper.join().unwrap(), Err(Cancelled));
        assert_eq!(CancelToken::new().until(Duration::from_millis(2)).sleep(HOUR), Err(Cancelled));
    });
}

#[test]
fn a_task_that_is_aborted_in_its_sleep_ends_as_cancelled() {
    watched(|| {
        let pool = ThreadPool::new(1).unwrap();
        let task = pool.submit(|| {
            let _ = CancelToken::current().sleep(HOUR);
            1
        });
        task.abort();
        assert!(task.result().unwrap_err().is_cancelled());
        // By the limit of its time, as timed out.
        let options = Options::new().timeout(Duration::from_millis(5));
        let task = pool.submit_with(options, with_token(|cx| cx.sleep(HOUR)));
        assert!(task.result().unwrap_err().is_timed_out());
    });
}

#[test]
fn a_wake_up_that_is_meant_for_the_program_is_left_to_it() {
    watched(|| {
        thread::current().unpark();
        CancelToken::new().sleep(Duration::from_millis(1)).unwrap();
        thread::park(); // does not wait
    });
}
