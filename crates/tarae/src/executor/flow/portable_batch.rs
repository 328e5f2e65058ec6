//! A batch that another process maps.

use super::batch::{MapBatch, Mapped};
use crate::job::parcel::{Packer, Received};
use crate::job::{Answer, Code, Fault, PortableFn, PortableJob, bytes, items, sealed};
use crate::task::{Elsewhere, message_of};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::panic::{AssertUnwindSafe, catch_unwind};

impl<F, A, R> sealed::Sealed for MapBatch<F, A>
where
    F: Fn(A) -> R + PortableFn<A>,
    A: Send + 'static,
    R: Send,
{
}

impl<F, A, R> PortableJob for MapBatch<F, A>
where
    F: Fn(A) -> R + PortableFn<A>,
    A: Serialize + DeserializeOwned + Send + 'static,
    R: Serialize + DeserializeOwned + Send + 'static,
{
    const IS_BATCH: bool = true;

    fn results(&self) -> usize {
        self.items().len()
    }

    fn pack(&self, packer: &mut Packer<'_>) -> Result<Code, Fault> {
        items::encode(self.items(), packer)?;
        self.function().code()
    }

    fn unpack(answer: Answer<'_>) -> Result<Mapped<R>, Fault> {
        let Answer::Items { items, cut, elapsed } = answer else {
            return Err(Fault::Output("a call came back of a batch".to_owned()));
        };
        let mut mapped = Mapped { values: Vec::with_capacity(items.len()), panics: Vec::new(), cut, elapsed };
        for item in items {
            let at = mapped.values.len() + mapped.panics.len();
            // The user's `Deserialize` may panic.
            let value = item.and_then(|bytes| {
                catch_unwind(AssertUnwindSafe(|| bytes::decode(Received::Owned(bytes))))
                    .unwrap_or_else(|panic| Err(message_of(panic)))
                    .map_err(|message| Box::new(Elsewhere::from(Fault::Output(message))) as _)
            });
            match value {
                Ok(value) => mapped.values.push(value),
                Err(failure) => mapped.panics.push((at, failure)),
            }
        }
        Ok(mapped)
    }
}
