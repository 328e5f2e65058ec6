//! What the system itself takes: another process that gives back what it was given, through a socket, a pipe, or memory that
//! both share and use again.
//!
//! The other process is this program, started again with an argument that says so. It ends with its standard input.

use super::mapping::Mapping;
use super::{Echoes, Program};
use rustix::fd::OwnedFd;
use rustix::io::Errno;
use rustix::thread::futex;
use std::fs::File;
use std::io::{self, Read, Write};
use std::os::unix::net::UnixStream;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Instant;

/// The first argument of the other process; how it is spoken to and the length of a message follow.
const BE_THE_OTHER: &str = "--be-the-other";

/// How the two speak to each other.
pub trait Means: Sized + 'static {
    /// Starts the other process, for messages of so many bytes.
    fn start(len: usize) -> io::Result<(Self, Child)>;

    fn echo(&mut self, bytes: &[u8], back: &mut [u8]) -> io::Result<()>;
}

/// The other process, and the means to speak to it.
struct Other<M> {
    /// There until it is dropped: the other process ends when it is gone.
    means: Option<M>,
    process: Child,
}

impl<M: Means> Other<M> {
    fn start(len: usize) -> Self {
        let (means, process) = M::start(len).expect("another process");
        Other { means: Some(means), process }
    }

    fn echo(&mut self, bytes: &[u8], back: &mut [u8]) {
        self.means.as_mut().expect("there until it is dropped").echo(bytes, back).expect("an echo");
    }
}

impl<M> Drop for Other<M> {
    fn drop(&mut self) {
        self.means.take();
        self.process.wait().expect("it ends");
    }
}

pub fn round_trip<M: Means>() -> Option<Program> {
    let mut other = Other::<M>::start(size_of::<u64>());
    Some(Box::new(move |times| {
        let start = Instant::now();
        let mut sum = 0;
        for x in 0..times {
            let mut back = [0; size_of::<u64>()];
            other.echo(&x.to_le_bytes(), &mut back);
            sum += u64::from_le_bytes(back);
        }
        let took = start.elapsed();
        assert_eq!(sum, (0..times).sum::<u64>());
        took
    }))
}

pub fn echo<M: Means, const LEN: usize>() -> Option<Program> {
    let mut other = Other::<M>::start(LEN);
    let mut echoes = Echoes::of(LEN);
    let mut back = vec![0; LEN];
    Some(Box::new(move |times| {
        let bytes = echoes.next();
        let start = Instant::now();
        for _ in 0..times {
            other.echo(&bytes, &mut back);
        }
        let took = start.elapsed();
        assert!(back == bytes);
        took
    }))
}

/// One process, started and spoken to once.
pub fn first_result() -> Option<Program> {
    Some(Box::new(|times| {
        let first = |_| {
            let start = Instant::now();
            let mut other = Other::<Socket>::start(1);
            let mut back = [0];
            other.echo(&[49], &mut back);
            assert_eq!(back, [49]);
            start.elapsed()
        };
        (0..times).map(first).sum()
    }))
}

/// A stream socket.
pub struct Socket(UnixStream);

impl Means for Socket {
    fn start(len: usize) -> io::Result<(Self, Child)> {
        let (ours, theirs) = UnixStream::pair()?;
        let process = start_the_other("socket", len, OwnedFd::from(theirs).into(), Stdio::inherit())?;
        Ok((Socket(ours), process))
    }

    fn echo(&mut self, bytes: &[u8], back: &mut [u8]) -> io::Result<()> {
        self.0.write_all(bytes)?;
        self.0.read_exact(back)
    }
}

/// Two pipes.
pub struct Pipe(ChildStdin, ChildStdout);

impl Means for Pipe {
    fn start(len: usize) -> io::Result<(Self, Child)> {
        let mut process = start_the_other("pipe", len, Stdio::piped(), Stdio::piped())?;
        let ends = process.stdin.take().zip(process.stdout.take());
        let (there, back) = ends.expect("both are pipes");
        Ok((Pipe(there, back), process))
    }

    fn echo(&mut self, bytes: &[u8], back: &mut [u8]) -> io::Result<()> {
        self.0.write_all(bytes)?;
        self.1.read_exact(back)
    }
}

/// Shared memory and a futex. The bytes are copied in, by the other process to where its answer is, and out; or, if it is to
/// have them as its own first, twice by that.
pub struct SharedMemory<const OWNED: bool> {
    mapping: Mapping,
    turns: u32,
    /// Ends with us.
    _stdin: ChildStdin,
}

/// The same with few bytes: what a futex takes.
pub type Futex = SharedMemory<false>;

impl<const OWNED: bool> Means for SharedMemory<OWNED> {
    fn start(len: usize) -> io::Result<(Self, Child)> {
        let file = Mapping::file(2 * len)?;
        let mapping = Mapping::of(&file, 2 * len)?;
        let means = if OWNED { "memory-owned" } else { "memory" };
        let mut process = start_the_other(means, len, Stdio::piped(), file.into())?;
        let stdin = process.stdin.take().expect("a pipe");
        Ok((SharedMemory { mapping, turns: 0, _stdin: stdin }, process))
    }

    fn echo(&mut self, bytes: &[u8], back: &mut [u8]) -> io::Result<()> {
        self.mapping.write(0, bytes);
        self.turns += 1;
        give_the_turn(self.mapping.word(0), self.turns)?;
        wait_for_the_turn(self.mapping.word(1), self.turns)?;
        self.mapping.read(bytes.len(), back);
        Ok(())
    }
}

fn give_the_turn(word: &AtomicU32, turn: u32) -> io::Result<()> {
    word.store(turn, Ordering::Release);
    futex::wake(word, futex::Flags::empty(), 1)?;
    Ok(())
}

fn wait_for_the_turn(word: &AtomicU32, turn: u32) -> io::Result<()> {
    loop {
        let now = word.load(Ordering::Acquire);
        if now == turn {
            return Ok(());
        }
        match futex::wait(word, futex::Flags::empty(), now, None) {
            Ok(()) | Err(Errno::AGAIN | Errno::INTR) => {}
            Err(problem) => return Err(problem.into()),
        }
    }
}

fn start_the_other(means: &str, len: usize, stdin: Stdio, stdout: Stdio) -> io::Result<Child> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args([BE_THE_OTHER, means, &len.to_string()]).stdin(stdin).stdout(stdout).spawn()
}

/// Whether this process was started to be the other: ask before anything else, so that it never starts one itself.
pub fn is_the_other() -> bool {
    std::env::args().nth(1).is_some_and(|first| first == BE_THE_OTHER)
}

/// Gives back what it is given until its standard input ends.
///
/// # Errors
/// If it is spoken to otherwise than its arguments say.
pub fn be_the_other() -> io::Result<()> {
    let arguments: Vec<_> = std::env::args().skip(2).collect();
    let [means, len] = &arguments[..] else { return Err(io::Error::other("expected a means and a length")) };
    let len = len.parse().map_err(io::Error::other)?;
    let stdin = File::from(rustix::io::dup(io::stdin())?);
    match means.as_str() {
        "socket" => echo_bytes(&stdin, &stdin, len),
        "pipe" => echo_bytes(&stdin, &File::from(rustix::io::dup(io::stdout())?), len),
        "memory" => echo_memory(stdin, len, None),
        "memory-owned" => echo_memory(stdin, len, Some(vec![0; len])),
        other => Err(io::Error::other(format!("`{other}` is no means"))),
    }
}

fn echo_bytes(mut from: &File, mut to: &File, len: usize) -> io::Result<()> {
    let mut bytes = vec![0; len];
    loop {
        match from.read_exact(&mut bytes) {
            Err(end) if end.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            read => read?,
        }
        to.write_all(&bytes)?;
    }
}

fn echo_memory(mut stdin: File, len: usize, mut own: Option<Vec<u8>>) -> io::Result<()> {
    let mut mapping = Mapping::of(io::stdout(), 2 * len)?;
    // Nobody wakes a futex because a process has ended.
    std::thread::spawn(move || {
        let end = stdin.read(&mut [0]);
        std::process::exit(if matches!(end, Ok(0)) { 0 } else { 1 });
    });
    for turn in 1.. {
        wait_for_the_turn(mapping.word(0), turn)?;
        match &mut own {
            None => mapping.copy(0, len, len),
            Some(own) => {
                mapping.read(0, own);
                mapping.write(len, own);
            }
        }
        give_the_turn(mapping.word(1), turn)?;
    }
    Ok(())
}
