//! Tables of Python's behaviours, row by row, and the tests that carry the rows' numbers: they belong together.
#![forbid(unsafe_code)]

mod generators;
mod processes;
mod rows;
mod tasks;
