//! The engine: all of the module's unsafe code, and the argument for it in `README.md` beside this file.

pub(crate) mod body;
pub(crate) mod chain;
pub(crate) mod delegate;
pub(crate) mod drive;
pub(crate) mod erased;
pub(crate) mod expansion;
pub(crate) mod frame;
pub(crate) mod handle;
pub(crate) mod items;
pub(crate) mod movable;
pub(crate) mod node;
pub(crate) mod pinned;
