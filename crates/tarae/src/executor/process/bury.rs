//! When a worker is gone: what it had is answered, or done by others.

use super::builder::StartError;
use super::dispatch::Done;
use super::keeper::Keeper;
use super::shared::Parcelled;
use super::wire::page::Progress;
use super::wire::socket::Came;
use super::worker::init::NOT_A_WORKER;
use crate::job::Answer;
use crate::task::{Elsewhere, ErrorKind};
use crate::task::{Exit, Phase, WorkerDeath};
use std::process::ExitStatus;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

impl Keeper<'_> {
    /// The worker is gone, or has to go: what it had is answered, or done by others.
    pub(super) fn bury(mut self) {
        // What it has left, it has done.
        self.shared.close_seat(self.seat);
        let _ = self.child_has_ended();
        if self.bad.is_none() {
            while self
                .link
                .receive(&mut self.heard, &mut self.files)
                .is_ok_and(|came| came == Came::Something)
            {}
            self.take_frames();
        }
        self.tail.read();
        let status = self.child_has_ended();
        let had = self.shared.vacate(self.seat);
        let mut again = Vec::new();
        for (job, done) in had {
            let progress = self.link.page.progress(job);
            match done {
                Done::Job(parcelled) if progress == Some(Progress::Sent) => again.push(parcelled),
                Done::Job(parcelled) => {
                    self.has_begun = true;
                    again.extend(self.blame(parcelled, progress, status));
                }
                Done::Initializer
                    if progress != Some(Progress::Sent)
                        && !self.link.was_asked()
                        && !self.shared.is_initialized() =>
                {
                    let message = format!("its worker {}", how(status));
                    self.shared.break_down(Arc::new(StartError::Initializer { message }));
                }
                Done::Initializer | Done::Skipped | Done::Nothing => {}
            }
        }
        self.shared.requeue(again);
        if !self.has_begun && !self.link.was_asked() && self.shared.died_early() {
            let how = if self.late { "did not say that it is one".to_owned() } else { how(status) };
            let error = StartError::Worker { how, output: self.tail.text() };
            self.shared.break_down(Arc::new(error));
        }
    }

    /// The job that a dead worker had begun: is begun again, or fails.
    fn blame(
        &mut self,
        mut job: Parcelled,
        progress: Option<Progress>,
        status: Option<ExitStatus>,
    ) -> Option<Parcelled> {
        job.items.append(&mut self.items);
        if !job.task.is_open() {
            self.shared.cancelled(job);
            return None;
        }
        let is_between = job.items.len() as u64 > self.link.page.item().load(Ordering::Relaxed);
        if let Some(items) = job.batch
            && self.bad.is_none()
            && is_between
        {
            return self.go_on(job, items); // the last item was done, and the next one not begun
        }
        if self.bad.is_none() && job.retries > 0 {
            job.retries -= 1;
            return Some(job);
        }
        let failure = match self.bad {
            Some(bad) => Elsewhere::new(ErrorKind::ProtocolMismatch { message: bad.to_string() }),
            None => Elsewhere::new(ErrorKind::WorkerDied(WorkerDeath {
                pid: self.link.pid(),
                exit: status.map_or(Exit::Code(-1), Exit::of),
                phase: match progress {
                    Some(Progress::Decoding) => Phase::Decoding,
                    Some(Progress::Encoding) => Phase::Encoding,
                    _ => Phase::Running,
                },
                output: self.tail.text(),
            })),
        };
        match job.batch {
            // The item is to blame, and the rest has not been begun.
            Some(items) => {
                job.items.push(Err(Box::new(failure)));
                return self.go_on(job, items);
            }
            None => {
                self.shared.answered(1);
                self.shared.answer(job, Err(failure));
            }
        }
        None
    }

    /// The rest of a batch is begun again, if there is one.
    fn go_on(&mut self, mut job: Parcelled, items: usize) -> Option<Parcelled> {
        if job.items.len() < items {
            return Some(job);
        }
        let items = std::mem::take(&mut job.items);
        self.shared.answered(1);
        self.shared.answer(job, Ok(Answer::Items { items, cut: false, elapsed: Duration::ZERO }));
        None
    }

    /// Waits for the process, which has ended or is ended.
    fn child_has_ended(&mut self) -> Option<ExitStatus> {
        self.link.kill_unasked();
        self.link.let_go();
        self.child.wait().ok()
    }
}

/// How a worker ended.
fn how(status: Option<ExitStatus>) -> String {
    match status {
        Some(status) if status.code() == Some(NOT_A_WORKER) => {
            "found that it cannot be one, and said why".to_owned()
        }
        Some(status) => Exit::of(status).to_string(),
        None => "ended in a way that the system does not tell".to_owned(),
    }
}
