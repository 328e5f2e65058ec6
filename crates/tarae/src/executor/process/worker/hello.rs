//! What a pool says to a worker that it has started, and what both must agree on.

use super::super::wire::socket::{Came, Socket};
use crate::job::registry::fingerprint;
use std::collections::VecDeque;
use std::fs::File;
use std::io;

/// Raised when what is said between processes changes.
const VERSION: u64 = 1;

/// What a worker is told first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Hello {
    /// How much memory it may have, in bytes; 0: no limit of ours.
    pub(crate) memory: u64,
}

const BYTES: usize = 4 * 8;
const MAGIC: u64 = u64::from_le_bytes(*b"tarae-wk");

impl Hello {
    /// Says it, and hands the shared page over.
    pub(crate) fn send(self, socket: &Socket, page: &File) -> io::Result<()> {
        let words = [MAGIC, VERSION, fingerprint(), self.memory];
        let bytes: Vec<u8> = words.into_iter().flat_map(u64::to_le_bytes).collect();
        socket.send(&bytes, &[page])
    }

    /// Hears it. What comes after it are rings, which nobody needs to hear before the first frame is looked for.
    pub(super) fn receive(socket: &Socket) -> Result<(Self, File), BadHello> {
        let (mut bytes, mut files) = (Vec::new(), VecDeque::new());
        while bytes.len() < BYTES {
            if socket.receive(true, &mut bytes, &mut files).map_err(BadHello::Socket)? == Came::End {
                return Err(BadHello::Silent);
            }
        }
        let hello = Self::from_bytes(&bytes, fingerprint())?;
        Ok((hello, files.pop_front().ok_or(BadHello::Silent)?))
    }

    pub(crate) fn from_bytes(bytes: &[u8], fingerprint: u64) -> Result<Self, BadHello> {
        let (words, _) = bytes.as_chunks::<8>();
        let words: Vec<u64> = words.iter().map(|word| u64::from_le_bytes(*word)).collect();
        match words[..] {
            [MAGIC, VERSION, theirs, memory, ..] if theirs == fingerprint => Ok(Hello { memory }),
            [MAGIC, VERSION, ..] => Err(BadHello::OtherProgram),
            [MAGIC, version, ..] => Err(BadHello::OtherVersion(version)),
            _ => Err(BadHello::Silent),
        }
    }
}

/// Why a process cannot be a worker.
#[derive(Debug)]
pub(crate) enum BadHello {
    Socket(io::Error),
    /// Nobody said anything that a pool says.
    Silent,
    OtherVersion(u64),
    /// Its functions are not those of the program that has started it.
    OtherProgram,
}

impl std::fmt::Display for BadHello {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            BadHello::Socket(error) => write!(f, "its socket failed: {error}"),
            BadHello::Silent => f.write_str("nobody at its standard input speaks as a pool does"),
            BadHello::OtherVersion(version) => {
                write!(f, "its pool speaks version {version} of what it speaks in version {VERSION}")
            }
            BadHello::OtherProgram => {
                f.write_str("its pool is in another program, or in another build of this one")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(words: [u64; 4]) -> Vec<u8> {
        words.into_iter().flat_map(u64::to_le_bytes).collect()
    }

    #[test]
    fn what_a_pool_says_is_understood() {
        let hello = Hello::from_bytes(&bytes([MAGIC, VERSION, 7, 1 << 30]), 7);
        assert_eq!(hello.unwrap(), Hello { memory: 1 << 30 });
    }

    #[test]
    fn who_does_not_agree_is_refused() {
        let refused = |words, says: &str| {
            let error = Hello::from_bytes(&bytes(words), 7).unwrap_err();
            assert!(error.to_string().contains(says), "{error}");
        };
        refused([MAGIC, VERSION, 8, 0], "another program");
        refused([MAGIC, VERSION + 1, 7, 0], "version 2");
        refused([0, VERSION, 7, 0], "nobody");
        assert!(matches!(Hello::from_bytes(b"tarae", 7), Err(BadHello::Silent)));
    }
}
