//! The arguments of a batch: each with its end, so that one that cannot be encoded or decoded is one item's failure, and one
//! that kills a worker is not decoded again.
//!
//! ```text
//! item │ item │ … │ end of each, a word each │ how many, a word
//! ```
//!
//! In the place of an item that could not be encoded is why, as text and its length; the end's highest bit says so.

use super::bytes;
use super::code::Fault;
use super::parcel::{PackError, Packer, Received};
use crate::panics;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::panic::{AssertUnwindSafe, catch_unwind};

const WORD: usize = size_of::<u64>();

/// In an end: there is no item, but why.
const REFUSED: u64 = 1 << 63;

/// Encodes all of them.
pub(crate) fn encode<T: Serialize + 'static>(items: &[T], packer: &mut Packer<'_>) -> Result<(), Fault> {
    let mut ends = Vec::with_capacity((items.len() + 1) * WORD);
    for item in items {
        // The user's `Serialize` may panic.
        let refused = match catch_unwind(AssertUnwindSafe(|| bytes::encode(item, packer))) {
            Ok(Ok(())) => None,
            Ok(Err(PackError::Serialize(error))) => Some(error.to_string()),
            Ok(Err(error)) => return Err(error.into_fault(Fault::Arguments)),
            Err(panic) => Some(panics::text(&panic).unwrap_or(panics::NO_TEXT).to_owned()),
        };
        let mut end = 0;
        if let Some(why) = refused {
            // After what there is of the item.
            append(packer, why.as_bytes())?;
            append(packer, &(why.len() as u64).to_le_bytes())?;
            end = REFUSED;
        }
        end |= packer.len();
        ends.extend(end.to_le_bytes());
    }
    ends.extend((items.len() as u64).to_le_bytes());
    append(packer, &ends)
}

fn append(packer: &mut Packer<'_>, bytes: &[u8]) -> Result<(), Fault> {
    packer.append(bytes).map_err(|error| error.into_fault(Fault::Arguments))
}

/// Encoded items, as they have arrived.
#[derive(Clone, Copy)]
pub(super) struct Items<'b> {
    bytes: &'b [u8],
    ends: &'b [[u8; WORD]],
}

impl<'b> Items<'b> {
    /// Finds their ends.
    pub(super) fn read(bytes: &'b [u8]) -> Result<Self, Fault> {
        let parts = || {
            let (bytes, count) = bytes.split_last_chunk::<WORD>()?;
            let ends = usize::try_from(u64::from_le_bytes(*count)).ok()?.checked_mul(WORD)?;
            let (bytes, ends) = bytes.split_at(bytes.len().checked_sub(ends)?);
            Some(Items { bytes, ends: ends.as_chunks().0 })
        };
        parts().ok_or_else(|| Fault::Arguments("a batch that is none".to_owned()))
    }

    pub(super) fn len(self) -> usize {
        self.ends.len()
    }

    /// Decodes one, whatever there is of the others.
    pub(super) fn decode<T: DeserializeOwned + 'static>(self, at: usize) -> Result<T, String> {
        let none = || format!("item {at} of a batch is not there");
        let (item, is_refused) = self.find(at).ok_or_else(none)?;
        if !is_refused {
            return bytes::decode(Received::Inline(item));
        }
        let why = || {
            let (text, len) = item.split_last_chunk::<WORD>()?;
            let len = usize::try_from(u64::from_le_bytes(*len)).ok()?;
            text.get(text.len().checked_sub(len)?..)
        };
        Err(String::from_utf8_lossy(why().ok_or_else(none)?).into_owned())
    }

    /// The bytes of one, and whether they say why there is none.
    fn find(self, at: usize) -> Option<(&'b [u8], bool)> {
        let end = |at: usize| Some(u64::from_le_bytes(*self.ends.get(at)?));
        let start = if at == 0 { 0 } else { end(at - 1)? & !REFUSED };
        let end = end(at)?;
        let range = usize::try_from(start).ok()?..usize::try_from(end & !REFUSED).ok()?;
        Some((self.bytes.get(range)?, end & REFUSED != 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::job::parcel::{Files, Parcel};
    use std::fs::File;
    use std::io;

    struct NoFiles;

    impl Files for NoFiles {
        fn take(&mut self) -> io::Result<File> {
            Err(io::ErrorKind::Unsupported.into())
        }
    }

    fn encoded<T: Serialize + 'static>(items: &[T]) -> Vec<u8> {
        let mut files = NoFiles;
        let mut packer = Packer::new(Vec::new(), &mut files);
        encode(items, &mut packer).unwrap();
        match packer.finish().unwrap() {
            Parcel::Inline(bytes) => bytes,
            Parcel::File(..) => unreachable!(),
        }
    }

    #[test]
    fn each_item_is_found_by_itself() {
        let bytes = encoded(&["a".to_owned(), String::new(), "long".repeat(9)]);
        let items = Items::read(&bytes).unwrap();
        assert_eq!(items.len(), 3);
        assert_eq!(items.decode::<String>(2).unwrap(), "long".repeat(9));
        assert_eq!(items.decode::<String>(0).unwrap(), "a");
        assert_eq!(items.decode::<String>(1).unwrap(), "");
        assert_eq!(items.decode::<String>(3).unwrap_err(), "item 3 of a batch is not there");
        assert_eq!(Items::read(&encoded::<u8>(&[])).unwrap().len(), 0);
    }

    /// Writes a piece of itself, and panics.
    struct Half;

    impl Serialize for Half {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            use serde::ser::SerializeSeq;
            let mut seq = serializer.serialize_seq(Some(2))?;
            seq.serialize_element(&7u8)?;
            panic!("only half of it");
        }
    }

    #[test]
    fn why_one_could_not_be_encoded_stands_in_its_place() {
        let bytes = encoded(&[Half, Half]);
        let items = Items::read(&bytes).unwrap();
        assert_eq!(items.decode::<(u8, u8)>(1).unwrap_err(), "only half of it");
    }

    #[test]
    fn what_is_no_batch_is_an_error_whatever_it_is() {
        let good = encoded(&[1u64, 300, 1 << 40]);
        for cut in 0..good.len() {
            for byte in [0, 1, 0x7f, 0x80, 0xff] {
                let mut bad = good[..cut].to_vec();
                let _ = Items::read(&bad).map(|items| items.decode::<u64>(0));
                bad.extend(&good[cut..]);
                bad[cut] = byte;
                let Ok(items) = Items::read(&bad) else { continue };
                for at in 0..4 {
                    let _ = items.decode::<u64>(at);
                    let _ = items.decode::<String>(at);
                }
            }
        }
    }
}
