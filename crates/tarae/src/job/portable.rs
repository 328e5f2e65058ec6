//! Jobs that another process of the same program can run.

use super::code::{Code, Fault, Site};
use super::parcel::{Packer, Received};
use super::registry::{Registered, call, map};
use super::{Call, Job, Portable, bytes, image};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A job that another process of the same program can run: its code is found at the same place of the same image, and its
/// arguments and its result can be taken apart and put together.
///
/// Implemented by calls of functions that are marked `#[remote]`, by [`Portable`], and by the batches of a
/// [`par_map`](crate::iter::IterExt::par_map) with one of these.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent to another process",
    label = "a closure stays in its process",
    note = "mark a function with `#[remote]` and submit a call of it: `pool.submit(add::call(1, 2))`",
    note = "or, if it captures nothing, give its arguments apart: `pool.submit(portable(x, |x| ..))`"
)]
pub trait PortableJob: Job + sealed::Sealed + 'static {
    /// Whether the results come one by one, and what is not wanted any more can be left out.
    #[doc(hidden)]
    const IS_BATCH: bool = false;

    /// How many results it has.
    #[doc(hidden)]
    fn results(&self) -> usize {
        1
    }

    /// Packs the arguments, and says where the code is.
    #[doc(hidden)]
    fn pack(&self, packer: &mut Packer<'_>) -> Result<Code, Fault>;

    /// Makes an answer of what has come back.
    #[doc(hidden)]
    fn unpack(answer: Answer<'_>) -> Result<Self::Output, Fault>;
}

/// What has come back of a job.
#[doc(hidden)]
#[derive(Debug)]
pub enum Answer<'a> {
    /// The result of a call.
    Whole(Received<'a>),
    /// The results of a batch, which has come to its end; `cut` if that was not the last item.
    Items { items: Vec<Item>, cut: bool, elapsed: std::time::Duration },
}

/// What has come back of one item of a batch: its result, or what stands in the place of what its panic carried.
pub(crate) type Item = Result<Vec<u8>, Box<dyn std::any::Any + Send>>;

pub(crate) mod sealed {
    /// How a job travels is this crate's business.
    pub trait Sealed {}
}

impl<F: Registered> sealed::Sealed for Call<F> {}

impl<F> PortableJob for Call<F>
where
    F: Registered,
    F::Args: Serialize + DeserializeOwned,
    F::Output: Serialize + DeserializeOwned,
{
    fn pack(&self, packer: &mut Packer<'_>) -> Result<Code, Fault> {
        bytes::encode(&self.0, packer).map_err(|error| error.into_fault(Fault::Arguments))?;
        Ok(Code::Call { index: F::entry().index() })
    }

    fn unpack(answer: Answer<'_>) -> Result<F::Output, Fault> {
        whole(answer)
    }
}

impl<A: Send + 'static, R: Send + 'static> sealed::Sealed for Portable<A, R> {}

impl<A, R> PortableJob for Portable<A, R>
where
    A: Serialize + DeserializeOwned + Send + 'static,
    R: Serialize + DeserializeOwned + Send + 'static,
{
    fn pack(&self, packer: &mut Packer<'_>) -> Result<Code, Fault> {
        bytes::encode(&self.args, packer).map_err(|error| error.into_fault(Fault::Arguments))?;
        in_image(call_portable::<A, R>, self.function as *const ())
    }

    fn unpack(answer: Answer<'_>) -> Result<R, Fault> {
        whole(answer)
    }
}

/// The answer of a call.
fn whole<T: DeserializeOwned + 'static>(answer: Answer<'_>) -> Result<T, Fault> {
    match answer {
        Answer::Whole(received) => bytes::decode(received).map_err(Fault::Output),
        Answer::Items { .. } => Err(Fault::Output("a batch came back of a call".to_owned())),
    }
}

/// Where a function and what calls it are.
fn in_image(run: super::code::Run, function: *const ()) -> Result<Code, Fault> {
    let run = image::offset_of((run as *const ()).expose_provenance());
    let function = image::offset_of(function.expose_provenance());
    let (run, function) = run.zip(function).ok_or_else(|| {
        Fault::Unknown("it is part of a shared library: mark it with `#[remote]` in the program".to_owned())
    })?;
    Ok(Code::InImage { run, function })
}

fn call_portable<A, R>(function: usize, job: Received<'_>, site: &mut dyn Site) -> Result<(), Fault>
where
    A: DeserializeOwned + 'static,
    R: Serialize + 'static,
{
    // SAFETY: `pack` has put it beside this very function, whose types are the same.
    call(
        #[allow(unsafe_code)]
        unsafe {
            image::function_at::<A, R>(function)
        },
        job,
        site,
    )
}

fn map_portable<A, R>(function: usize, job: Received<'_>, site: &mut dyn Site) -> Result<(), Fault>
where
    A: DeserializeOwned + 'static,
    R: Serialize + 'static,
{
    // SAFETY: `PortableFn::code` has put it beside this very function, whose types are the same.
    map(
        #[allow(unsafe_code)]
        unsafe {
            image::function_at::<A, R>(function)
        },
        job,
        site,
    )
}

/// A function that another process of this program can map with: `square::FN` of one that is marked `#[remote]`, or a `fn`,
/// which a closure becomes that captures nothing: `(|x| x + 1) as fn(u64) -> u64`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent to another process",
    label = "stays in its process",
    note = "mark a function with `#[remote]` and map with its constant: `par_map(&pool, square::FN)`",
    note = "or, if it captures nothing, make it a `fn`: `par_map(&pool, (|x| x + 1) as fn(u64) -> u64)`"
)]
pub trait PortableFn<A>: Send + Sync + 'static {
    /// Where another process finds it.
    #[doc(hidden)]
    fn code(&self) -> Result<Code, Fault>;
}

impl<A, R> PortableFn<A> for fn(A) -> R
where
    A: DeserializeOwned + 'static,
    R: Serialize + 'static,
{
    fn code(&self) -> Result<Code, Fault> {
        in_image(map_portable::<A, R>, *self as *const ())
    }
}
