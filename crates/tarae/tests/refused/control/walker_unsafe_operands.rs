//! An operand may be an unsafe block of the program's own; then its author answers for it.
use tarae::prelude::*;

fn main() {
    let generator = generator!({
        yield unsafe { String::from_utf8_unchecked(vec![b'a']) };
        yield unsafe { str::from_utf8_unchecked(b"b") }.to_string() + "c";
        yield_from!(unsafe { [String::from_utf8_unchecked(vec![b'd'])] });
    });
    assert_eq!(generator.collect::<Vec<_>>(), ["a", "bc", "d"]);
}
