//! What the timer promises to those who schedule; what tokens make of it is in tests/cancel/deadlines.rs.

use super::timer::{Expire, Scheduled, schedule};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(if cfg!(miri) { 300 } else { 30 });

/// Calls a closure when it expires.
struct Call<F>(F);

impl<F: Fn() + Send + Sync> Expire for Call<F> {
    fn expire(self: Arc<Self>) {
        (self.0)();
    }
}

/// Something that sends its number when it expires.
fn number(n: u32, to: &Sender<u32>) -> Arc<dyn Expire> {
    let to = Mutex::new(to.clone());
    Arc::new(Call(move || to.lock().unwrap().send(n).unwrap()))
}

fn soon(milliseconds: u64) -> Instant {
    Instant::now() + Duration::from_millis(milliseconds)
}

fn schedule_number(at: Instant, n: u32, to: &Sender<u32>) -> (Arc<dyn Expire>, Scheduled) {
    let number = number(n, to);
    let scheduled = schedule(at, Arc::downgrade(&number));
    (number, scheduled)
}

fn next(expired: &Receiver<u32>) -> u32 {
    expired.recv_timeout(PATIENCE).expect("nothing has expired")
}

#[test]
fn deadlines_pass_in_their_order_and_equal_ones_in_that_of_scheduling() {
    let (to, expired) = channel();
    let at = soon(20);
    let milliseconds = Duration::from_millis;
    let kept = [
        schedule_number(at + milliseconds(40), 4, &to),
        schedule_number(at, 1, &to),
        schedule_number(at + milliseconds(20), 3, &to),
        schedule_number(at, 2, &to),
    ];
    assert_eq!([(); 4].map(|()| next(&expired)), [1, 2, 3, 4]);
    assert!(Instant::now() >= at + milliseconds(40), "none is early");
    drop(kept);
}

#[test]
fn an_earlier_deadline_wakes_the_thread_that_sleeps_for_a_later_one() {
    let (to, expired) = channel();
    let late = schedule_number(Instant::now() + 10 * PATIENCE, 1, &to);
    let early = schedule_number(soon(10), 2, &to);
    assert_eq!(next(&expired), 2);
    drop((late, early));
}

#[test]
fn a_moment_that_has_passed_expires_at_once() {
    let (to, expired) = channel();
    let kept = schedule_number(Instant::now(), 1, &to);
    assert_eq!(next(&expired), 1);
    drop(kept);
}

#[test]
fn what_is_dropped_or_taken_off_does_not_expire() {
    let (to, expired) = channel();
    let at = soon(20);
    let (kept, scheduled) = schedule_number(at, 1, &to);
    drop(scheduled);
    let (gone, scheduled) = schedule_number(at, 2, &to);
    drop(gone);
    let last = schedule_number(at + Duration::from_millis(10), 3, &to);
    assert_eq!(next(&expired), 3);
    drop((kept, scheduled, last, to));
    assert_eq!(expired.recv_timeout(PATIENCE), Err(RecvTimeoutError::Disconnected));
}

#[test]
fn a_panic_loses_neither_the_thread_nor_other_entries() {
    let (to, expired) = channel();
    let at = soon(10);
    let bomb: Arc<dyn Expire> = Arc::new(Call(|| panic!("expected")));
    let panics = schedule(at, Arc::downgrade(&bomb));
    let same = schedule_number(at, 1, &to);
    let later = schedule_number(at + Duration::from_millis(10), 2, &to);
    assert_eq!([next(&expired), next(&expired)], [1, 2]);
    drop((panics, same, later));
}

/// No lock is held: what expires may schedule, take entries off, and drop its own.
#[test]
fn what_expires_may_use_the_timer() {
    let (to, expired) = channel();
    let mine = Arc::new(Mutex::new(None));
    let what: Arc<dyn Expire> = Arc::new(Call({
        let (mine, to) = (mine.clone(), Mutex::new(to));
        move || {
            let own: Option<Scheduled> = mine.lock().unwrap().take();
            drop(own.expect("kept below, under the lock"));
            let (number, scheduled) = schedule_number(soon(1000), 1, &to.lock().unwrap());
            drop((number, scheduled));
            to.lock().unwrap().send(2).unwrap();
        }
    }));
    {
        let mut mine = mine.lock().unwrap();
        *mine = Some(schedule(soon(0), Arc::downgrade(&what)));
    }
    assert_eq!(next(&expired), 2);
}

#[test]
fn a_burst_of_deadlines_that_are_taken_off_leaves_the_others() {
    let (to, expired) = channel();
    let kept = schedule_number(soon(30), 0, &to);
    for n in 1..if cfg!(miri) { 50 } else { 10_000 } {
        drop(schedule_number(soon(20) + Duration::from_secs(u64::from(n)), n, &to));
    }
    assert_eq!(next(&expired), 0);
    drop(kept);
}
