//! What jobs capture and return: something whose number that are alive is known.
#![allow(unreachable_pub, reason = "a part of a test")]

use super::model::Outcome;
use std::sync::Arc;
use std::sync::atomic::{AtomicIsize, Ordering};
use tarae::prelude::*;
use tarae::task::ErrorKind;

/// Something whose number that are alive is known.
#[derive(Debug)]
pub struct Alive {
    pub number: u32,
    count: Arc<AtomicIsize>,
}

impl Alive {
    pub fn new(number: u32, count: &Arc<AtomicIsize>) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Alive { number, count: count.clone() }
    }
}

impl Clone for Alive {
    fn clone(&self) -> Self {
        Alive::new(self.number, &self.count)
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        self.count.fetch_sub(1, Ordering::SeqCst);
    }
}

/// What an answer is, in the model's words.
pub fn outcome(answer: Result<&Alive, &TaskError>) -> Outcome {
    match answer {
        Ok(value) => Outcome::Value(value.number),
        Err(error) => match error.kind() {
            ErrorKind::Panicked { .. } => Outcome::Panicked,
            ErrorKind::Broken => Outcome::Broken,
            ErrorKind::Failed { .. } => Outcome::Failed,
            ErrorKind::Rejected => Outcome::Rejected,
            _ => Outcome::Cancelled,
        },
    }
}
