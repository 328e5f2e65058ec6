//! How a worker died.

use std::fmt;
use std::process::ExitStatus;

/// How the worker died that had begun a task.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct WorkerDeath {
    /// The process.
    pub pid: u32,
    /// How it ended.
    pub exit: Exit,
    /// How far the task was.
    pub phase: Phase,
    /// The last lines that it wrote to what [was captured](crate::executor::Output::Capture) of its output.
    pub output: String,
}

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// A signal killed it: this number.
    Signal(i32),
    /// It exited, with this code.
    Code(i32),
}

/// How far a task was when its worker died.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Its arguments were decoded.
    Decoding,
    /// It ran.
    Running,
    /// Its result was encoded.
    Encoding,
}

impl Exit {
    pub(crate) fn of(status: ExitStatus) -> Self {
        use std::os::unix::process::ExitStatusExt;
        match (status.signal(), status.code()) {
            (Some(signal), _) => Exit::Signal(signal),
            (None, code) => Exit::Code(code.unwrap_or(-1)),
        }
    }
}

impl fmt::Display for Exit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Exit::Signal(signal) => match name_of(*signal) {
                Some(name) => write!(f, "was killed by signal {signal} ({name})"),
                None => write!(f, "was killed by signal {signal}"),
            },
            Exit::Code(code) => write!(f, "exited with code {code}"),
        }
    }
}

/// What a signal is called that kills.
fn name_of(signal: i32) -> Option<&'static str> {
    use rustix::process::Signal;
    let names = [
        (Signal::ABORT, "SIGABRT"),
        (Signal::BUS, "SIGBUS"),
        (Signal::FPE, "SIGFPE"),
        (Signal::HUP, "SIGHUP"),
        (Signal::ILL, "SIGILL"),
        (Signal::INT, "SIGINT"),
        (Signal::KILL, "SIGKILL"),
        (Signal::PIPE, "SIGPIPE"),
        (Signal::SEGV, "SIGSEGV"),
        (Signal::TERM, "SIGTERM"),
        (Signal::XCPU, "SIGXCPU"),
    ];
    names.iter().find(|(known, _)| known.as_raw() == signal).map(|(_, name)| *name)
}

impl fmt::Display for Phase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Phase::Decoding => "while its arguments were decoded",
            Phase::Running => "while it ran",
            Phase::Encoding => "while its result was encoded",
        })
    }
}

impl fmt::Display for WorkerDeath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "its worker, process {}, {} {}", self.pid, self.exit, self.phase)?;
        if !self.output.is_empty() {
            write!(f, "; it wrote last: {}", self.output.trim_end())?;
        }
        Ok(())
    }
}
