//! Takes jobs, does them one by one, and sends what comes of them.

use super::site::{AtWork, Desk, has_run, shortened};
use super::{lifeline, place};
use crate::executor::process::wire::frame::{Frame, Kind};
use crate::executor::process::wire::page::{Page, Progress};
use crate::executor::process::wire::patience::look;
use crate::executor::process::wire::ring::Reader;
use crate::executor::process::wire::socket::Socket;
use crate::job::parcel::{LONGEST_INLINE, Received, read_file};
use crate::job::{Fault, find, too_large};
use crate::task::panic_message;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::exit;
use std::sync::atomic::{Ordering, fence};
use std::time::Instant;

/// Does what the pool says until it has gone.
pub(super) fn serve(socket: Socket, page: Page) -> ! {
    place::remember();
    let mut desk = Desk::new(socket, page);
    let mut reader = Reader::default();
    let mut bytes = Vec::new();
    desk.send(0, Kind::Ready, &[]);
    loop {
        match reader.pop(desk.page.to_worker(), &mut bytes) {
            Ok(Some(frame)) => {
                take(&mut desk, frame, &bytes);
                if bytes.capacity() > 2 * LONGEST_INLINE {
                    bytes = Vec::new();
                }
            }
            Ok(None) => sleep(&mut desk, &reader),
            Err(bad) => {
                eprintln!("tarae: a pool sent {bad}");
                exit(1);
            }
        }
    }
}

/// Waits for a frame.
fn sleep(desk: &mut Desk, reader: &Reader) {
    if look(|| reader.is_ready(desk.page.to_worker())) {
        return;
    }
    desk.page.worker_asleep().store(1, Ordering::SeqCst);
    fence(Ordering::SeqCst);
    if !reader.is_ready(desk.page.to_worker()) {
        desk.hear();
    }
    desk.page.worker_asleep().store(0, Ordering::Relaxed);
}

/// Does a job, unless the pool has taken it back.
fn take(desk: &mut Desk, frame: Frame, bytes: &[u8]) {
    let Kind::Do { code, skip } = frame.kind else {
        eprintln!("tarae: a pool sent what a worker sends: {:?}", frame.kind);
        exit(1);
    };
    let job = frame.job;
    let file = frame.in_file.then(|| {
        loop {
            match desk.came.pop_front() {
                Some(file) => break file,
                None => desk.hear(),
            }
        }
    });
    desk.page.item().store(u64::from(skip), Ordering::Relaxed);
    if !desk.page.exchange_progress(job, Progress::Sent, Progress::Decoding) {
        return desk.send(job, Kind::Skipped, &[]);
    }
    lifeline::set_busy(true);
    let begun = Instant::now();
    let result = catch_unwind(AssertUnwindSafe(|| {
        let received = match &file {
            None => Received::Inline(bytes),
            Some(file) => {
                Received::Owned(read_file(file, frame.len).map_err(|error| too_large(frame.len, &error))?)
            }
        };
        let (run, function) = find(code)?;
        run(function, received, &mut AtWork { desk: &mut *desk, job, skip, begun, cut: false })
    }));
    let fault = match result {
        Ok(Ok(())) => None,
        Ok(Err(fault)) => Some(fault),
        Err(panic) => {
            let message = panic_message(&panic);
            // The user's `Deserialize`, the function, or the user's `Serialize`.
            Some(match desk.page.progress(job) {
                Some(Progress::Decoding) => Fault::Arguments(message),
                Some(Progress::Encoding) => Fault::Output(message),
                _ => Fault::Panicked(message),
            })
        }
    };
    if let Some(fault) = fault {
        has_run();
        report(desk, job, fault);
    }
    desk.page.set_over(job);
}

/// Says why there is no result.
fn report(desk: &mut Desk, job: u64, fault: Fault) {
    let (kind, message) = match fault {
        Fault::Arguments(message) => (Kind::BadArguments, message),
        Fault::Output(message) => (Kind::BadOutput, message),
        Fault::Unknown(message) => (Kind::Unknown, message),
        Fault::TooLarge { bytes, message } => (Kind::TooLarge { bytes }, message),
        Fault::Panicked(message) => {
            // Where it was, after a byte that no text has inside.
            (Kind::Panicked, format!("{}\0{}", message.replace('\0', "\u{fffd}"), place::take()))
        }
    };
    desk.send(job, kind, shortened(&message).as_bytes());
}
