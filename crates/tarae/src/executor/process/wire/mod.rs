//! What goes between a pool and a worker.
//!
//! - `frame.rs`: what one says to the other.
//! - `ring.rs`: frames, through memory that both have.
//! - `page.rs`: that memory.
//! - `file.rs`: what is behind it, and behind big values.
//! - `patience.rs`: how long to look for a frame before sleeping.
//! - `socket.rs`: a doorbell for who sleeps, the way of files, and the word that the other one has gone.

pub(crate) mod file;
pub(crate) mod frame;
#[allow(unsafe_code)]
pub(crate) mod page;
pub(crate) mod patience;
pub(crate) mod ring;
pub(crate) mod socket;
