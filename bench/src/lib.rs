//! What tarae is measured with: the programs that are run, what must come out of them, and how the numbers are judged.
//!
//! - An area's programs are here, one idea a file, each beside its hand-written rival and its peers:
//!   [`flow`], [`generator`], [`iter`], [`process`], [`task`]; [`switch`] has what takes turns.
//! - `benches/AREA_instructions.rs` counts their instructions, `benches/AREA_time.rs` takes their time,
//!   `src/bin/counted.rs` counts bytes and the like.
//! - [`measured`] reads what these leave behind, [`results`] that of a commit; [`goals`] and [`budgets`] judge it, [`report`]
//!   shows it.

#![deny(unsafe_code)]

pub mod budgets;
#[allow(unsafe_code)] // a global allocator is an unsafe trait
pub mod counting_allocator;
pub mod flow;
pub mod generator;
pub mod goals;
pub mod iter;
pub mod limit;
pub mod measured;
pub mod process;
pub mod report;
pub mod results;
pub mod switch;
pub mod task;
