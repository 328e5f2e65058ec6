//! What the threads of a pool share, in every order of their steps.

mod pool;
mod sleep;
