//! Values that fail, panic or die when they are taken apart or put together, here or in the worker; and ways to die.

use std::hint::black_box;

use rustix::process::{Signal, getpid, kill_process};
use serde::de::{Deserialize, Deserializer, Error as _};
use serde::ser::{Error as _, Serialize, Serializer};

/// A way to die.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) enum Death {
    Exit,
    Abort,
    Segfault,
    Kill,
    Overflow,
    OutOfMemory,
}

impl Death {
    pub(crate) const ALL: [Death; 6] =
        [Death::Exit, Death::Abort, Death::Segfault, Death::Kill, Death::Overflow, Death::OutOfMemory];
    /// Those that need no limit of memory.
    pub(crate) const QUICK: [Death; 4] = [Death::Exit, Death::Abort, Death::Segfault, Death::Kill];
}

/// Dies.
pub(crate) fn die(how: Death) -> ! {
    match how {
        Death::Exit => std::process::exit(7),
        Death::Abort => std::process::abort(),
        Death::Segfault => send_to_oneself(Signal::SEGV),
        Death::Kill => send_to_oneself(Signal::KILL),
        Death::Overflow => unreachable!("{}", deeper(0)),
        Death::OutOfMemory => loop {
            black_box(Vec::<u8>::with_capacity(64 << 20).leak());
        },
    }
}

fn send_to_oneself(signal: Signal) -> ! {
    kill_process(getpid(), signal).unwrap();
    loop {
        std::thread::park();
    }
}

/// Has no end, in a way that no compiler sees.
fn deeper(depth: u64) -> u64 {
    let room = black_box([depth; 512]);
    if black_box(depth) == u64::MAX { depth } else { deeper(depth + 1) + room[7] }
}

#[tarae::remote]
pub(crate) fn dies(how: Death) {
    die(how);
}

/// What happens instead.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) enum Act {
    #[default]
    Nothing,
    Fail,
    Panic,
    Die(Death),
}

/// A value that does something odd when it is encoded or decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Odd {
    pub(crate) encoded_here: Act,
    pub(crate) decoded_there: Act,
    pub(crate) encoded_there: Act,
    pub(crate) decoded_here: Act,
    pub(crate) number: u64,
    pub(crate) home: u32,
}

impl Odd {
    /// One that does nothing odd.
    pub(crate) fn not(number: u64) -> Self {
        let nothing = Act::Nothing;
        Odd {
            encoded_here: nothing,
            decoded_there: nothing,
            encoded_there: nothing,
            decoded_here: nothing,
            number,
            home: std::process::id(),
        }
    }

    fn is_home(&self) -> bool {
        self.home == std::process::id()
    }
}

/// Does it; whether to fail.
fn fails(act: Act, when: &str) -> bool {
    match act {
        Act::Nothing => false,
        Act::Fail => true,
        Act::Panic => panic!("a panic when it was {when}"),
        Act::Die(how) => die(how),
    }
}

type Parts = (Act, Act, Act, Act, u64, u32);

impl Serialize for Odd {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if fails(if self.is_home() { self.encoded_here } else { self.encoded_there }, "encoded") {
            return Err(S::Error::custom("refuses to be encoded"));
        }
        let Odd { encoded_here, decoded_there, encoded_there, decoded_here, number, home } = *self;
        let parts: Parts = (encoded_here, decoded_there, encoded_there, decoded_here, number, home);
        parts.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Odd {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (encoded_here, decoded_there, encoded_there, decoded_here, number, home) =
            Parts::deserialize(deserializer)?;
        let odd = Odd { encoded_here, decoded_there, encoded_there, decoded_here, number, home };
        if fails(if odd.is_home() { decoded_here } else { decoded_there }, "decoded") {
            return Err(D::Error::custom("refuses to be decoded"));
        }
        Ok(odd)
    }
}

/// Gives an odd value back.
#[tarae::remote]
pub(crate) fn odd(value: Odd) -> Odd {
    value
}
