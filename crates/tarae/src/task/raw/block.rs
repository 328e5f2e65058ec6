//! A task's block: its header, and its job or its result in one place.

use super::about::About;
use super::header::Header;
use super::memory;
use crate::job::Job;
use crate::panics::{Payload, drop_quietly};
use crate::task::unseen;
use std::cell::UnsafeCell;
use std::mem::ManuallyDrop;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::ptr::NonNull;

/// What can be done with a block whose type is not known.
pub(super) struct Table {
    /// Runs the job and writes the result; true if the job panicked.
    run: unsafe fn(*const Header) -> bool,
    drop_job: unsafe fn(*const Header),
    drop_result: unsafe fn(*const Header),
    /// Writes a failure in the place of a job that is gone.
    write_failure: unsafe fn(*const Header, Payload),
    /// Takes what a panic carried out of the result.
    take_failure: unsafe fn(*const Header) -> Option<Payload>,
    free: unsafe fn(*const Header),
    /// Where the result lies.
    result_offset: usize,
    /// The type of the value, for `Debug`.
    type_name: fn() -> &'static str,
    /// Whether the block is on the stack of who waits for the task: then it is not to be freed, and whoever has it runs it.
    on_stack: bool,
}

/// A job, and later its result. `repr(C)`: both lie at its beginning.
#[repr(C)]
union Stage<J: Job> {
    job: ManuallyDrop<J>,
    result: ManuallyDrop<Result<J::Output, Payload>>,
}

/// A block. `repr(C)`: a pointer to it is one to its header.
#[repr(C)]
pub(super) struct Block<J: Job> {
    header: Header,
    stage: UnsafeCell<Stage<J>>,
}

impl<J: Job> Block<J> {
    const TABLE: Table = Self::table(Self::free, false);
    pub(super) const ON_STACK: Table = Self::table(|_| {}, true);

    const fn table(free: unsafe fn(*const Header), on_stack: bool) -> Table {
        Table {
            run: Self::run,
            drop_job: Self::drop_job,
            drop_result: Self::drop_result,
            write_failure: Self::write_failure,
            take_failure: Self::take_failure,
            free,
            result_offset: std::mem::offset_of!(Block<J>, stage),
            type_name: std::any::type_name::<J::Output>,
            on_stack,
        }
    }

    #[inline(always)]
    pub(super) fn new(table: &'static Table, job: J, about: About) -> Self {
        let stage = UnsafeCell::new(Stage { job: ManuallyDrop::new(job) });
        Block { header: Header::new(table, about), stage }
    }

    /// Takes the job out.
    ///
    /// # Safety
    /// The caller owns the job; see `STATE` in `header.rs`.
    #[inline(always)]
    pub(super) unsafe fn into_job(self) -> J {
        // SAFETY: the caller's promise.
        ManuallyDrop::into_inner(unsafe { self.stage.into_inner().job })
    }

    /// A block with a pending task, owned by a handle and a runner.
    #[inline(always)]
    pub(super) fn allocate(job: J, about: About) -> *const Header {
        let block = memory::take::<Self>().as_ptr();
        // SAFETY: it is ours, and large enough.
        unsafe { block.write(Self::new(&Self::TABLE, job, about)) };
        block.cast_const().cast()
    }

    unsafe fn run(header: *const Header) -> bool {
        // SAFETY: `Header::run`'s promise: the caller owns the job, and nobody else is at the stage.
        unsafe {
            let stage = (*header.cast::<Self>()).stage.get();
            let job = ManuallyDrop::take(&mut (*stage).job);
            // What the job has left half-done stays with it, or behind a lock that says so.
            let result = catch_unwind(AssertUnwindSafe(|| job.run()));
            let failed = result.is_err();
            stage.write(Stage { result: ManuallyDrop::new(result) });
            failed
        }
    }

    unsafe fn drop_job(header: *const Header) {
        // SAFETY: as for `run`.
        unsafe { ManuallyDrop::drop(&mut (*(*header.cast::<Self>()).stage.get()).job) }
    }

    unsafe fn drop_result(header: *const Header) {
        // SAFETY: `Header::drop_result`'s promise.
        unsafe { ManuallyDrop::drop(&mut (*(*header.cast::<Self>()).stage.get()).result) }
    }

    unsafe fn write_failure(header: *const Header, payload: Payload) {
        // SAFETY: `Header::write_failure`'s promise.
        unsafe {
            (*header.cast::<Self>()).stage.get().write(Stage { result: ManuallyDrop::new(Err(payload)) });
        }
    }

    unsafe fn take_failure(header: *const Header) -> Option<Payload> {
        // SAFETY: `Header::take_failure`'s promise.
        unsafe { ManuallyDrop::take(&mut (*(*header.cast::<Self>()).stage.get()).result) }.err()
    }

    unsafe fn free(header: *const Header) {
        // SAFETY: `Header::free`'s promise; the stage has no destructor, so this drops what the header has and frees the
        // memory.
        unsafe {
            let block = NonNull::new_unchecked(header.cast::<Self>().cast_mut());
            block.drop_in_place();
            memory::give_back(block);
        }
    }
}

impl Header {
    /// Runs the job and writes the result; true if the job panicked.
    ///
    /// # Safety
    /// The caller has claimed the task. `this` points to a whole block, as it does in all of these.
    #[inline(always)]
    pub(super) unsafe fn run(this: *const Self) -> bool {
        // SAFETY: the caller's promise.
        unsafe { ((*this).table().run)(this) }
    }

    /// # Safety
    /// The caller owns the job; see `STATE`.
    pub(super) unsafe fn drop_job(this: *const Self) {
        // SAFETY: the caller's promise.
        drop_quietly(|| unsafe { ((*this).table().drop_job)(this) });
    }

    /// # Safety
    /// The caller owns the result; see `STATE`.
    pub(super) unsafe fn drop_result(this: *const Self) {
        // SAFETY: the caller's promise.
        drop_quietly(|| unsafe { ((*this).table().drop_result)(this) });
    }

    /// Drops the result of a task that has finished, which nobody has looked at: a failure is said.
    ///
    /// # Safety
    /// The caller owns the result; see `STATE`.
    pub(super) unsafe fn drop_answer(this: *const Self, failed: bool) {
        // SAFETY: the caller's promise.
        unsafe {
            if failed {
                drop_quietly(|| unseen::report(&*this, Header::take_failure(this)));
            } else {
                Header::drop_result(this);
            }
        }
    }

    /// # Safety
    /// Job and result are gone, and both owners.
    pub(super) unsafe fn free(this: *const Self) {
        // SAFETY: the caller's promise.
        unsafe { ((*this).table().free)(this) }
    }

    /// Looks at the job.
    ///
    /// # Safety
    /// The job is a `J`, and stays where it is as long as `'a`.
    #[cfg(feature = "process")]
    pub(super) unsafe fn job<'a, J: Job>(this: *const Self) -> &'a J {
        // SAFETY: the caller's promise; job and result lie at the same place.
        unsafe { &*this.byte_add((*this).table().result_offset).cast() }
    }

    /// Takes the result.
    ///
    /// # Safety
    /// The task has finished, its result has not been taken, and is a `Result<T, Payload>`.
    #[inline(always)]
    pub(super) unsafe fn take_result<T>(this: *const Self) -> Result<T, Payload> {
        // SAFETY: the caller's promise.
        unsafe { this.byte_add((*this).table().result_offset).cast::<Result<T, Payload>>().read() }
    }

    /// Writes the result in the place of a job that needs no dropping.
    ///
    /// # Safety
    /// The caller has claimed the task; its result is a `Result<T, Payload>`, and its job has no destructor.
    pub(super) unsafe fn write_result<T>(this: *const Self, result: Result<T, Payload>) {
        // SAFETY: the caller's promise. The stage is behind a cell.
        unsafe {
            this.byte_add((*this).table().result_offset)
                .cast_mut()
                .cast::<Result<T, Payload>>()
                .write(result);
        }
    }

    /// Writes a failure in the place of a job that has been dropped.
    ///
    /// # Safety
    /// The caller has claimed the task, and its job is gone.
    pub(super) unsafe fn write_failure(this: *const Self, payload: Payload) {
        // SAFETY: the caller's promise.
        unsafe { ((*this).table().write_failure)(this, payload) }
    }

    /// Looks at the result.
    ///
    /// # Safety
    /// The task has finished, and its result is a `Result<T, Payload>`, which stays as it is as long as `'a`.
    pub(super) unsafe fn look_at_result<'a, T>(this: *const Self) -> &'a Result<T, Payload> {
        // SAFETY: the caller's promise.
        unsafe { &*this.byte_add((*this).table().result_offset).cast() }
    }

    /// Takes what a panic carried.
    ///
    /// # Safety
    /// The caller owns the result, of a task that has failed, and uses it no more.
    pub(super) unsafe fn take_failure(this: *const Self) -> Option<Payload> {
        // SAFETY: the caller's promise.
        unsafe { ((*this).table().take_failure)(this) }
    }

    /// Whether the task is on the stack of who waits for it.
    pub(super) fn is_on_stack(&self) -> bool {
        self.table().on_stack
    }

    /// The type of the value.
    pub(crate) fn type_name(&self) -> &'static str {
        (self.table().type_name)()
    }
}
