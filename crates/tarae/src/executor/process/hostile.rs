//! What another process could send if it were hostile, or broken: each of these takes any bytes for that, and panics if what
//! reads them does not keep its promises.
//!
//! - What comes out is a value or an error, never a panic.
//! - Positions never move backwards.
//! - What was pushed is popped, as long as nobody writes in between.
//!
//! `fuzz/` runs them on what it finds, and watches what is allocated; the tests below run them on what chance finds.

use super::wire::frame::{Frame, HEAD, Kind};
use super::wire::ring::{Reader, Ring, Writer};
use super::worker::hello::Hello;
use crate::executor::flow::MapBatch;
use crate::job::parcel::{Files, PackError, Packer, Parcel, Received, read_file};
use crate::job::registry::{call, map};
use crate::job::{Answer, Code, Fault, PortableJob, Site, items, portable};
use crate::panics::{self, Payload};
use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The next word of what is left; zeroes behind its end.
fn word(bytes: &mut &[u8]) -> u64 {
    let (word, rest) = bytes.split_at((*bytes).len().min(8));
    *bytes = rest;
    let mut whole = [0; 8];
    whole[..word.len()].copy_from_slice(word);
    u64::from_le_bytes(whole)
}

fn byte(bytes: &mut &[u8]) -> u8 {
    bytes.split_off_first().copied().unwrap_or(0)
}

/// The head of a frame.
pub fn frame(mut bytes: &[u8]) {
    let words: [u64; HEAD] = std::array::from_fn(|_| word(&mut bytes));
    match Frame::from_words(words) {
        Ok(frame) => {
            assert_eq!(Frame::from_words(frame.to_words()), Ok(frame), "what is understood can be said")
        }
        Err(bad) => drop(bad.to_string()),
    }
}

/// A frame as this side would say it.
fn some_frame(bytes: &mut &[u8], len: usize) -> Frame {
    let kind = match byte(bytes) % 4 {
        0 => Kind::Done { cut: byte(bytes) % 2 == 1, nanos: word(bytes) },
        1 => Kind::Item,
        2 => Kind::Do { code: Code::Call { index: word(bytes) }, skip: u32::from(byte(bytes)) },
        _ => Kind::Do { code: Code::InImage { run: word(bytes), function: word(bytes) }, skip: 0 },
    };
    Frame { job: word(bytes), kind, len: len as u64, in_file: false }
}

/// A ring: both sides use it as they should, and from some point on somebody writes into it whatever he likes.
pub fn ring(mut bytes: &[u8]) {
    let size = 8 << (byte(&mut bytes) % 4);
    let (head, tail) = (AtomicU64::new(0), AtomicU64::new(0));
    let words: Vec<AtomicU64> = (0..size).map(|_| AtomicU64::new(0)).collect();
    let ring = Ring { head: &head, tail: &tail, words: &words };
    let (mut writer, mut reader) = (Writer::default(), Reader::default());
    let mut expected = VecDeque::new();
    let mut is_sound = true;
    let mut popped = Vec::new();
    let mut taken = 0;
    while !bytes.is_empty() {
        match byte(&mut bytes) % 8 {
            0..3 => {
                let len = usize::from(byte(&mut bytes)) % (size * 8);
                let frame = some_frame(&mut bytes, len);
                let content: Vec<u8> = (0..len).map(|at| (at as u8) ^ frame.job as u8).collect();
                let had_room = writer.has_room(ring, len);
                assert_eq!(writer.push(ring, frame, &content), had_room, "room stays until it is taken");
                if had_room {
                    expected.push_back((frame, content));
                }
            }
            3..6 => {
                let said = tail.load(Ordering::Relaxed);
                let there = reader.is_ready(ring);
                let came = reader.pop(ring, &mut popped);
                let moved = tail.load(Ordering::Relaxed).wrapping_sub(said);
                match came {
                    Ok(Some(frame)) if is_sound => {
                        assert_eq!(Some((frame, popped.clone())), expected.pop_front());
                        taken += moved;
                        assert_eq!(tail.load(Ordering::Relaxed), taken);
                    }
                    Ok(Some(frame)) => assert!(frame.in_file || popped.len() as u64 == frame.len),
                    Ok(None) => assert!(!there && (!is_sound || expected.is_empty())),
                    Err(bad) => {
                        assert!(!is_sound, "nobody but the two has written: {bad}");
                        return; // the worker is killed
                    }
                }
                assert!(popped.len() <= size * 8, "more than there is room for");
                assert!(!is_sound || moved <= size as u64, "positions move on, and by no more than there is");
            }
            6 => {
                let at = usize::from(byte(&mut bytes)) % size;
                words[at].store(word(&mut bytes), Ordering::Relaxed);
                is_sound = false;
            }
            _ => {
                let position = [&head, &tail][usize::from(byte(&mut bytes) % 2)];
                position.store(word(&mut bytes), Ordering::Relaxed);
                is_sound = false;
            }
        }
    }
}

/// What a worker hears first.
pub fn hello(mut bytes: &[u8]) {
    // Our own one in many: what follows the right number is looked at, too.
    let ours = if byte(&mut bytes).is_multiple_of(2) { 7 } else { word(&mut bytes) };
    match Hello::from_bytes(bytes, ours) {
        Ok(hello) => assert_eq!(hello.memory.to_le_bytes(), bytes[24..32]),
        Err(bad) => drop(bad.to_string()),
    }
}

/// A file with so much in it, which is said to hold something else.
pub fn file(mut bytes: &[u8]) {
    use std::io::Write;
    let said = match byte(&mut bytes) % 3 {
        0 => word(&mut bytes),
        1 => word(&mut bytes) % 64,
        _ => bytes.len() as u64,
    };
    let mut file = super::wire::file::nameless().expect("there is room for a file");
    file.write_all(bytes).expect("there is room in a file");
    match read_file(&file, said) {
        Ok(read) => assert_eq!(read, bytes[..said as usize]),
        Err(_) => assert!(said > bytes.len() as u64, "all that was said to be there is there"),
    }
}

/// Something with a bit of everything.
type Mixed =
    (u8, i64, char, Option<String>, Vec<(bool, f32)>, BTreeMap<String, Vec<u16>>, Result<(), Box<[u8]>>);

/// The result of a call, of several types.
pub fn result(mut bytes: &[u8]) {
    let which = byte(&mut bytes);
    fn whole<R: serde::Serialize + serde::de::DeserializeOwned + Send + 'static>(bytes: &[u8]) {
        fn of<J: PortableJob>(_: J, answer: Answer<'_>) -> Option<J::Output> {
            J::unpack(answer).inspect_err(|fault| assert!(matches!(fault, Fault::Output(_)))).ok()
        }
        let job = || portable((), |()| -> R { unreachable!("nobody calls it") });
        let inline = of(job(), Answer::Whole(Received::Inline(bytes)));
        let owned = of(job(), Answer::Whole(Received::Owned(bytes.to_vec())));
        assert_eq!(inline.is_some(), owned.is_some());
    }
    match which % 6 {
        0 => whole::<u64>(bytes),
        1 => whole::<String>(bytes),
        2 => whole::<Vec<u8>>(bytes),
        3 => whole::<Vec<Vec<String>>>(bytes),
        4 => whole::<BTreeMap<u32, Vec<Option<char>>>>(bytes),
        _ => whole::<Mixed>(bytes),
    }
}

/// The results of a batch.
pub fn items(mut bytes: &[u8]) {
    let mut items = Vec::new();
    while !bytes.is_empty() {
        let len = usize::from(byte(&mut bytes)).min(bytes.len());
        let (item, rest) = bytes.split_at(len);
        bytes = rest;
        items.push(Ok(item.to_vec()));
    }
    let answer = Answer::Items { items, cut: false, elapsed: Duration::ZERO };
    // Each item is a value or fails by itself.
    MapBatch::<fn(u64) -> Mixed, u64>::unpack(answer).expect("it is a batch");
}

/// The arguments of a call and of a batch, as a worker decodes them.
pub fn arguments(mut bytes: &[u8]) {
    let which = byte(&mut bytes);
    let mut site = NoSite { skip: usize::from(which >> 2), sent: 0 };
    let result = match which % 4 {
        0 => call(|mixed: Mixed| mixed, Received::Inline(bytes), &mut site),
        1 => call(|(a, b): (String, Vec<u64>)| (b, a), Received::Inline(bytes), &mut site),
        2 => map(|text: String| text.len(), Received::Inline(bytes), &mut site),
        _ => map(|mixed: Mixed| mixed, Received::Inline(bytes), &mut site),
    };
    assert!(matches!(result, Ok(()) | Err(Fault::Arguments(_))), "{result:?}");
    assert!(site.sent <= bytes.len(), "more items than there are bytes");
}

/// A batch as this side says it, of which some bytes were changed on its way.
pub fn batch(mut bytes: &[u8]) {
    let mut texts = Vec::new();
    for _ in 0..byte(&mut bytes) % 8 {
        let len = usize::from(byte(&mut bytes) % 32).min(bytes.len());
        let text = bytes.split_off(..len).unwrap_or_default();
        texts.push(String::from_utf8_lossy(text).into_owned());
    }
    let mut files = NoFiles;
    let mut packer = Packer::new(Vec::new(), &mut files);
    items::encode(&texts, &mut packer).expect("texts can be encoded");
    let Ok(Parcel::Inline(mut said)) = packer.finish() else { panic!("so little needs no file") };
    let is_sound = bytes.is_empty();
    while !bytes.is_empty() {
        let at = usize::from(byte(&mut bytes)) % said.len();
        said[at] ^= byte(&mut bytes);
    }
    let skip = usize::from(said[0]) % (texts.len() + 1);
    let mut site = NoSite { skip, sent: 0 };
    let result = map(|text: String| text, Received::Inline(&said), &mut site);
    assert!(matches!(result, Ok(()) | Err(Fault::Arguments(_))), "{result:?}");
    assert!(!is_sound || (result.is_ok() && site.sent == texts.len() - skip));
}

/// A worker that sends nothing.
struct NoSite {
    skip: usize,
    sent: usize,
}

struct NoFiles;

impl Files for NoFiles {
    fn take(&mut self) -> std::io::Result<std::fs::File> {
        Err(std::io::ErrorKind::Unsupported.into())
    }
}

impl NoSite {
    fn pack(pack: &mut dyn FnMut(&mut Packer<'_>) -> Result<(), PackError>) {
        let mut files = NoFiles;
        // What was decoded from little can be encoded into little.
        pack(&mut Packer::new(Vec::new(), &mut files)).expect("it can be encoded");
    }
}

impl Site for NoSite {
    fn begins(&mut self, _: usize) {}

    fn decoded(&mut self) {}

    fn returned(&mut self) {}

    fn pack(&mut self, pack: &mut dyn FnMut(&mut Packer<'_>) -> Result<(), PackError>) -> Result<(), Fault> {
        Self::pack(pack);
        Ok(())
    }

    fn skip(&self) -> usize {
        self.skip
    }

    fn item(&mut self, result: Result<&mut dyn FnMut(&mut Packer<'_>) -> Result<(), PackError>, Fault>) {
        match result {
            Ok(pack) => Self::pack(pack),
            Err(fault) => assert!(matches!(fault, Fault::Arguments(_)), "{fault:?}"),
        }
        self.sent += 1;
    }

    fn message(&self, panic: &Payload) -> String {
        panics::text(panic).unwrap_or(panics::NO_TEXT).to_owned()
    }

    fn is_to_stop(&mut self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    fn some_bytes() -> impl Strategy<Value = Vec<u8>> {
        // Small numbers are more often what something is made of.
        let a_byte = prop_oneof![3 => 0..16_u8, 1 => any::<u8>()];
        proptest::collection::vec(a_byte, 0..LONGEST)
    }

    // Miri is slow.
    const LONGEST: usize = if cfg!(miri) { 60 } else { 400 };
    const CASES: u32 = if cfg!(miri) { 5 } else { 2_000 };

    proptest! {
        #![proptest_config(ProptestConfig { cases: CASES, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_head_is_a_frame_or_an_error(bytes in some_bytes()) {
            super::frame(&bytes);
        }

        #[test]
        fn a_ring_gives_what_was_put_in_or_an_error(bytes in some_bytes()) {
            super::ring(&bytes);
        }

        #[test]
        #[cfg_attr(miri, ignore = "slow, and no unsafe code in it")]
        fn any_greeting_is_understood_or_refused(bytes in some_bytes()) {
            super::hello(&bytes);
        }

        #[test]
        #[cfg_attr(miri, ignore = "Miri has no files without names")]
        fn a_file_gives_what_is_in_it_whatever_is_said(bytes in some_bytes()) {
            super::file(&bytes);
        }

        #[test]
        #[cfg_attr(miri, ignore = "slow, and no unsafe code in it")]
        fn any_result_is_a_value_or_an_error(bytes in some_bytes()) {
            super::result(&bytes);
        }

        #[test]
        #[cfg_attr(miri, ignore = "slow, and no unsafe code in it")]
        fn any_items_are_values_or_an_error(bytes in some_bytes()) {
            super::items(&bytes);
        }

        #[test]
        #[cfg_attr(miri, ignore = "slow, and no unsafe code in it")]
        fn a_batch_gives_its_items_or_errors(bytes in some_bytes()) {
            super::batch(&bytes);
        }

        #[test]
        #[cfg_attr(miri, ignore = "slow, and no unsafe code in it")]
        fn any_arguments_are_values_or_an_error(bytes in some_bytes()) {
            super::arguments(&bytes);
        }
    }
}
