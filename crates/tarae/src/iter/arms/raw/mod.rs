//! The unsafe part of the arms.

pub(super) mod lent;
