//! Bars too narrow to be seen one by one, drawn as one.

use super::record::Event;
use std::fmt::Display;

/// Narrower than this, bars that follow each other are drawn as one.
pub(super) const NARROW: f64 = 1.2;

/// Narrow bars that follow each other closely, on one level or inside each other.
pub(super) struct Few<'a> {
    pub(super) first: &'a Event,
    /// The first ones, to name them.
    some: Vec<&'a Event>,
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) tasks: usize,
    pub(super) all: usize,
}

/// So many of them are named.
const NAMED: usize = 4;

impl<'a> Few<'a> {
    /// One, so far.
    pub(super) fn new(event: &'a Event, from: f64, to: f64) -> Self {
        Few { first: event, some: vec![event], from, to, tasks: usize::from(!event.is_wait), all: 1 }
    }

    /// Whether this one is another of them.
    pub(super) fn takes(&mut self, event: &'a Event, from: f64, to: f64) -> bool {
        let is_one = to - from < NARROW && event.depth >= self.first.depth && from - self.to < NARROW;
        if is_one {
            self.to = self.to.max(to);
            self.tasks += usize::from(!event.is_wait);
            self.all += 1;
            if self.some.len() < NAMED {
                self.some.push(event);
            }
        }
        is_one
    }

    pub(super) fn names(&self) -> impl Display {
        let names: Vec<String> = self.some.iter().map(|event| event.label().to_string()).collect();
        let more = if self.all > self.some.len() { ", .." } else { "" };
        names.join(", ") + more
    }
}
