//! Windows have what their parts have.

use std::num::NonZeroUsize;

use super::all;
use tarae::iter::{CollectWindows, MapWindows, Pairwise, Sliding, Windowed, pairwise, sliding, windowed};

const TWO: NonZeroUsize = NonZeroUsize::new(2).unwrap();

#[test]
fn they_have_what_their_parts_have() {
    all(&pairwise([1, 2]));
    all(&sliding::<2, _>([1, 2]));
    all(&windowed([1, 2], TWO, TWO));
    all(&windowed([1, 2], TWO, TWO).collect_windows());
    all(&windowed([1, 2], TWO, TWO).map_windows(|w| w[0]));
}

/// A window that is lent can be read on another thread.
#[test]
fn windows_can_be_shared() {
    let mut windows = windowed([1, 2, 3], TWO, TWO);
    let window = windows.next_window().unwrap();
    assert_eq!(std::thread::scope(|scope| scope.spawn(|| window.len()).join().unwrap()), 2);
}

#[test]
fn they_can_be_named() {
    type Source = std::vec::IntoIter<i32>;
    struct Kept {
        pairs: Pairwise<Source>,
        triples: Sliding<Source, 3>,
        lent: Windowed<Source>,
        collected: CollectWindows<Source>,
        mapped: MapWindows<Source, fn(&[i32]) -> i32>,
    }
    let source = || vec![1, 2, 3];
    let mut kept = Kept {
        pairs: pairwise(source()),
        triples: sliding(source()),
        lent: windowed(source(), TWO, TWO),
        collected: windowed(source(), TWO, TWO).collect_windows(),
        mapped: windowed(source(), TWO, TWO).map_windows(|w| w[0]),
    };
    assert_eq!(kept.pairs.next(), Some((1, 2)));
    assert_eq!(kept.triples.next(), Some([1, 2, 3]));
    assert_eq!(kept.lent.next_window(), Some(&[1, 2][..]));
    assert_eq!(kept.collected.next(), Some(vec![1, 2]));
    assert_eq!(kept.mapped.next(), Some(1));
}
