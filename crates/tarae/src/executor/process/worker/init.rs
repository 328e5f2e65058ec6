//! How a program finds out that it is to be a worker.
//!
//! A worker is the same program, started again. Its pool says so by a variable of the environment, and speaks to it through its
//! standard input. A program that does not ask, first of all, whether it is one would do again whatever it does, pools
//! included, and each of their workers would as well: so no pool starts a worker of a program that has not asked.

use super::hello::Hello;
use super::{broken_pipe, lifeline, serve};
use crate::executor::process::wire::page::Page;
use crate::executor::process::wire::socket::Socket;
use std::fs::File;
use std::io;
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a worker finds in its environment.
pub(crate) const VARIABLE: &str = "TARAE_WORKER";

/// How a process exits that cannot be a worker, or has not asked whether it is one.
pub(crate) const NOT_A_WORKER: i32 = 87;

/// Whether the program has asked.
static ASKED: AtomicBool = AtomicBool::new(false);

/// Becomes a worker, if the process was started to be one: then it does what its pool says, and does not return. Else does
/// nothing.
///
/// To be called first in `main` by every program that has a [`ProcessPool`](crate::executor::ProcessPool): a worker is the same
/// program, started again, and must not do what comes after.
///
/// ```
/// use tarae::prelude::*;
///
/// #[tarae::remote]
/// fn add(a: u64, b: u64) -> u64 {
///     a + b
/// }
///
/// fn main() -> Result<(), Box<dyn std::error::Error>> {
///     tarae::init();
///     let pool = ProcessPool::new(2)?;
///     assert_eq!(pool.submit(add::call(1, 2)).result()?, 3);
///     Ok(())
/// }
/// ```
///
/// Tests and benchmarks have a `main` that is not theirs: there [`init!`](crate::init!) does it.
pub fn init() {
    ASKED.store(true, Ordering::Relaxed);
    if !is_worker() {
        return;
    }
    match start() {
        Ok((socket, page)) => serve::serve(socket, page),
        Err(why) => {
            eprintln!("tarae: this process was started as a worker and cannot be one: {why}");
            exit(NOT_A_WORKER);
        }
    }
}

/// Puts the hook of [`init`](crate::init()) before the `main` of a test, an example or a benchmark: once, at the top of the crate, not in a
/// function.
///
/// ```no_run
/// tarae::init!();
/// ```
///
/// It is in that program alone. The worker's jobs run before `main` then: what `main` would set up is not there.
#[macro_export]
macro_rules! init {
    () => {
        const _: () = {
            extern "C" fn before_main() {
                $crate::init();
            }
            #[used]
            #[cfg_attr(not(target_vendor = "apple"), unsafe(link_section = ".init_array"))]
            #[cfg_attr(target_vendor = "apple", unsafe(link_section = "__DATA,__mod_init_func"))]
            static HOOK: extern "C" fn() = before_main;
        };
    };
}

/// Whether a pool may start workers here.
///
/// A worker that gets here has not asked: it exits, before it does any harm.
pub(crate) fn may_start_workers() -> bool {
    if ASKED.load(Ordering::Relaxed) {
        return true;
    }
    if is_worker() {
        eprintln!(
            "tarae: this process was started as a worker, and makes a pool instead: call `tarae::init()` first in `main`"
        );
        exit(NOT_A_WORKER);
    }
    false
}

/// Whether the process was started as a worker. The variable stays in its environment, where what its jobs start find it: it
/// names the socket that is the standard input of the worker, and of nobody else.
fn is_worker() -> bool {
    std::env::var_os(VARIABLE).is_some_and(|name| {
        name_of(&std::io::stdin()).is_ok_and(|own| name.as_encoded_bytes() == own.as_bytes())
    })
}

/// What a socket is called by all who have it.
pub(crate) fn name_of(socket: &impl AsFd) -> io::Result<String> {
    let status = rustix::fs::fstat(socket)?;
    Ok(format!("{}:{}", status.st_dev, status.st_ino))
}

/// Takes the socket from the standard input, and what the pool says first.
fn start() -> Result<(Socket, Page), Box<dyn std::error::Error>> {
    let socket = rustix::io::fcntl_dupfd_cloexec(rustix::stdio::stdin(), 3)?;
    // A job that reads its standard input finds it empty.
    rustix::stdio::dup2_stdin(&File::open("/dev/null")?)?;
    let socket = Socket::new(UnixStream::from(socket));
    let (hello, page) = Hello::receive(&socket).map_err(|error| error.to_string())?;
    let page = Page::map(&page)?;
    if hello.memory > 0 {
        limit_memory(hello.memory)?;
    }
    lifeline::hold(&socket)?;
    broken_pipe::ignore();
    Ok((socket, page))
}

/// The process gets no more address space than that.
fn limit_memory(bytes: u64) -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let maximum = getrlimit(Resource::As).maximum;
    let bytes = maximum.map_or(bytes, |maximum| maximum.min(bytes));
    Ok(setrlimit(Resource::As, Rlimit { current: Some(bytes), maximum: Some(bytes) })?)
}
