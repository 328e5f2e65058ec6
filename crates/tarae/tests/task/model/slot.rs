//! What the test has of one task: its two halves, and its model.
#![allow(unreachable_pub, reason = "a part of a test")]

use super::alive::Alive;
use super::model::Model;
use tarae::executor::{Runnable, Ticket};
use tarae::prelude::*;
use tarae::task::Shared;

pub type BoxJob = Box<dyn FnOnce() -> Alive + Send>;

#[derive(Debug)]
pub enum Runner {
    Runnable(Runnable),
    Ticket(Ticket<BoxJob>),
    /// Whether it was started.
    Promise(Promise<Alive>, bool),
}

/// What the test has of a task: it, several that share it, or nothing.
#[derive(Debug)]
pub enum Handles {
    One(Task<Alive>),
    /// Each with a number.
    Many(Vec<(usize, Shared<Alive>)>),
    None,
}

#[derive(Debug)]
pub struct Slot {
    pub runner: Option<Runner>,
    pub handles: Handles,
    pub model: Model,
}
