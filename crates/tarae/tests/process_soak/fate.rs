//! What becomes of a task, as it is told beforehand, and what must come back of it.
#![allow(unreachable_pub, reason = "a part of a test")]

use super::record;
use serde::de::{Deserialize, Deserializer};
use serde::ser::{Serialize, Serializer};
use std::hint::black_box;
use std::process::{abort, exit};
use std::time::{Duration, Instant};
use tarae::executor::{Exit, Phase, WorkerDeath};
use tarae::task::{ErrorKind, TaskError};

/// How a task ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Fate {
    Answers,
    Panics,
    /// Its worker kills itself by a signal.
    Signal(i32),
    /// It reads where nothing is: SIGSEGV.
    Faults,
    Aborts,
    Exits(i32),
    OverflowsItsStack,
    /// It wants more memory than the worker may have.
    EatsMemory,
    DiesDecoded,
    DiesEncoded,
    /// It dies when it is first begun, may be begun again, and answers then.
    DiesOnce,
    /// It never ends, and its time does.
    Hangs,
    /// It never ends, and is aborted.
    IsAborted,
}

/// How they are called in the report, deaths only.
pub const DEATHS: [&str; 11] = [
    "signal to itself",
    "SIGSEGV",
    "abort",
    "exit",
    "stack overflow",
    "out of memory",
    "decoding",
    "encoding",
    "once, with a retry",
    "time-out",
    "aborted",
];

impl Fate {
    /// Its place in `DEATHS`.
    pub fn death(self) -> Option<usize> {
        let place = match self {
            Fate::Answers | Fate::Panics => return None,
            Fate::Signal(_) => 0,
            Fate::Faults => 1,
            Fate::Aborts => 2,
            Fate::Exits(_) => 3,
            Fate::OverflowsItsStack => 4,
            Fate::EatsMemory => 5,
            Fate::DiesDecoded => 6,
            Fate::DiesEncoded => 7,
            Fate::DiesOnce => 8,
            Fate::Hangs => 9,
            Fate::IsAborted => 10,
        };
        Some(place)
    }

    /// How its worker must end, and how far the task must be then.
    fn end(self) -> Option<(Exit, Phase)> {
        let (exit, phase) = match self {
            Fate::Signal(signal) => (Exit::Signal(signal), Phase::Running),
            // In a program with the hook jobs run before `main`, where nobody has asked for the signal of a stack overflow yet.
            Fate::Faults | Fate::OverflowsItsStack => (Exit::Signal(SEGV), Phase::Running),
            Fate::Aborts | Fate::EatsMemory => (Exit::Signal(ABRT), Phase::Running),
            Fate::Exits(code) => (Exit::Code(code), Phase::Running),
            Fate::DiesDecoded => (Exit::Signal(ABRT), Phase::Decoding),
            Fate::DiesEncoded => (Exit::Signal(ABRT), Phase::Encoding),
            _ => return None,
        };
        Some((exit, phase))
    }
}

const ABRT: i32 = 6;
const KILL: i32 = 9;
const SEGV: i32 = 11;

/// A task.
#[derive(Clone, Debug)]
pub struct Told {
    pub id: u32,
    pub fate: Fate,
    /// Something to carry there and back.
    pub load: Vec<u8>,
}

impl Serialize for Told {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        (self.id, self.fate, &self.load).serialize(serializer)
    }
}

/// Happens in a worker only.
impl<'de> Deserialize<'de> for Told {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (id, fate, load) = Deserialize::deserialize(deserializer)?;
        if fate == Fate::DiesDecoded {
            last_words(id);
            abort();
        }
        Ok(Told { id, fate, load })
    }
}

/// What comes back.
#[derive(Debug)]
pub struct Answer {
    id: u32,
    load: Vec<u8>,
    /// Whether somebody had begun it before.
    again: bool,
    dies: bool,
}

/// Happens in a worker only.
impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.dies {
            last_words(self.id);
            abort();
        }
        (self.id, &self.load, self.again).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let (id, load, again) = Deserialize::deserialize(deserializer)?;
        Ok(Answer { id, load, again, dies: false })
    }
}

/// How long a task takes that is to be there when its worker is killed.
const SOME_WORK: Duration = Duration::from_micros(100);

/// Does what it is told.
#[tarae::remote]
pub fn meet(told: Told) -> Answer {
    let Told { id, fate, load } = told;
    let again = record::begin(id);
    let answer = Answer { id, load, again, dies: fate == Fate::DiesEncoded };
    if !matches!(fate, Fate::Answers | Fate::Panics | Fate::DiesEncoded) {
        last_words(id);
    }
    match fate {
        Fate::Answers | Fate::DiesEncoded => {}
        Fate::DiesOnce if again => {}
        Fate::DiesDecoded => unreachable!("it is dead"),
        Fate::Panics => panic!("as it should: {id}"),
        Fate::Signal(signal) => super::machine::signal_oneself(signal),
        Fate::Faults => fault(),
        Fate::Aborts | Fate::DiesOnce => abort(),
        Fate::Exits(code) => exit(code),
        Fate::OverflowsItsStack => drop(black_box(dig(black_box(1)))),
        Fate::EatsMemory => {
            let mut eaten = Vec::new();
            loop {
                eaten.push(black_box(vec![0_u8; 16 << 20]));
            }
        }
        Fate::Hangs | Fate::IsAborted => loop {
            std::thread::park();
        },
    }
    answer
}

/// The same, and takes a while.
#[tarae::remote]
pub fn meet_slowly(told: Told) -> Answer {
    let begun = Instant::now();
    let answer = meet(told);
    while begun.elapsed() < SOME_WORK {
        std::hint::spin_loop();
    }
    answer
}

/// What a worker writes last: the error must say that, and of no other task.
fn last_words(id: u32) {
    eprintln!("last: {id}.");
}

#[allow(unconditional_recursion, reason = "that is how a stack overflows")]
fn dig(depth: u64) -> u64 {
    let here = black_box([depth; 64]);
    1 + dig(here[0] + 1) + here[63]
}

#[allow(unsafe_code, reason = "a fault is what it is for")]
fn fault() {
    let nowhere = std::ptr::without_provenance::<u8>(black_box(8));
    // SAFETY: nothing is ever mapped there: the process ends here.
    black_box(unsafe { nowhere.read_volatile() });
}

impl Told {
    /// What is wrong with what has come of it. `killed`: the workers that were killed from outside meanwhile.
    pub fn judge(&self, came: &Result<Answer, TaskError>, killed: &[u32]) -> Result<(), String> {
        let begun_by = record::begun_by(self.id);
        let error = match came {
            Ok(answer) => return self.judge_answer(answer, begun_by),
            Err(error) => error.kind(),
        };
        match (self.fate, error) {
            (Fate::Panics, ErrorKind::Panicked { message })
                if *message == format!("as it should: {}", self.id) =>
            {
                Ok(())
            }
            (Fate::Hangs, ErrorKind::TimedOut) | (Fate::IsAborted, ErrorKind::Cancelled) => Ok(()),
            (fate, ErrorKind::WorkerDied(death)) => match fate.end() {
                Some(end) => self.judge_death(death, end, begun_by),
                None => self.judge_kill(death, killed, begun_by),
            },
            _ => Err("the error is of another kind".to_owned()),
        }
    }

    fn judge_answer(&self, answer: &Answer, begun_by: u32) -> Result<(), String> {
        if !matches!(self.fate, Fate::Answers | Fate::DiesOnce) {
            Err("it answered".to_owned())
        } else if answer.id != self.id || answer.load != self.load {
            Err(format!("the answer is that of {}", answer.id))
        } else if begun_by == 0 {
            Err("it answered, and nobody has begun it".to_owned())
        } else if answer.again != (self.fate == Fate::DiesOnce) {
            Err(if answer.again { "it was run twice" } else { "it was not begun again" }.to_owned())
        } else {
            Ok(())
        }
    }

    /// It must have died as it was told to, in the worker that had begun it, and its last words are the last.
    fn judge_death(
        &self,
        death: &WorkerDeath,
        (exit, phase): (Exit, Phase),
        begun_by: u32,
    ) -> Result<(), String> {
        let expected_by = if phase == Phase::Decoding { 0 } else { death.pid };
        if death.exit != exit {
            Err(format!("its worker must be {exit}"))
        } else if death.phase != phase {
            Err(format!("its worker must end {phase}"))
        } else if begun_by != expected_by {
            Err(format!("process {begun_by} has begun it"))
        } else if death.output.lines().rfind(|line| line.starts_with("last: "))
            != Some(&format!("last: {}.", self.id))
        {
            Err("its last words are another one's".to_owned())
        } else {
            Ok(())
        }
    }

    /// It must be the one that a killed worker had begun, if it had begun any.
    fn judge_kill(&self, death: &WorkerDeath, killed: &[u32], begun_by: u32) -> Result<(), String> {
        if death.exit != Exit::Signal(KILL) || !killed.contains(&death.pid) {
            Err("nobody has killed its worker".to_owned())
        } else if begun_by != death.pid && (begun_by != 0 || death.phase == Phase::Encoding) {
            Err(format!("process {begun_by} has begun it"))
        } else {
            Ok(())
        }
    }
}
