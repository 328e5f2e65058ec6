//! What goes between a pool and a worker.
//!
//! - `frame.rs`: what one says to the other.
//! - `ring.rs`: frames, through memory that both have.
//! - `page.rs`: that memory.
//! - `file.rs`: what is behind it, and behind big values.
//! - `socket.rs`: a doorbell for who sleeps, the way of files, and the word that the other one has gone.

pub(crate) mod file;
pub(crate) mod frame;
#[allow(unsafe_code)]
pub(crate) mod page;
pub(crate) mod ring;
pub(crate) mod socket;
