//! The queue of tasks, with two and three threads at it: nothing lost, nothing twice, in order.

use super::tracked::{Tracked, seven, task};
use crate::cancel::Deadline;
use crate::options::Options;
use crate::sync::model;
use crate::task::raw::handle::Handle;
use crate::task::raw::list::List;
use crate::task::raw::runner::Erased;
use loom::sync::Arc;
use loom::thread;

/// What one thread has taken out, in order.
#[derive(Default)]
struct Taken(Vec<u32>);

impl Taken {
    /// Runs a task, if there is one, and notes its number.
    fn note(&mut self, task: Option<Erased>) {
        if let Some(task) = task {
            task.run();
            self.0.push(RAN.with(std::cell::Cell::get));
        }
    }
}

loom::thread_local! {
    /// The number of the task that ran last on this thread.
    static RAN: std::cell::Cell<u32> = std::cell::Cell::new(0);
}

/// Appends the task of that number, whose handle is dropped.
fn push(list: &List, number: u32) {
    let number = Tracked::new(number);
    let (task, _handle): (_, Handle<()>) =
        task(Options::new(), move || RAN.with(|ran| ran.set(number.read())));
    list.push(task);
}

/// Empties the lists when nobody else is at them, and checks that all of so many tasks have come out, once, and that each
/// thread has seen those of `pushed_in_order` in their order.
fn check(lists: &[&List], taken: Vec<Taken>, tasks: u32, pushed_in_order: &[u32]) {
    let mut rest = Taken::default();
    for list in lists {
        let expected = list.len();
        let before = rest.0.len();
        while !list.is_empty() {
            rest.note(list.pop());
        }
        assert_eq!(rest.0.len() - before, expected, "the length is right");
        assert!(list.pop().is_none());
    }
    let mut all = Vec::new();
    for taken in taken.into_iter().chain([rest]) {
        let of_one: Vec<_> = taken.0.iter().filter(|number| pushed_in_order.contains(number)).collect();
        assert!(of_one.is_sorted(), "out of order: {of_one:?}");
        all.extend(taken.0);
    }
    all.sort_unstable();
    assert!(all.iter().copied().eq(1..=tasks), "lost, or twice: {all:?}");
}

#[test]
fn what_two_push_comes_out_once_and_each_ones_in_order() {
    model(3, 4, || {
        let list = Arc::new(List::new());
        let [first, second] = [vec![1, 2], vec![3]].map(|numbers| {
            let list = list.clone();
            thread::spawn(move || numbers.into_iter().for_each(|number| push(&list, number)))
        });
        let mut taken = Taken::default();
        taken.note(list.pop());
        taken.note(list.pop());
        first.join().unwrap();
        second.join().unwrap();
        check(&[&list], vec![taken], 3, &[1, 2]);
    });
}

#[test]
fn two_that_pop_get_different_ones_in_order() {
    model(3, 4, || {
        let list = Arc::new(List::new());
        (1..=3).for_each(|number| push(&list, number));
        let other = thread::spawn({
            let list = list.clone();
            move || {
                let mut taken = Taken::default();
                taken.note(list.pop());
                taken.note(list.pop());
                taken
            }
        });
        let mut taken = Taken::default();
        taken.note(list.pop());
        let theirs = other.join().unwrap();
        check(&[&list], vec![taken, theirs], 3, &[1, 2, 3]);
    });
}

#[test]
fn the_last_one_is_popped_while_another_is_pushed() {
    model(3, 4, || {
        let list = Arc::new(List::new());
        push(&list, 1);
        let other = thread::spawn({
            let list = list.clone();
            move || push(&list, 2)
        });
        let mut taken = Taken::default();
        taken.note(list.pop());
        assert_eq!(taken.0, [1], "it was there");
        taken.note(list.pop());
        other.join().unwrap();
        check(&[&list], vec![taken], 2, &[1, 2]);
    });
}

/// What a worker does that brings tasks in, while another takes some of them from where they were, or have come to.
#[test]
fn what_is_moved_is_found_in_one_list_or_the_other() {
    model(3, 4, || {
        let (from, to) = (Arc::new(List::new()), Arc::new(List::new()));
        (1..=3).for_each(|number| push(&from, number));
        let mover = thread::spawn({
            let (from, to) = (from.clone(), to.clone());
            move || {
                let mut taken = Taken::default();
                taken.note(from.pop_and_move(&to, |len| len - 1));
                taken.note(to.pop());
                taken
            }
        });
        let mut taken = Taken::default();
        taken.note(to.pop());
        taken.note(from.pop());
        let theirs = mover.join().unwrap();
        // This thread may find a later one in `from` first: only the mover's are in order.
        check(&[&to, &from], vec![taken, theirs], 3, &[]);
    });
}

#[test]
fn two_that_move_from_one_list_move_different_ones() {
    model(3, 4, || {
        let from = Arc::new(List::new());
        (1..=4).for_each(|number| push(&from, number));
        let mover = |from: Arc<List>| {
            let (mut taken, to) = (Taken::default(), List::new());
            taken.note(from.pop_and_move(&to, |len| len / 2));
            (taken, to)
        };
        let other = thread::spawn({
            let from = from.clone();
            move || mover(from)
        });
        let (taken, to) = mover(from.clone());
        let (theirs, their_to) = other.join().unwrap();
        check(&[&to, &their_to, &from], vec![taken, theirs], 4, &[]);
    });
}

#[test]
fn pushes_while_others_are_moved_are_not_lost() {
    model(3, 4, || {
        let (from, to) = (Arc::new(List::new()), Arc::new(List::new()));
        push(&from, 1);
        push(&from, 2);
        let other = thread::spawn({
            let from = from.clone();
            move || push(&from, 3)
        });
        let mut taken = Taken::default();
        taken.note(from.pop_and_move(&to, |len| len));
        other.join().unwrap();
        check(&[&to, &from], vec![taken], 3, &[1, 2, 3]);
    });
}

#[test]
fn a_list_dropped_while_one_waits_ends_the_waiting() {
    model(3, 4, || {
        let list = List::new();
        let (task, handle) = seven();
        list.push(task);
        let waits = thread::spawn(move || {
            assert!(handle.wait(Deadline::NEVER));
            assert!(handle.take_failure().is_none(), "cancelled");
        });
        drop(list);
        waits.join().unwrap();
    });
}
