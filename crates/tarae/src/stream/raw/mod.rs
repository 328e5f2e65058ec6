//! The engine: all of the module's unsafe code, and the argument for it in `README.md` beside this file.

pub(crate) mod async_generator;
pub(crate) mod expansion;
pub(crate) mod put;
