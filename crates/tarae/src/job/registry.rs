//! The functions that are marked `#[remote]`: a table that the linker makes.

use super::code::{Fault, Run, Site};
use super::items::Items;
use super::parcel::{PackError, Packer, Received};
use super::{RemoteFn, bytes, image};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::OnceLock;

/// A function that is marked `#[remote]`.
#[derive(Debug)]
pub struct Entry {
    name: &'static str,
    /// The types of its arguments and of its result, as they are written.
    signature: &'static str,
    pub(super) call: Run,
    pub(super) map: Run,
}

/// All that this program has.
#[linkme::distributed_slice]
pub static FUNCTIONS: [Entry];

/// What `#[remote]` implements.
#[diagnostic::on_unimplemented(
    message = "another process cannot find the function `{Self}`",
    label = "not marked with `#[remote]`",
    note = "mark a function in place of implementing `RemoteFn`: `#[remote] fn add(a: u64, b: u64) -> u64 ..`"
)]
pub trait Registered: RemoteFn {
    /// Its place in the table.
    fn entry() -> &'static Entry;
}

impl Entry {
    /// Of a function.
    pub const fn of<F>(signature: &'static str) -> Self
    where
        F: RemoteFn,
        F::Args: Serialize + DeserializeOwned,
        F::Output: Serialize + DeserializeOwned,
    {
        Entry {
            name: F::NAME,
            signature,
            call: |_, job, site| call(F::invoke, job, site),
            map: |_, job, site| map(F::invoke, job, site),
        }
    }

    /// Its number in the table.
    pub(super) fn index(&'static self) -> u64 {
        let bytes = std::ptr::from_ref(self).addr() - FUNCTIONS.as_ptr().addr();
        (bytes / size_of::<Entry>()) as u64
    }
}

/// One call.
pub(crate) fn call<A, R>(f: impl Fn(A) -> R, job: Received<'_>, site: &mut dyn Site) -> Result<(), Fault>
where
    A: DeserializeOwned + 'static,
    R: Serialize + 'static,
{
    let args = bytes::decode(job).map_err(Fault::Arguments)?;
    site.decoded();
    let mut result = Some(f(args));
    site.returned();
    site.pack(&mut |packer| encode(&mut result, packer))
}

/// Encodes a result, and drops it: the user's `Drop` may panic as well, and does so before anything is sent.
fn encode<R: Serialize + 'static>(result: &mut Option<R>, packer: &mut Packer<'_>) -> Result<(), PackError> {
    result.take().map_or(Ok(()), |result| bytes::encode(&result, packer))
}

/// A call for each of a batch, the results one by one: those that are done are not lost with a worker that dies.
pub(crate) fn map<A, R>(f: impl Fn(A) -> R, job: Received<'_>, site: &mut dyn Site) -> Result<(), Fault>
where
    A: DeserializeOwned + 'static,
    R: Serialize + 'static,
{
    let items = Items::read(job.bytes())?;
    for at in site.skip()..items.len() {
        if site.is_to_stop() {
            break;
        }
        site.begins(at);
        // The user's `Deserialize` may panic.
        let item = catch_unwind(AssertUnwindSafe(|| items.decode::<A>(at)))
            .unwrap_or_else(|panic| Err(site.message(&panic)));
        let result = item.map_err(Fault::Arguments).and_then(|item| {
            site.decoded();
            let result = catch_unwind(AssertUnwindSafe(|| f(item)));
            site.returned();
            result.map_err(|panic| Fault::Panicked(site.message(&panic)))
        });
        match result {
            Ok(result) => {
                let mut result = Some(result);
                site.item(Ok(&mut |packer| encode(&mut result, packer)));
            }
            Err(fault) => site.item(Err(fault)),
        }
    }
    site.pack(&mut |_| Ok(()))
}

/// What two processes compare: the table, and the size of the image. The same program gives the same number.
pub(crate) fn fingerprint() -> u64 {
    static FINGERPRINT: OnceLock<u64> = OnceLock::new();
    *FINGERPRINT.get_or_init(|| {
        let mut hash = Fnv::new();
        hash.add(&(image::len() as u64).to_le_bytes());
        // Where a worker is started by its path, the file may be another by now.
        #[cfg(not(target_os = "linux"))]
        hash.add(image::code());
        for entry in FUNCTIONS {
            hash.add(entry.name.as_bytes());
            hash.add(entry.signature.as_bytes());
        }
        hash.0
    })
}

/// Fowler, Noll and Vo's hash, 1a: the same in every process, which std's is not.
struct Fnv(u64);

impl Fnv {
    fn new() -> Self {
        Fnv(0xcbf2_9ce4_8422_2325)
    }

    fn add(&mut self, bytes: &[u8]) {
        for &byte in bytes.iter().chain(&[0xff]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}
