//! compress, zip_strict, roundrobin.

use super::all;
use tarae::iter::{Compress, RoundRobin, Uneven, ZipStrict, compress, roundrobin, zip_strict};

type Source = std::vec::IntoIter<i32>;

#[test]
fn they_have_what_their_parts_have_and_can_be_named() {
    let selectors: std::vec::IntoIter<bool> = vec![true].into_iter();
    let source = || vec![1, 2].into_iter();
    let chosen: Compress<Source, std::vec::IntoIter<bool>> = compress(source(), selectors);
    all(&chosen);
    let pairs: ZipStrict<Source, Source> = zip_strict(source(), source());
    all(&pairs);
    let uneven: Uneven<i32, char> = Uneven::First(1);
    all(&uneven);
    let turns: RoundRobin<std::vec::IntoIter<Source>> = roundrobin(vec![source(), source()]);
    all(&turns);
}

#[test]
fn uneven_is_an_error_like_others() {
    fn pairs() -> Result<(), Box<dyn std::error::Error>> {
        for pair in zip_strict([1], "ab".chars()) {
            pair?;
        }
        Ok(())
    }
    let message =
        "zip_strict: the second iterable is longer than the first; use `zip` to stop at the shorter one";
    assert_eq!(pairs().unwrap_err().to_string(), message);
    let message =
        "zip_strict: the first iterable is longer than the second; use `zip` to stop at the shorter one";
    assert_eq!(Uneven::<_, ()>::First(1).to_string(), message);
}
