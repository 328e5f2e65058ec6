//! What is sent to another process and back: encoded values, in memory while they are small, in a file without a name when
//! they are big.
//!
//! A file and no shared mapping: whoever reads it has a copy of its own, which the other process cannot change under a
//! decoder, and a file that is used again has its pages already. Writing and reading it costs what two copies cost.

use super::large_pages;
use postcard::ser_flavors::Flavor;
use serde::Serialize;
use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt;

/// What is longer goes into a file: from here on that costs less than its way through a ring.
pub(crate) const LONGEST_INLINE: usize = 32 << 10;

/// How much is written to a file at once, of what comes in small pieces.
const PIECE: usize = 256 << 10;

/// A file that has held more is not kept to be used again: its pages are memory that nobody else can have.
const LARGEST_KEPT: u64 = 128 << 20;

/// Whether a file is to be kept for other values.
pub(crate) fn is_worth_keeping(file: &File) -> bool {
    file.metadata().is_ok_and(|metadata| metadata.len() <= LARGEST_KEPT)
}

/// An encoded value.
#[derive(Debug)]
pub(crate) enum Parcel {
    /// A small one.
    Inline(Vec<u8>),
    /// So many bytes at the beginning of a file.
    File(File, u64),
}

/// What has arrived: a private copy.
#[doc(hidden)]
#[derive(Debug)]
pub enum Received<'a> {
    Inline(&'a [u8]),
    Owned(Vec<u8>),
}

impl Received<'_> {
    pub(super) fn bytes(&self) -> &[u8] {
        match self {
            Received::Inline(bytes) => bytes,
            Received::Owned(bytes) => bytes,
        }
    }

    pub(super) fn into_vec(self) -> Vec<u8> {
        match self {
            Received::Inline(bytes) => bytes.to_vec(),
            Received::Owned(bytes) => bytes,
        }
    }
}

/// Reads what a file holds, which is said to be so many bytes: no more is allocated than is there.
pub(crate) fn read_file(file: &File, len: u64) -> io::Result<Vec<u8>> {
    let there = file.metadata()?.len();
    if len > there {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            format!("a file of {there} bytes was said to hold {len}"),
        ));
    }
    let len = usize::try_from(len).map_err(|_| io::ErrorKind::OutOfMemory)?;
    let mut bytes = Vec::new();
    bytes.try_reserve_exact(len).map_err(|_| io::ErrorKind::OutOfMemory)?;
    large_pages::advise(bytes.spare_capacity_mut());
    // By its place: the position of a file is shared by all who have it, and several may read an initializer's.
    while bytes.len() < len {
        let at = bytes.len() as u64;
        match rustix::io::pread(file, rustix::buffer::spare_capacity(&mut bytes), at) {
            Ok(0) => break,
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
    bytes.truncate(len); // it may have held more before
    if bytes.len() < len {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(bytes)
}

/// Where files for big values come from.
pub(crate) trait Files {
    /// One to write to from its beginning.
    fn take(&mut self) -> io::Result<File>;
}

/// Collects an encoded value.
#[doc(hidden)]
pub struct Packer<'a> {
    /// What is not in the file.
    pending: Vec<u8>,
    file: Option<File>,
    written: u64,
    files: &'a mut dyn Files,
    error: Option<io::Error>,
}

/// Why a value could not be packed.
#[derive(Debug)]
pub(crate) enum PackError {
    /// What its `Serialize` said.
    Serialize(postcard::Error),
    /// It does not fit into a file: how far it got, and why.
    File { bytes: u64, source: io::Error },
}

impl<'a> Packer<'a> {
    /// Collects into a buffer, which is emptied first.
    pub(crate) fn new(mut buffer: Vec<u8>, files: &'a mut dyn Files) -> Self {
        buffer.clear();
        Packer { pending: buffer, file: None, written: 0, files, error: None }
    }

    /// Encodes a value, after what is there.
    pub(crate) fn encode<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), PackError> {
        let result = postcard::serialize_with_flavor(value, Collect(self));
        result.map_err(|error| self.explain(error))
    }

    /// How many bytes there are.
    pub(crate) fn len(&self) -> u64 {
        self.written + self.pending.len() as u64
    }

    /// Adds bytes as they are.
    pub(crate) fn append(&mut self, bytes: &[u8]) -> Result<(), PackError> {
        Collect(self).try_extend(bytes).map_err(|error| self.explain(error))
    }

    fn explain(&mut self, error: postcard::Error) -> PackError {
        match self.error.take() {
            Some(source) => PackError::File { bytes: self.len(), source },
            None => PackError::Serialize(error),
        }
    }

    /// All that was collected.
    pub(crate) fn finish(mut self) -> Result<Parcel, PackError> {
        if self.file.is_none() && self.pending.len() <= LONGEST_INLINE {
            return Ok(Parcel::Inline(self.pending));
        }
        if let Err(source) = self.flush() {
            return Err(PackError::File { bytes: self.written, source });
        }
        let file = self.file.expect("flush opens it");
        Ok(Parcel::File(file, self.written))
    }

    /// Puts what is pending into the file.
    fn flush(&mut self) -> io::Result<()> {
        let pending = std::mem::take(&mut self.pending);
        let result = self.write(&pending);
        self.pending = pending;
        self.pending.clear();
        result
    }

    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(self.files.take()?),
        };
        file.write_all_at(bytes, self.written)?;
        self.written += bytes.len() as u64;
        Ok(())
    }

    fn take_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.pending.len() + bytes.len() <= PIECE {
            self.pending.extend_from_slice(bytes);
            return Ok(());
        }
        self.flush()?;
        if bytes.len() <= PIECE {
            self.pending.extend_from_slice(bytes);
            return Ok(());
        }
        self.write(bytes)
    }
}

/// What the encoder writes to.
struct Collect<'p, 'a>(&'p mut Packer<'a>);

impl Flavor for Collect<'_, '_> {
    type Output = ();

    #[inline]
    fn try_extend(&mut self, data: &[u8]) -> postcard::Result<()> {
        self.0.take_all(data).map_err(|error| {
            self.0.error = Some(error);
            postcard::Error::SerializeBufferFull
        })
    }

    #[inline]
    fn try_push(&mut self, data: u8) -> postcard::Result<()> {
        if self.0.pending.len() < PIECE {
            self.0.pending.push(data);
            return Ok(());
        }
        self.try_extend(&[data])
    }

    fn finalize(self) -> postcard::Result<()> {
        Ok(())
    }
}

impl std::fmt::Debug for Packer<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Packer").field("bytes", &self.len()).finish_non_exhaustive()
    }
}
