//! What threads share of tasks, in every order of their steps that the memory model allows.

mod halves;
mod helping;
mod list;
mod promises;
mod scopes;
mod shared;
mod stopping;
mod tracked;
