//! Bodies whose locals borrow each other, and their parents, for writing: whoever moves a generator between two resumes,
//! looks at it, or ends it, claims nothing of them. (Run under Miri.)

use std::cell::RefCell;
use std::pin::{Pin, pin};
use std::rc::Rc;
use tarae::generator::{BoxCoroutine, BoxGenerator, LocalBoxGenerator, Pinned};
use tarae::prelude::*;

/// Its locals are written through borrows that live across its yields.
fn borrower(start: i32) -> Generator<impl Yields<i32>> {
    generator!({
        let mut numbers = [start, start + 1, start + 2];
        let mut flag = true;
        let borrowed = &mut flag;
        for number in numbers.iter_mut() {
            yield *number;
            *number = 0;
            *borrowed = !*borrowed;
        }
        yield numbers.iter().sum::<i32>() + i32::from(*borrowed);
    })
}

/// A child that writes to its parent's locals.
fn parent(boxed: bool) -> Generator<impl Yields<i32>> {
    generator!({
        let mut count = 0;
        let counter = &mut count;
        let child = generator!({
            let mut own = 10;
            let borrowed = &mut own;
            for _ in 0..3 {
                *counter += 1;
                *borrowed += *counter;
                yield *borrowed;
            }
        });
        if boxed {
            yield_from!(child.boxed());
        } else {
            yield_from!(child);
        }
        yield count;
    })
}

const OF_A_BORROWER: [i32; 4] = [1, 2, 3, 0];
const OF_A_PARENT: [i32; 4] = [11, 13, 16, 3];

#[test]
fn a_pinned_one_goes_on() {
    assert!(pin!(borrower(1).pinned()).eq(OF_A_BORROWER));
    assert!(pin!(parent(false).pinned()).eq(OF_A_PARENT));
    assert!(pin!(parent(true).pinned()).eq(OF_A_PARENT));
    assert!(Box::pin(borrower(1).pinned()).as_mut().eq(OF_A_BORROWER));
}

#[test]
fn a_boxed_one_goes_on() {
    assert!(borrower(1).boxed().eq(OF_A_BORROWER));
    assert!(parent(true).boxed().eq(OF_A_PARENT));
    assert!(parent(false).boxed_local().eq(OF_A_PARENT));
}

#[test]
fn a_pinned_coroutine_is_sent_values() {
    let mut echo = pin!(
        coroutine!({
            let mut last = 0;
            let borrowed = &mut last;
            loop {
                let sent: i32 = yield *borrowed;
                *borrowed += sent;
                if sent == 0 {
                    return last;
                }
            }
        })
        .pinned()
    );
    assert_eq!(echo.start(), Step::Yield(0));
    assert_eq!(echo.send(3), Step::Yield(3));
    assert_eq!(echo.send(4), Step::Yield(7));
    assert_eq!(echo.send(0), Step::Return(7));
}

/// All that a shared borrow of one can do.
#[test]
fn one_may_be_looked_at_between_resumes() {
    for mut boxed in [borrower(1).boxed(), parent(false).boxed(), parent(true).boxed()] {
        let mut last = 0;
        while let Some(item) = boxed.next() {
            assert_eq!(boxed.state(), State::Suspended);
            assert_eq!(format!("{boxed:?}"), "BoxCoroutine { state: Suspended, .. }");
            last = item;
        }
        assert!(last == 0 || last == 3);
    }
    let mut pinned = pin!(parent(true).pinned());
    for item in OF_A_PARENT {
        assert_eq!(pinned.next(), Some(item));
        assert_eq!(pinned.as_ref().get_ref().state(), State::Suspended);
        assert_eq!(format!("{pinned:?}"), "Pinned { state: Suspended, .. }");
        assert_eq!(Coroutine::state(&pinned.as_mut()), State::Suspended);
    }
    let shared = parent(false).shared();
    for item in OF_A_PARENT {
        assert_eq!(shared.try_next(), Ok(Some(item)));
        assert_eq!(shared.state(), State::Suspended);
    }
}

/// A box that moves does not move what is in it, and claims nothing of it.
#[test]
fn one_may_be_moved_between_resumes() {
    let mut moved: Vec<BoxGenerator<i32>> = vec![borrower(1).boxed(), parent(true).boxed()];
    let mut unboxed = [parent(false), parent(false)];
    let mut sums = [0; 4];
    for round in 0..4 {
        moved.rotate_left(1);
        unboxed.swap(0, 1);
        let mut taken = std::mem::take(&mut moved);
        for (place, generator) in taken.iter_mut().enumerate() {
            sums[(place + round + 1) % 2] += generator.next().unwrap();
        }
        moved.extend(taken);
        for (place, generator) in unboxed.iter_mut().enumerate() {
            sums[2 + (place + round) % 2] += generator.next().unwrap();
        }
    }
    assert_eq!(sums, [OF_A_BORROWER.iter().sum(), OF_A_PARENT.iter().sum(), 43, 43]);
}

/// Suspended in the midst of borrows: dropped where it is, whatever is the way.
#[test]
fn one_may_be_ended_between_resumes() {
    /// Writes through what it borrows as it is dropped.
    struct Add<'a>(&'a mut i32, Rc<RefCell<Vec<i32>>>);
    impl Drop for Add<'_> {
        fn drop(&mut self) {
            *self.0 += 1;
            self.1.borrow_mut().push(*self.0);
        }
    }
    let seen: Rc<RefCell<Vec<i32>>> = Rc::default();
    let make = |boxed: bool| {
        let seen = seen.clone();
        generator!({
            let mut number = 5;
            let add = Add(&mut number, seen.clone());
            *add.0 += 1;
            let lent = &mut *add.0;
            let inner = generator!({
                let add = Add(lent, seen);
                *add.0 += 1;
                yield 1;
                *add.0 += 1;
            });
            if boxed {
                yield_from!(inner.boxed_local());
            } else {
                yield_from!(inner);
            }
        })
    };
    for boxed in [false, true] {
        let mut closed = make(boxed);
        closed.next();
        closed.close();
        drop(closed);
        let mut dropped = make(boxed).boxed_local();
        dropped.next();
        drop(dropped);
        let mut pinned = Box::pin(make(boxed).pinned());
        pinned.as_mut().next();
        pinned.as_mut().close();
        assert_eq!(pinned.state(), State::Closed);
        let mut set = pin!(make(boxed).pinned());
        set.next();
        set.set(make(boxed).pinned());
        assert_eq!(std::mem::take(&mut *seen.borrow_mut()), [8, 9].repeat(4));
    }
}

/// A generator that is stepped lies in its parent's node, and has children of its own.
#[test]
fn one_that_has_started_may_be_delegated_to() {
    let make = |boxed: bool| {
        let mut started = parent(boxed);
        started.next();
        let mut local: LocalBoxGenerator<i32> = parent(boxed).boxed_local();
        local.next();
        generator!({
            let mut lent = started;
            let mut count = 0;
            let counter = &mut count;
            yield_from!(&mut lent);
            *counter += 1;
            assert_eq!(lent.state(), State::Closed);
            yield_from!(local);
            *counter += 1;
            yield count;
        })
    };
    let expected = [13, 16, 3, 13, 16, 3, 2];
    for boxed in [false, true] {
        assert!(make(boxed).eq(expected));
        assert_eq!(make(boxed).sum::<i32>(), expected.iter().sum::<i32>());
        assert!(pin!(make(boxed).pinned()).eq(expected));
        assert!(make(boxed).boxed_local().eq(expected));
    }
}

/// What is sent may be a borrow for writing, kept across yields by a child of a child.
#[test]
fn what_is_sent_may_be_borrowed_for_writing() {
    type Lent<'a> = Option<&'a mut String>;
    fn adds<'a>() -> Generator<impl Body<Yield = usize, Sent = Lent<'a>, Output = Lent<'a>>> {
        coroutine!({
            let mut kept: Vec<&'a mut String> = Vec::new();
            loop {
                let sent: Lent<'a> = yield kept.len();
                let Some(text) = sent else { break };
                text.push('!');
                kept.push(text);
                for text in &mut kept {
                    text.push('.');
                }
            }
            kept.pop()
        })
    }
    let mut texts = ["a".to_string(), "b".to_string()];
    let [first, second] = &mut texts;
    {
        let mut outer: BoxCoroutine<Lent, usize, Lent> = coroutine!({
            let text = yield_from!(adds().boxed());
            if let Some(text) = text {
                text.push('?');
            }
            yield_from!(adds())
        })
        .boxed();
        assert!(matches!(outer.start(), Step::Yield(0)));
        assert!(matches!(outer.send(Some(first)), Step::Yield(1)));
        assert!(matches!(outer.send(Some(second)), Step::Yield(2)));
        assert!(matches!(outer.send(None), Step::Yield(0)));
        assert!(matches!(outer.send(None), Step::Return(None)));
    }
    assert_eq!(texts, ["a!..", "b!.?"]);
}

/// A pinned generator may be delegated to where it stays, by a `Pin` in a local of the parent or of the caller.
#[test]
fn a_pinned_one_may_be_delegated_to() {
    let mut callers = pin!(parent(true).pinned());
    let lent: Pin<&mut Pinned<_>> = callers.as_mut();
    let outer = generator!({
        let mut own = pin!(borrower(1).pinned());
        assert_eq!(own.next(), Some(1));
        yield_from!(own.as_mut());
        assert_eq!(own.state(), State::Closed);
        yield_from!(lent);
    });
    assert!(outer.eq([2, 3, 0, 11, 13, 16, 3]));
    assert_eq!(callers.state(), State::Closed);
}
