//! What the pool, its keepers and its tasks share: the queue, and who has what.
//!
//! ```text
//! execute ──▶ queue ──dispatch──▶ seat: in flight ──▶ worker ──▶ its keeper ──▶ answer
//!               ▲                       │
//!               └── taken back: not begun, and its worker has died or is behind
//! ```
//!
//! One lock for all of it, held for some instructions, or as long as it takes to copy a small job into a ring; never while code
//! of the user's runs.

use super::away::{Away, Place};
use super::link::Link;
use super::wire::frame::{Frame, Kind};
use super::wire::page::{MOST_IN_FLIGHT, Progress};
use super::wire::ring::Writer;
use crate::cancel::Deadline;
use crate::executor::{Counters, Shutdown, StillRunning, StuckTask};
use crate::job::parcel::{Parcel, is_worth_keeping};
use crate::job::{Answer, Code, Item};
use crate::sync::{Condvar, Mutex, MutexGuard, lock};
use crate::task::{Broken, Cause, Elsewhere};
use std::cell::Cell;
use std::collections::VecDeque;
use std::fs::File;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// About how long a worker is to be busy with what has been sent to it: so long its keeper may take to send more.
const AHEAD: Duration = Duration::from_micros(200);

/// How many workers in a row may die before they have begun anything: then the pool gives up.
const MOST_EARLY_DEATHS: u32 = 3;

/// The same once there have been workers that said so: then the program is not to blame, and whoever kills them may stop.
const MOST_EARLY_DEATHS_LATER: u32 = 30;

/// How long a keeper waits before it starts another worker, after one that died before it had begun anything; twice as long each
/// time.
const FIRST_PAUSE: Duration = Duration::from_millis(1);
const LONGEST_PAUSE: Duration = Duration::from_millis(500);

pub(super) struct Shared {
    state: Mutex<State>,
    /// The pool has changed in a way that somebody waits for who ends it.
    changed: Condvar,
    files: Mutex<Vec<File>>,
    done: AtomicU64,
    failed: AtomicU64,
    cancelled: AtomicU64,
    pub(super) settings: super::builder::Settings,
}

struct State {
    queue: VecDeque<Parcelled>,
    seats: Vec<Seat>,
    /// Tasks that are queued or in flight.
    open: usize,
    ending: Option<Shutdown>,
    broken: Option<Cause>,
    early_deaths: u32,
    /// Whether a worker has ever said that it is one.
    has_been_ready: bool,
    is_initialized: bool,
    submitted: u64,
    /// Keepers that have not ended.
    keepers: usize,
}

/// A job, packed.
pub(super) struct Parcelled {
    pub(super) task: Arc<dyn Away>,
    pub(super) code: Code,
    pub(super) parcel: Parcel,
    /// How many results it has, if that is not one of a call.
    pub(super) batch: Option<usize>,
    /// Of a batch: what has come back.
    pub(super) items: Vec<Item>,
    pub(super) retries: u32,
}

/// A worker's place in the pool. The worker changes, the seat does not.
#[derive(Default)]
struct Seat {
    link: Option<Arc<Link>>,
    writer: Writer,
    in_flight: VecDeque<InFlight>,
    /// The number of its next job.
    next: u64,
    /// How many of those before were taken back.
    taken_back: u64,
    /// No more is sent to it: it is to be killed.
    closed: bool,
    /// About how long a job of its takes, in nanoseconds.
    pace: f64,
}

struct InFlight {
    job: u64,
    what: What,
}

enum What {
    Job(Parcelled),
    Initializer,
    /// The worker will say that it has skipped it.
    TakenBack,
}

/// Who a frame is about.
pub(super) enum Done {
    Job(Parcelled),
    Initializer,
    Skipped,
    /// Nobody: what the worker says is wrong.
    Nothing,
}

impl Shared {
    pub(super) fn new(settings: super::builder::Settings) -> Self {
        let seats = (0..settings.workers.get()).map(|_| Seat::default()).collect::<Vec<_>>();
        Shared {
            state: Mutex::new(State {
                queue: VecDeque::new(),
                open: 0,
                ending: None,
                broken: None,
                early_deaths: 0,
                has_been_ready: false,
                is_initialized: false,
                submitted: 0,
                keepers: seats.len(),
                seats,
            }),
            changed: Condvar::new(),
            files: Mutex::new(Vec::new()),
            done: AtomicU64::new(0),
            failed: AtomicU64::new(0),
            cancelled: AtomicU64::new(0),
            settings,
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }

    /// Whether a job would be refused, and why if the pool broke.
    pub(super) fn refuses(&self) -> Option<Option<Cause>> {
        let state = self.lock();
        (state.ending.is_some() || state.broken.is_some()).then(|| state.broken.clone())
    }

    /// Queues a job, or gives it back if the pool has ended meanwhile.
    pub(super) fn push(&self, job: Parcelled) -> Result<(), Parcelled> {
        let mut state = self.lock();
        if state.ending.is_some() || state.broken.is_some() {
            return Err(job);
        }
        state.submitted += 1;
        state.open += 1;
        state.queue.push_back(job);
        let unwanted = self.dispatch(&mut state);
        drop(state);
        self.forget(unwanted);
        Ok(())
    }

    /// Sends what is queued to workers that have nothing to do, and then to those that will soon have nothing. What it gives
    /// back has been cancelled: the caller drops it when nothing is locked.
    #[must_use]
    fn dispatch(&self, state: &mut State) -> Vec<Parcelled> {
        let mut unwanted = Vec::new();
        if state.queue.is_empty() {
            self.balance(state);
        }
        for ahead in [false, true] {
            for number in 0..state.seats.len() {
                if state.queue.is_empty() {
                    return unwanted;
                }
                self.fill(state, number, ahead, &mut unwanted);
            }
        }
        unwanted
    }

    /// Sends to one worker as much as it is to have.
    fn fill(&self, state: &mut State, number: usize, ahead: bool, unwanted: &mut Vec<Parcelled>) {
        let workers = state.seats.len();
        let State { queue, seats, open, .. } = state;
        let seat = &mut seats[number];
        let Some(link) = seat.link.clone() else { return };
        let depth = if ahead { seat.depth() } else { 1 };
        // When half of it is done: larger portions, and fewer that wake anybody.
        let most = self.settings.tasks_per_worker;
        if seat.closed
            || seat.is_spent(most)
            || seat.in_flight.len() >= depth
            || (ahead && seat.in_flight.len() * 2 > depth)
        {
            return;
        }
        let mut room = depth - seat.in_flight.len();
        if ahead {
            room = room.min(queue.len() / workers + 1);
        }
        let mut sent = false;
        while room > 0
            && !seat.is_spent(most)
            && let Some(job) = queue.pop_front()
        {
            let is_open = if seat.in_flight.is_empty() { job.task.start() } else { job.task.is_open() };
            if !is_open {
                *open -= 1;
                self.cancelled.fetch_add(1, Ordering::Relaxed);
                unwanted.push(job);
                continue;
            }
            match seat.send(&link, number, job) {
                Ok(()) => sent = true,
                Err(job) => {
                    queue.push_front(job);
                    break;
                }
            }
            room -= 1;
        }
        if sent {
            link.ring();
        }
    }

    /// If a worker has nothing to do and the queue is empty, others give back half of what they have not begun.
    fn balance(&self, state: &mut State) {
        let most = self.settings.tasks_per_worker;
        let idle = |seat: &Seat| {
            seat.link.is_some() && !seat.closed && !seat.is_spent(most) && seat.in_flight.is_empty()
        };
        if !state.seats.iter().any(idle) {
            return;
        }
        for seat in &mut state.seats {
            let waiting = seat.in_flight.len().saturating_sub(1);
            for _ in 0..waiting.div_ceil(2) {
                let Some(job) = seat.take_back_last() else { break };
                state.queue.push_front(job);
            }
        }
    }

    /// A worker has been started.
    pub(super) fn seat(&self, number: usize, link: Arc<Link>) {
        let mut state = self.lock();
        let seat = &mut state.seats[number];
        *seat = Seat { link: Some(link.clone()), pace: seat.pace, ..Seat::default() };
        if let Some((code, parcel)) = self.settings.initializer() {
            let job = seat.next;
            // A new ring has room, and a new socket: what goes wrong shows when the worker dies.
            let _ = seat.write(&link, code, parcel, 0);
            seat.in_flight.push_back(InFlight { job, what: What::Initializer });
            link.ring();
        }
        if state.broken.is_some() || state.ending == Some(Shutdown::Abort) {
            link.kill();
        }
        let unwanted = self.dispatch(&mut state);
        self.finish_if_over(&mut state);
        drop(state);
        self.forget(unwanted);
    }

    /// The worker has answered a job, or said that it skipped it: whose it was.
    pub(super) fn done(&self, number: usize, job: u64, skipped: bool, pace: Option<u64>) -> Done {
        let mut state = self.lock();
        let seat = &mut state.seats[number];
        let Some(at) = seat.in_flight.iter().position(|entry| entry.job == job) else { return Done::Nothing };
        // Looked at before it is taken: what the worker says may be wrong, and then it has the job still.
        let is_taken_back = matches!(seat.in_flight[at].what, What::TakenBack);
        let Some(entry) = seat.in_flight.remove(at).filter(|_| skipped == is_taken_back) else {
            return Done::Nothing;
        };
        let is_job = matches!(entry.what, What::Job(_));
        if let Some(nanos) = pace.filter(|_| is_job) {
            let nanos = nanos.clamp(100, 1 << 40) as f64;
            seat.pace = if seat.pace == 0.0 { nanos } else { seat.pace * 0.75 + nanos * 0.25 };
        }
        let done = match entry.what {
            What::Job(parcelled) => {
                // The next worker's jobs are counted from 0 again.
                parcelled.task.place().clear();
                state.open -= 1;
                Done::Job(parcelled)
            }
            What::Initializer => {
                state.is_initialized = true;
                Done::Initializer
            }
            What::TakenBack => Done::Skipped,
        };
        if !skipped {
            state.early_deaths = 0;
        }
        let seat = &mut state.seats[number];
        if let Some(next) = seat.in_flight.front()
            && let What::Job(next) = &next.what
        {
            // It has begun, or begins now. If it was cancelled, who did that stops it.
            next.task.start();
        }
        let retire =
            (seat.closed || seat.is_spent(self.settings.tasks_per_worker)) && seat.in_flight.is_empty();
        if retire && let Some(link) = &seat.link {
            link.finish();
        }
        let unwanted = self.dispatch(&mut state);
        self.finish_if_over(&mut state);
        drop(state);
        self.forget(unwanted);
        done
    }

    /// The task at a place is over: its job is taken back, or its worker ended. A batch is asked to stop first.
    pub(super) fn stop(self: &Arc<Self>, place: &Place, is_batch: bool) {
        let mut state = self.lock();
        let Some((number, job)) = place.get() else { return };
        let seat = &mut state.seats[number];
        let is_it = |entry: &&mut InFlight| entry.job == job && matches!(entry.what, What::Job(_));
        let Some(entry) = seat.in_flight.iter_mut().find(is_it) else { return };
        let Some(link) = &seat.link else { return };
        if link.page.exchange_progress(job, Progress::Sent, Progress::TakenBack) {
            let taken = std::mem::replace(&mut entry.what, What::TakenBack);
            place.clear();
            seat.taken_back += 1;
            state.open -= 1;
            self.cancelled.fetch_add(1, Ordering::Relaxed);
            self.finish_if_over(&mut state);
            drop(state);
            drop(taken);
            return;
        }
        if is_batch && !self.is_late(link, job) {
            link.page.stop().fetch_max(job + 1, Ordering::Relaxed);
            // Without a thread for deadlines it is not asked first.
            if link.kill_later(self, number, job).is_ok() {
                return;
            }
        }
        self.end_worker(state, number, job);
    }

    /// A batch has not stopped, though it was asked to.
    pub(super) fn stop_at_last(&self, link: &Arc<Link>, number: usize, job: u64) {
        let state = self.lock();
        let seat = &state.seats[number];
        let is_its = seat.link.as_ref().is_some_and(|now| Arc::ptr_eq(now, link));
        if is_its && seat.in_flight.iter().any(|entry| entry.job == job) {
            self.end_worker(state, number, job);
        }
    }

    /// Kills a worker that does this job, unless it has done it: what it does then is another one's. To know that it begins
    /// nothing else meanwhile, all that it has not begun is taken back first.
    fn end_worker(&self, mut state: MutexGuard<'_, State>, number: usize, job: u64) {
        while let Some(later) = state.seats[number].take_back_last() {
            state.queue.push_front(later);
        }
        let seat = &mut state.seats[number];
        if let Some(link) = &seat.link
            && link.page.progress(job) != Some(Progress::Over)
        {
            seat.closed = true;
            link.kill();
        }
        let unwanted = self.dispatch(&mut state);
        self.finish_if_over(&mut state);
        drop(state);
        self.forget(unwanted);
    }

    fn is_late(&self, link: &Link, job: u64) -> bool {
        link.page.stop().load(Ordering::Relaxed) > job
    }

    /// The worker is gone: what it had, in order, and whether each has been begun.
    pub(super) fn vacate(&self, number: usize) -> Vec<(u64, Done)> {
        let mut state = self.lock();
        let seat = &mut state.seats[number];
        seat.link = None;
        let in_flight = std::mem::take(&mut seat.in_flight);
        let what = |what| match what {
            What::Job(job) => {
                // The next worker's jobs are counted from 0 again.
                job.task.place().clear();
                Done::Job(job)
            }
            What::Initializer => Done::Initializer,
            What::TakenBack => Done::Skipped,
        };
        in_flight.into_iter().map(|entry| (entry.job, what(entry.what))).collect()
    }

    /// Takes jobs back that a dead worker had, in order. If the pool has broken, or gives up what has not begun, they end.
    pub(super) fn requeue(&self, jobs: Vec<Parcelled>) {
        let mut state = self.lock();
        if state.broken.is_some() || state.ending > Some(Shutdown::Finish) {
            state.open -= jobs.len();
            self.cancelled.fetch_add(jobs.len() as u64, Ordering::Relaxed);
            self.finish_if_over(&mut state);
            let broken = state.broken.clone();
            drop(state);
            if let Some(cause) = broken {
                jobs.iter().for_each(|job| job.task.break_off(Broken { cause: Some(cause.clone()) }));
            }
            return self.forget(jobs);
        }
        for job in jobs.into_iter().rev() {
            job.task.place().clear();
            state.queue.push_front(job);
        }
        let unwanted = self.dispatch(&mut state);
        self.finish_if_over(&mut state);
        drop(state);
        self.forget(unwanted);
    }

    /// So many jobs of a dead worker need not be done again.
    pub(super) fn answered(&self, jobs: usize) {
        let mut state = self.lock();
        state.open -= jobs;
        self.finish_if_over(&mut state);
    }

    /// A worker was killed for a job, or died of it when nobody wanted it any more.
    pub(super) fn cancelled(&self, job: Parcelled) {
        self.cancelled.fetch_add(1, Ordering::Relaxed);
        self.answered(1);
        self.keep_file(job.parcel);
    }

    /// Answers a task, and counts it first: who has the answer finds it counted.
    pub(super) fn answer(&self, job: Parcelled, answer: Result<Answer<'_>, Elsewhere>) {
        let counted = Cell::new(false);
        job.task.answer(answer, &|is_value| {
            let number = if is_value { &self.done } else { &self.failed };
            number.fetch_add(1, Ordering::Relaxed);
            counted.set(true);
        });
        if !counted.get() {
            self.cancelled.fetch_add(1, Ordering::Relaxed);
        }
        self.keep_file(job.parcel);
    }

    /// A worker says that it is one.
    pub(super) fn is_ready(&self) {
        self.lock().has_been_ready = true;
    }

    /// Whether the initializer has ever done what it is to do.
    pub(super) fn is_initialized(&self) -> bool {
        self.lock().is_initialized
    }

    /// A worker could not be started, or died before it had begun anything; true if that has happened too often. If not, waits
    /// a while: who kills them may stop, and what the system lacks may come.
    pub(super) fn died_early(&self) -> bool {
        let mut state = self.lock();
        state.early_deaths += 1;
        let most = if state.has_been_ready { MOST_EARLY_DEATHS_LATER } else { MOST_EARLY_DEATHS };
        if state.early_deaths >= most {
            return true;
        }
        let pause = (FIRST_PAUSE * (1 << state.early_deaths.min(20))).min(LONGEST_PAUSE);
        let is_over = |state: &mut State| state.ending.is_none() && state.broken.is_none();
        drop(self.changed.wait_timeout_while(state, pause, is_over));
        false
    }

    /// Nothing more is sent to a worker.
    pub(super) fn close_seat(&self, number: usize) {
        self.lock().seats[number].closed = true;
    }

    /// So many keepers could not be started.
    pub(super) fn without_keepers(&self, keepers: usize) {
        self.lock().keepers -= keepers;
        self.changed.notify_all();
    }

    /// Whether the seat gets another worker. If not, its keeper has ended.
    pub(super) fn goes_on(&self) -> bool {
        let mut state = self.lock();
        let over = state.broken.is_some() || (state.ending.is_some() && state.open == 0);
        if over {
            state.keepers -= 1;
            self.changed.notify_all();
        }
        !over
    }

    /// The pool can do nothing any more: what it has ends with an error.
    pub(super) fn break_down(&self, cause: Cause) {
        let mut state = self.lock();
        if state.broken.is_some() {
            return;
        }
        state.broken = Some(cause.clone());
        self.changed.notify_all();
        let given_up = self.give_up(&mut state, true);
        drop(state);
        for job in given_up {
            let broken = Broken { cause: Some(cause.clone()) };
            job.task.break_off(broken);
        }
    }

    /// Takes the queue, and with `all` what is with workers as well, who are killed.
    fn give_up(&self, state: &mut State, all: bool) -> Vec<Parcelled> {
        let mut given_up: Vec<Parcelled> = state.queue.drain(..).collect();
        if all {
            for seat in &mut state.seats {
                for entry in &mut seat.in_flight {
                    if let What::Job(job) = &entry.what {
                        job.task.place().clear();
                        let taken = std::mem::replace(&mut entry.what, What::TakenBack);
                        let What::Job(job) = taken else { continue };
                        given_up.push(job);
                    }
                }
                seat.closed = true;
                if let Some(link) = &seat.link {
                    link.kill();
                }
            }
        }
        state.open -= given_up.len();
        self.cancelled.fetch_add(given_up.len() as u64, Ordering::Relaxed);
        self.finish_if_over(state);
        given_up
    }

    /// Ends the pool as `how` says, or more strongly.
    pub(super) fn end(&self, how: Shutdown) {
        let mut state = self.lock();
        state.ending = state.ending.max(Some(how));
        self.changed.notify_all();
        let given_up = match how {
            Shutdown::Finish => Vec::new(),
            Shutdown::CancelPending => {
                let mut taken: Vec<Parcelled> = Vec::new();
                for seat in &mut state.seats {
                    while let Some(job) = seat.take_back_last() {
                        taken.push(job);
                    }
                }
                state.queue.extend(taken);
                self.give_up(&mut state, false)
            }
            Shutdown::Abort => self.give_up(&mut state, true),
        };
        self.finish_if_over(&mut state);
        drop(state);
        given_up.iter().for_each(|job| job.task.cancel());
    }

    /// If all is done and the pool ends, the workers may go.
    fn finish_if_over(&self, state: &mut State) {
        if state.ending.is_some() && state.open == 0 {
            for seat in &state.seats {
                // One that is being initialised says when it is: then this comes again.
                let is_initialised =
                    !matches!(seat.in_flight.front(), Some(InFlight { what: What::Initializer, .. }));
                if let Some(link) = &seat.link
                    && is_initialised
                {
                    link.finish();
                }
            }
            self.changed.notify_all();
        }
    }

    /// Waits until all workers and their keepers have ended.
    pub(super) fn wait_for_end(&self, deadline: Deadline) -> Result<(), StillRunning> {
        let mut state = self.lock();
        while state.keepers > 0 {
            let Some(at) = deadline.instant() else {
                state = self.changed.wait(state).unwrap_or_else(|poisoned| poisoned.into_inner());
                continue;
            };
            let left = at.saturating_duration_since(std::time::Instant::now());
            if left.is_zero() {
                return Err(state.still_running());
            }
            let waited = self.changed.wait_timeout(state, left);
            state = waited.unwrap_or_else(|poisoned| poisoned.into_inner()).0;
        }
        Ok(())
    }

    pub(super) fn counters(&self) -> Counters {
        let state = self.lock();
        let read = |number: &AtomicU64| number.load(Ordering::Relaxed);
        let (done, panicked, cancelled) = (read(&self.done), read(&self.failed), read(&self.cancelled));
        let (submitted, queued) = (state.submitted, state.queue.len() as u64);
        let running = submitted.saturating_sub(done + panicked + cancelled + queued);
        Counters { submitted, queued, running, done, panicked, cancelled }
    }

    /// The processes.
    pub(super) fn pids(&self) -> Vec<u32> {
        self.lock().seats.iter().filter_map(|seat| Some(seat.link.as_ref()?.pid())).collect()
    }

    /// Drops what nobody wants any more, and keeps its file.
    pub(super) fn forget(&self, jobs: Vec<Parcelled>) {
        for job in jobs {
            job.task.cancel();
            self.keep_file(job.parcel);
        }
    }

    /// A file for a big value.
    pub(super) fn take_file(&self) -> Option<File> {
        lock(&self.files).pop()
    }

    /// What was in it has been read.
    pub(super) fn keep_file(&self, parcel: Parcel) {
        let Parcel::File(file, _) = parcel else { return };
        let mut files = lock(&self.files);
        if files.len() < MOST_FILES && is_worth_keeping(&file) {
            files.push(file);
        }
    }
}

/// How many files for big values a pool keeps.
const MOST_FILES: usize = 4;

impl Seat {
    /// Whether it has had its number of tasks.
    fn is_spent(&self, most: Option<u64>) -> bool {
        most.is_some_and(|most| self.next - self.taken_back >= most)
    }

    /// How many jobs it is to have.
    fn depth(&self) -> usize {
        if self.pace == 0.0 {
            return 1;
        }
        ((AHEAD.as_nanos() as f64 / self.pace) as usize).clamp(1, MOST_IN_FLIGHT)
    }

    /// Sends a job, or gives it back if there is no room.
    fn send(&mut self, link: &Link, number: usize, job: Parcelled) -> Result<(), Parcelled> {
        let id = self.next;
        if self.in_flight.len() >= MOST_IN_FLIGHT || !self.write(link, job.code, &job.parcel, job.items.len())
        {
            return Err(job);
        }
        job.task.place().set(number, id);
        self.in_flight.push_back(InFlight { job: id, what: What::Job(job) });
        Ok(())
    }

    /// Puts a job into the worker's ring; false if there is no room.
    fn write(&mut self, link: &Link, code: Code, parcel: &Parcel, skip: usize) -> bool {
        let job = self.next;
        let kind = Kind::Do { code, skip: skip as u32 };
        let (frame, bytes) = match parcel {
            Parcel::Inline(bytes) => {
                (Frame { job, kind, len: bytes.len() as u64, in_file: false }, bytes.as_slice())
            }
            Parcel::File(_, len) => (Frame { job, kind, len: *len, in_file: true }, [].as_slice()),
        };
        let ring = link.page.to_worker();
        if !self.writer.has_room(ring, bytes.len()) {
            return false;
        }
        if let Parcel::File(file, _) = parcel
            && link.send_file(file).is_err()
        {
            // It is gone, or cannot be reached any more: its keeper finds it dead, and sends what it had to others.
            link.kill_unasked();
            return false;
        }
        link.page.set_progress(job, Progress::Sent);
        self.next += 1;
        self.writer.push(ring, frame, bytes)
    }

    /// Takes the last job back that has not been begun.
    fn take_back_last(&mut self) -> Option<Parcelled> {
        let link = self.link.as_ref()?;
        let entry = self.in_flight.iter_mut().rfind(|entry| matches!(entry.what, What::Job(_)))?;
        if !link.page.exchange_progress(entry.job, Progress::Sent, Progress::TakenBack) {
            return None;
        }
        let taken = std::mem::replace(&mut entry.what, What::TakenBack);
        self.taken_back += 1;
        match taken {
            What::Job(job) => {
                job.task.place().clear();
                Some(job)
            }
            _ => None,
        }
    }
}

impl State {
    fn still_running(&self) -> StillRunning {
        let stuck = self.seats.iter().filter_map(|seat| match &seat.in_flight.front()?.what {
            What::Job(job) => {
                let (name, location) = job.task.about();
                Some(StuckTask::new(name.map(str::to_owned), location))
            }
            _ => None,
        });
        let stuck: Vec<StuckTask> = stuck.collect();
        let queued = self.open.saturating_sub(stuck.len());
        StillRunning::new(stuck, queued, 0)
    }
}
