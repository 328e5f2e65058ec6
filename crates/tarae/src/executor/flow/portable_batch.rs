//! A batch that another process maps.

use super::batch::{MapBatch, Mapped};
use crate::job::parcel::Packer;
use crate::job::{Answer, Code, Fault, PortableFn, PortableJob, sealed};
use serde::Serialize;
use serde::de::DeserializeOwned;

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
        packer.encode(self.items()).map_err(|error| error.into_fault(Fault::Arguments))?;
        self.function().code()
    }

    fn unpack(answer: Answer<'_>) -> Result<Mapped<R>, Fault> {
        let Answer::Items { items, cut, elapsed } = answer else {
            return Err(Fault::Output("a call came back of a batch".to_owned()));
        };
        let mut mapped = Mapped { values: Vec::with_capacity(items.len()), panics: Vec::new(), cut, elapsed };
        for item in items {
            let at = mapped.values.len() + mapped.panics.len();
            match item {
                Ok(bytes) => mapped
                    .values
                    .push(postcard::from_bytes(&bytes).map_err(|error| Fault::Output(error.to_string()))?),
                Err(failure) => mapped.panics.push((at, failure)),
            }
        }
        Ok(mapped)
    }
}
