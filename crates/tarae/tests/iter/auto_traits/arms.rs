//! Arms of one source: those for threads are `Send` and `Sync`, the others stay where they are.

use std::fmt::Debug;
use std::panic::{RefUnwindSafe, UnwindSafe};

use tarae::iter::{Distribute, Partition, Serialize, Shared, Tee};
use tarae::iter::{distribute, partition, serialize, shared, tee};

fn local<T: Unpin + Debug + UnwindSafe + RefUnwindSafe>(_: &T) {}
fn threaded<T: Send + Sync + Unpin + Clone + Debug + UnwindSafe + RefUnwindSafe>(_: &T) {}

#[test]
fn they_have_what_their_parts_have() {
    local(&tee::<2, _>([1, 2]));
    local(&distribute::<2, _>([1, 2]));
    local(&partition(|x| *x > 1, [1, 2]));
    threaded(&shared([1, 2]));
    threaded(&serialize([1, 2]));
    fn is_clone<T: Clone>(_: &T) {}
    is_clone(&tee::<2, _>([1, 2])[0]);
}

/// Items that are `Send` and not `Sync` are enough.
#[test]
fn sync_is_not_asked_of_items() {
    use std::cell::Cell;
    fn both<T: Send + Sync>(_: &T) {}
    let cells: Vec<Cell<u8>> = vec![Cell::new(1)];
    both(&shared(cells.clone()));
    both(&serialize(cells));
}

#[test]
fn they_can_be_named() {
    type Source = std::vec::IntoIter<i32>;
    struct Kept {
        arm: Tee<Source>,
        dealt: Distribute<Source>,
        side: Partition<Source, fn(&i32) -> bool>,
        reader: Shared<Source>,
        worker: Serialize<Source>,
    }
    let source = || vec![1, 2].into_iter();
    let ([arm], [dealt]) = (tee(source()), distribute(source()));
    let (side, _) = partition((|x| *x > 1) as fn(&i32) -> bool, source());
    let mut kept = Kept { arm, dealt, side, reader: shared(source()), worker: serialize(source()) };
    assert_eq!((kept.arm.next(), kept.dealt.next(), kept.side.next()), (Some(1), Some(1), Some(2)));
    assert_eq!((kept.reader.next(), kept.worker.next()), (Some(1), Some(1)));
}

#[test]
fn debug_shows_the_source() {
    let [a] = tee(0..3);
    assert_eq!(format!("{a:?}"), "Tee { source: 0..3, .. }");
    let [a, _b] = distribute(0..3);
    assert_eq!(format!("{a:?}"), "Distribute { arm: 0, source: Some(0..3), .. }");
    let (a, _b) = partition(|x| *x > 1, 0..3);
    assert_eq!(format!("{a:?}"), "Partition { matching: true, source: Some(0..3), .. }");
}
