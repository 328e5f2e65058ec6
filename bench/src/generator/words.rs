//! The words of a text: a body that does some work between two yields.

use std::hint::black_box;
use std::pin::pin;
use tarae::prelude::*;

/// A text of `words` words of one to nine letters, with one or two blanks after each, always the same; and how many
/// letters it has.
pub fn text(words: usize) -> (Vec<u8>, usize) {
    let (mut text, mut letters) = (Vec::new(), 0);
    let mut random = 88_172_645_463_325_252u64;
    for _ in 0..words {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let length = (random % 9 + 1) as usize;
        text.extend((0..length).map(|k| b'a' + (random >> (8 + k)) as u8 % 26));
        text.extend(std::iter::repeat_n(b' ', 1 + (random >> 40) as usize % 2));
        letters += length;
    }
    (text, letters)
}

/// Sums the lengths.
macro_rules! letters {
    ($words:expr) => {{
        let mut letters = 0;
        for word in $words {
            letters += black_box(word).len();
        }
        letters
    }};
}

/// By hand.
struct Words<'a> {
    text: &'a [u8],
    at: usize,
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a [u8];

    #[inline]
    fn next(&mut self) -> Option<&'a [u8]> {
        let (text, mut at) = (self.text, self.at);
        while at < text.len() && text[at] == b' ' {
            at += 1;
        }
        let from = at;
        while at < text.len() && text[at] != b' ' {
            at += 1;
        }
        self.at = at;
        if from == at { None } else { Some(&text[from..at]) }
    }
}

#[inline(always)]
fn words(text: &[u8]) -> Generator<impl Yields<&[u8]>> {
    generator!({
        let mut at = 0;
        loop {
            while at < text.len() && text[at] == b' ' {
                at += 1;
            }
            let from = at;
            while at < text.len() && text[at] != b' ' {
                at += 1;
            }
            if from == at {
                return;
            }
            yield &text[from..at];
        }
    })
}

#[inline(never)]
pub fn hand(text: &[u8]) -> usize {
    letters!(Words { text, at: 0 })
}

#[inline(never)]
pub fn pinned(text: &[u8]) -> usize {
    letters!(pin!(words(text).pinned()))
}

#[inline(never)]
pub fn movable(text: &[u8]) -> usize {
    letters!(words(text))
}

/// What the peers below run.
macro_rules! each_word {
    ($text:ident, |$word:ident| $yield:expr) => {{
        let mut at = 0;
        loop {
            while at < $text.len() && $text[at] == b' ' {
                at += 1;
            }
            let from = at;
            while at < $text.len() && $text[at] != b' ' {
                at += 1;
            }
            if from == at {
                break;
            }
            let $word = &$text[from..at];
            $yield;
        }
    }};
}

#[inline(never)]
pub fn genawaiter_stack(text: &[u8]) -> usize {
    genawaiter::stack::let_gen_using!(
        words,
        |co| async move { each_word!(text, |word| co.yield_(word).await) }
    );
    letters!(words)
}

#[inline(never)]
pub fn genawaiter_rc(text: &[u8]) -> usize {
    letters!(genawaiter::rc::Gen::new(|co| async move { each_word!(text, |word| co.yield_(word).await) }))
}

#[inline(never)]
pub fn fauxgen_pinned(text: &[u8]) -> usize {
    #[fauxgen::generator(yield = &'a [u8])]
    fn words<'a>(text: &'a [u8]) {
        each_word!(text, |word| r#yield!(word))
    }
    letters!(pin!(words(text)))
}

#[inline(never)]
pub fn corosensei(text: &[u8]) -> usize {
    use corosensei::{ScopedCoroutine, Yielder};
    let words: ScopedCoroutine<'_, (), &[u8], ()> =
        ScopedCoroutine::new(|y: &Yielder<(), _>, ()| each_word!(text, |word| y.suspend(word)));
    words.scope(|mut words| letters!(std::iter::from_fn(|| words.resume(()).as_yield())))
}
