//! Sets of places.

/// Some of the places of a pool, as bits: one word for a pool of at most 64 items, else as many as it takes.
pub(super) trait Places: Sized {
    /// All places of a pool of `n` items.
    fn all(n: usize) -> Self;

    fn insert(&mut self, place: usize);

    fn remove(&mut self, place: usize);

    /// The first place that is in it, from `from` on.
    fn next_from(&self, from: usize) -> Option<usize>;

    /// Takes out the first.
    fn take_first(&mut self) -> Option<usize>;

    fn iter(&self) -> impl Iterator<Item = usize>;

    /// Takes out all but the first `left`.
    fn keep_first(&mut self, left: usize);

    /// How many are in it before a place.
    fn before(&self, place: usize) -> usize;

    /// The place that has `before` others before it; none if there are not so many.
    fn nth(&self, before: usize) -> Option<usize>;
}

const BITS: usize = u64::BITS as usize;

/// What one word can hold.
pub(super) const ONE_WORD: usize = BITS;

/// The bits from `from` on.
#[inline(always)]
fn bits_from(from: usize) -> u64 {
    if from < BITS { !0 << from } else { 0 }
}

impl Places for u64 {
    fn all(n: usize) -> Self {
        !bits_from(n)
    }

    #[inline(always)]
    fn insert(&mut self, place: usize) {
        *self |= 1 << place;
    }

    #[inline(always)]
    fn remove(&mut self, place: usize) {
        *self &= !(1 << place);
    }

    #[inline(always)]
    fn next_from(&self, from: usize) -> Option<usize> {
        (*self & bits_from(from)).take_first()
    }

    #[inline(always)]
    fn take_first(&mut self) -> Option<usize> {
        if *self == 0 {
            return None;
        }
        let first = self.trailing_zeros() as usize;
        *self &= *self - 1;
        Some(first)
    }

    #[inline(always)]
    fn iter(&self) -> impl Iterator<Item = usize> {
        let mut left = *self;
        std::iter::from_fn(move || left.take_first())
    }

    #[inline(always)]
    fn keep_first(&mut self, left: usize) {
        if let Some(end) = self.nth(left) {
            *self &= !bits_from(end);
        }
    }

    fn before(&self, place: usize) -> usize {
        (*self & !bits_from(place)).count_ones() as usize
    }

    #[inline(always)]
    fn nth(&self, before: usize) -> Option<usize> {
        self.iter().nth(before)
    }
}

/// As many words as it takes.
#[derive(Debug, Default)]
pub(super) struct Words(Vec<u64>);

impl Clone for Words {
    fn clone(&self) -> Self {
        Words(self.0.clone())
    }

    /// Into the words that are there: a new row costs no allocation.
    fn clone_from(&mut self, other: &Self) {
        self.0.clone_from(&other.0);
    }
}

impl Words {
    /// The words from a number on, each with the first place of it.
    fn words_from(&self, number: usize) -> impl Iterator<Item = (usize, u64)> {
        self.0.iter().enumerate().skip(number).map(|(number, word)| (number * BITS, *word))
    }
}

impl Places for Words {
    fn all(n: usize) -> Self {
        Words((0..n.div_ceil(BITS)).map(|number| u64::all(n - number * BITS)).collect())
    }

    fn insert(&mut self, place: usize) {
        self.0[place / BITS].insert(place % BITS);
    }

    fn remove(&mut self, place: usize) {
        self.0[place / BITS].remove(place % BITS);
    }

    fn next_from(&self, from: usize) -> Option<usize> {
        self.words_from(from / BITS).find_map(|(first, word)| {
            let found = word.next_from(from.saturating_sub(first))?;
            Some(first + found)
        })
    }

    fn take_first(&mut self) -> Option<usize> {
        let first = self.next_from(0)?;
        self.remove(first);
        Some(first)
    }

    fn iter(&self) -> impl Iterator<Item = usize> {
        self.words_from(0).flat_map(|(first, mut word)| {
            std::iter::from_fn(move || word.take_first().map(|place| first + place))
        })
    }

    fn keep_first(&mut self, left: usize) {
        if let Some(end) = self.nth(left) {
            self.0[end / BITS] &= !bits_from(end % BITS);
            self.0[end / BITS + 1..].fill(0);
        }
    }

    fn before(&self, place: usize) -> usize {
        self.words_from(0)
            .take_while(|(first, _)| *first < place)
            .map(|(first, word)| word.before(place - first))
            .sum()
    }

    fn nth(&self, mut before: usize) -> Option<usize> {
        self.words_from(0).find_map(|(first, word)| {
            let found = word.nth(before).map(|place| first + place);
            before = before.saturating_sub(word.count_ones() as usize);
            found
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the plainest set there is.
    fn check<S: Places + Clone>(n: usize) {
        let (mut set, mut plain) = (S::all(n), vec![true; n]);
        for (i, place) in (0..n).map(|i| i * 7919 % n).enumerate() {
            plain[place] = i % 3 == 1;
            if plain[place] {
                set.insert(place)
            } else {
                set.remove(place)
            }
            let members: Vec<usize> = (0..n).filter(|place| plain[*place]).collect();
            assert!(set.iter().eq(members.iter().copied()));
            for from in 0..=n {
                assert_eq!(set.next_from(from), members.iter().copied().find(|place| *place >= from));
                assert_eq!(set.before(from), members.iter().filter(|place| **place < from).count());
                assert_eq!(set.nth(from), members.get(from).copied());
                let mut part = set.clone();
                part.keep_first(from);
                assert!(part.iter().eq(members.iter().copied().take(from)));
            }
            let mut rest = set.clone();
            assert_eq!(rest.take_first(), members.first().copied());
            assert!(rest.iter().eq(members.iter().copied().skip(1)));
        }
    }

    #[test]
    fn a_word_is_a_set() {
        for n in [0, 1, 2, 63, 64] {
            check::<u64>(n);
        }
    }

    #[test]
    fn words_are_a_set() {
        for n in [0, 1, 63, 64, 65, 127, 128, 129, 200] {
            check::<Words>(n);
        }
    }

    /// Permutations of a large pool make a set a row.
    #[test]
    fn a_set_is_copied_into_the_words_of_another() {
        let (mut set, other) = (Words::all(65), Words::all(130));
        set.clone_from(&other);
        let at = set.0.as_ptr();
        set.take_first();
        set.clone_from(&other);
        assert_eq!((set.0.as_ptr(), set.iter().count()), (at, 130));
    }
}
