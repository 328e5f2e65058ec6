//! What the programs in `examples/` promise: their tests start them.
#![forbid(unsafe_code)]

#[path = "../executor_contract/support.rs"]
mod support;

mod checksum;
mod crawl;
mod ctrl_c;
mod many_waits;
mod progress;
mod short;
