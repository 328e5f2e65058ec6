//! Cells 1 to 14: iterators, by hand and by `yield`.

use super::page::Page;
use super::python::{list, object};
use std::fmt;
use std::io;
use std::iter::FusedIterator;
use std::str::Chars;
use tarae::prelude::*;

/// Says that a type implements traits. It compiles only if that is so: Python's `dir` and `isinstance` find out while the
/// program runs.
macro_rules! implements {
    ($type:ty: $trait:ident $(+ $more:ident)*) => {{
        fn check<T: $trait $(+ $more)*>() {}
        check::<$type>();
        concat!(stringify!($type), " implements ", stringify!($trait) $(, " + ", stringify!($more))*)
    }};
}

pub(crate) fn cells(page: &Page<'_>) -> io::Result<()> {
    text(page)?;
    words(page)
}

fn text(page: &Page<'_>) -> io::Result<()> {
    page.cell(1, "what the characters of a text can do")?;
    let t = "adskjflkjkjwlfjoiqonmc";
    page.print(implements!(Chars<'_>: Iterator + DoubleEndedIterator + FusedIterator + Clone));

    page.cell(2, "a loop over a text")?;
    for c in t.chars() {
        page.print(c);
    }

    page.cell(3, "an iterator is asked for one item")?;
    let mut w = t.chars();
    page.show(w.next());

    page.cell(4, "it goes on where it was")?;
    page.show(w.next());
    page.show(w.next());
    page.show(w.next());

    page.cell(5, "what a loop does: ask until nothing is left")?;
    #[expect(clippy::while_let_on_iterator, reason = "the cell shows what stands behind `for c in w`")]
    while let Some(c) = w.next() {
        page.print(c);
    }

    page.cell(6, "can it be looped over? A bound on the type asks")?;
    page.print(implements!(Chars<'_>: IntoIterator));

    page.cell(7, "has it got `next`? Another bound")?;
    page.print(implements!(Chars<'_>: Iterator));
    Ok(())
}

fn words(page: &Page<'_>) -> io::Result<()> {
    page.cell(8, "an iterator by hand: a place to remember, and `next`")?;
    struct WordSplitter {
        idx: usize,
        text: Vec<&'static str>,
    }

    impl WordSplitter {
        fn new(text: &'static str) -> Self {
            WordSplitter { idx: 0, text: text.split(' ').collect() }
        }
    }

    impl Iterator for WordSplitter {
        type Item = &'static str;

        fn next(&mut self) -> Option<&'static str> {
            let word = self.text.get(self.idx)?;
            self.idx += 1;
            Some(word)
        }
    }

    impl fmt::Display for WordSplitter {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "WordSplit ({})", list(&self.text))
        }
    }

    page.cell(9, "the iterator as text")?;
    let mut wq = WordSplitter::new("Do today what you could od tommorrow");
    page.print(&wq);

    page.cell(10, "seven words, and the end; what it is called is up to the caller")?;
    for _ in 0..8 {
        page.print(wq.next().unwrap_or("StopIteration: Stopped Iteration!!!"));
    }

    page.cell(11, "the same by `yield`: the generator remembers the place")?;
    struct WordSplitterGenerator {
        text: Vec<&'static str>,
    }

    impl WordSplitterGenerator {
        fn new(text: &'static str) -> Self {
            WordSplitterGenerator { text: text.split(' ').collect() }
        }

        fn iter(&self) -> Generator<impl Yields<&'static str>> {
            generator!({
                for word in &self.text {
                    yield *word;
                }
            })
        }
    }

    impl fmt::Display for WordSplitterGenerator {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            write!(f, "WordSplitGenerator ({})", list(&self.text))
        }
    }

    page.cell(12, "what holds the words as text")?;
    let wg = WordSplitterGenerator::new("Do today what you could od tommorrow");
    page.print(&wg);

    page.cell(13, "a generator is an object; nothing of it has run")?;
    let mut wt = wg.iter();
    page.print(format_args!("{} {wg}", object("WordSplitterGenerator.__iter__", &wt)));

    page.cell(14, "seven words, and the end")?;
    for _ in 0..8 {
        page.show(wt.next());
    }
    Ok(())
}
