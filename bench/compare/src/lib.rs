//! Compiles and runs what `COMPARE.md` shows of tarae and of its peers: `ci/compare.sh`.
#![forbid(unsafe_code)]

#[cfg(test)]
mod sends;
pub mod server;
#[cfg(test)]
mod versions;

/// Each block of Rust in it is a program that asserts its answer.
#[cfg(doctest)]
#[doc = include_str!("../../../COMPARE.md")]
struct Compare;
