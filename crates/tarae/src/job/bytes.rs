//! A value that is nothing but bytes travels as it is.
//!
//! `serde` takes a `Vec<u8>` for a sequence like any other, and goes through it byte by byte: a second for a gigabyte, each
//! way. (Inside other types, the crate `serde_bytes` does what this does.)

use super::parcel::{PackError, Packer, Received};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::any::Any;

/// Encodes a value.
pub(crate) fn encode<T: Serialize + 'static>(value: &T, packer: &mut Packer<'_>) -> Result<(), PackError> {
    match (value as &dyn Any).downcast_ref::<Vec<u8>>() {
        Some(bytes) => packer.append(bytes),
        None => packer.encode(value),
    }
}

/// Decodes what `encode` has made of a value of the same type.
pub(crate) fn decode<T: DeserializeOwned + 'static>(received: Received<'_>) -> Result<T, String> {
    let mut bytes: Option<Vec<u8>> = None;
    if (&mut bytes as &mut dyn Any).is::<Option<T>>() {
        bytes = Some(received.into_vec());
        let value = (&mut bytes as &mut dyn Any).downcast_mut::<Option<T>>().and_then(Option::take);
        return Ok(value.expect("it is of this type, and was put there"));
    }
    postcard::from_bytes(received.bytes()).map_err(|error| error.to_string())
}
