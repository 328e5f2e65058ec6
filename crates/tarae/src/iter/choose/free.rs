//! A set of places.

/// Some of the places of a pool. One word, and no allocation, while the pool has at most 64 items.
#[derive(Clone, Debug)]
pub(super) struct Free {
    first: u64,
    more: Box<[u64]>,
}

const BITS: usize = u64::BITS as usize;

/// The bits from `from` on.
#[inline(always)]
fn bits_from(from: usize) -> u64 {
    !0 << from
}

impl Free {
    /// All places of a pool of `n` items.
    pub(super) fn all(n: usize) -> Self {
        let word = |i: usize| match n.saturating_sub(i * BITS) {
            left @ 0..BITS => !bits_from(left),
            BITS.. => !0,
        };
        Free { first: word(0), more: (1..n.div_ceil(BITS)).map(word).collect() }
    }

    /// A word of it: the places from 64 times its number on. None beyond the end.
    #[inline(always)]
    pub(super) fn word(&self, number: usize) -> Option<u64> {
        if number == 0 { Some(self.first) } else { self.more.get(number - 1).copied() }
    }

    #[inline(always)]
    fn word_of(&mut self, place: usize) -> &mut u64 {
        if place < BITS { &mut self.first } else { &mut self.more[place / BITS - 1] }
    }

    #[inline(always)]
    pub(super) fn insert(&mut self, place: usize) {
        *self.word_of(place) |= 1 << (place % BITS);
    }

    #[inline(always)]
    pub(super) fn remove(&mut self, place: usize) {
        *self.word_of(place) &= !(1 << (place % BITS));
    }

    /// The first place that is in it, from `from` on.
    #[inline(always)]
    pub(super) fn next_from(&self, from: usize) -> Option<usize> {
        if from < BITS {
            let found = self.first & bits_from(from);
            if found != 0 {
                return Some(found.trailing_zeros() as usize);
            }
            if self.more.is_empty() {
                return None;
            }
        }
        self.next_in_more(from)
    }

    #[cold]
    fn next_in_more(&self, from: usize) -> Option<usize> {
        let first = from.max(BITS);
        (first / BITS..=self.more.len()).find_map(|number| {
            let found =
                self.word(number)? & if number == first / BITS { bits_from(first % BITS) } else { !0 };
            (found != 0).then(|| number * BITS + found.trailing_zeros() as usize)
        })
    }

    /// How many are in it before a place.
    pub(super) fn before(&self, place: usize) -> usize {
        let whole: u32 = (0..place / BITS).filter_map(|number| self.word(number)).map(u64::count_ones).sum();
        let part = self.word(place / BITS).map_or(0, |word| word & !bits_from(place % BITS)).count_ones();
        (whole + part) as usize
    }

    /// The place that has `before` others before it; none if there are not so many.
    pub(super) fn nth(&self, mut before: usize) -> Option<usize> {
        let mut number = 0;
        loop {
            let mut word = self.word(number)?;
            let here = word.count_ones() as usize;
            if before < here {
                for _ in 0..before {
                    word &= word - 1;
                }
                return Some(number * BITS + word.trailing_zeros() as usize);
            }
            before -= here;
            number += 1;
        }
    }

    /// Takes out all from a place on.
    pub(super) fn remove_from(&mut self, place: usize) {
        for number in place / BITS..=self.more.len() {
            let kept = if number == place / BITS { !bits_from(place % BITS) } else { 0 };
            *self.word_of(number * BITS) &= kept;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the plainest set there is.
    #[test]
    fn it_is_a_set() {
        for n in [0, 1, 2, 63, 64, 65, 127, 128, 129, 200] {
            let (mut free, mut plain) = (Free::all(n), vec![true; n]);
            for (i, place) in (0..n).map(|i| i * 7919 % n).enumerate() {
                plain[place] = i % 3 == 1;
                if plain[place] {
                    free.insert(place)
                } else {
                    free.remove(place)
                }
                let members: Vec<usize> = (0..n).filter(|place| plain[*place]).collect();
                for from in 0..=n {
                    assert_eq!(free.next_from(from), members.iter().copied().find(|place| *place >= from));
                    assert_eq!(free.before(from), members.iter().filter(|place| **place < from).count());
                    assert_eq!(free.nth(from), members.get(from).copied());
                }
                let (mut cut, at) = (free.clone(), i * 31 % n);
                cut.remove_from(at);
                assert_eq!((cut.before(n), cut.next_from(at)), (free.before(at), None));
            }
        }
    }
}
