//! Functions that another process can be asked for by name.

use super::code::{Code, Fault};
use super::portable::{PortableFn, PortableJob};
use super::registry::Registered;
use super::{Call, RemoteFn};

/// A job that is known by a name, which means the same in another program.
///
/// Implemented by calls of functions that are marked `#[remote]`.
pub trait NamedJob: PortableJob {
    /// The function's name.
    fn name(&self) -> &'static str;
}

impl<F> NamedJob for Call<F>
where
    F: Registered,
    Call<F>: PortableJob,
{
    fn name(&self) -> &'static str {
        F::NAME
    }
}

/// A function marked `#[remote]` as a value: `add::FN`. It is a closure, and says which function it is.
pub type Remote<M> = &'static dyn NamedMap<M, <M as RemoteFn>::Args, <M as RemoteFn>::Output>;

/// A closure from `A` to `R` that stands for the function `M`.
///
/// What implements it is a function that `#[remote]` has made, behind a [`Remote`]. Whoever lets another closure pass for one
/// gets what it says on threads, and the function on processes.
pub trait NamedMap<M, A, R>: Fn(A) -> R + Send + Sync {}

impl<M, A, R, F: Fn(A) -> R + Send + Sync> NamedMap<M, A, R> for F {}

impl<M, A, R> PortableFn<A> for &'static dyn NamedMap<M, A, R>
where
    M: Registered<Args = A, Output = R>,
    A: 'static,
    R: 'static,
{
    fn code(&self) -> Result<Code, Fault> {
        Ok(Code::Map { index: M::entry().index() })
    }
}
