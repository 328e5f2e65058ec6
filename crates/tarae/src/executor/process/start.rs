//! How a worker is started: the same program, its end of the socket as its standard input.

use super::builder::Settings;
use super::link::Link;
use super::output::{Output, Tail};
use super::wire::page::Page;
use super::wire::socket::Socket;
use super::worker::hello::Hello;
use super::worker::init::{VARIABLE, name_of};
use rustix::process::Pid;
use std::io;
use std::os::fd::OwnedFd;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;

/// A worker that has just been started.
pub(super) struct Started {
    pub(super) link: Arc<Link>,
    pub(super) child: Child,
    pub(super) tail: Tail,
}

impl Started {
    /// Ends it before it has got anywhere.
    pub(super) fn give_up(mut self) {
        self.link.kill();
        self.link.let_go();
        let _ = self.child.wait();
    }
}

/// Starts a worker, which finds what it is to know in its socket.
pub(super) fn start(settings: &Settings) -> io::Result<Started> {
    let (page, file) = Page::new()?;
    let (here, there) = UnixStream::pair()?;
    let socket = Socket::new(here);
    Hello { memory: settings.memory.unwrap_or(0) }.send(&socket, &file)?;
    let mut command = Command::new(program()?);
    if let Some(name) = std::env::args_os().next() {
        command.arg0(name);
    }
    command
        .env(VARIABLE, name_of(&there)?)
        .envs(settings.environment.iter().map(|(name, value)| (name, value)));
    // What the terminal sends to the program in front of it is for the program to hear, and not for its workers.
    command.process_group(0);
    command.stdin(Stdio::from(OwnedFd::from(there)));
    let (tail, [stdout, stderr]) = Tail::of([settings.stdout, settings.stderr])?;
    let set = |how: Output, pipe: Option<Stdio>| match how {
        Output::Inherit => Stdio::inherit(),
        Output::Discard => Stdio::null(),
        Output::Capture => pipe.unwrap_or_else(Stdio::null),
    };
    command.stdout(set(settings.stdout, stdout)).stderr(set(settings.stderr, stderr));
    let child = command.spawn()?;
    let (pid, process) = (Pid::from_child(&child), process_fd(&child));
    Ok(Started { link: Link::new(page, socket, pid, process), child, tail })
}

/// This program, also if its file was replaced or removed meanwhile.
#[cfg(target_os = "linux")]
fn program() -> io::Result<&'static str> {
    Ok("/proc/self/exe")
}

/// The file that this program was started from.
#[cfg(not(target_os = "linux"))]
fn program() -> io::Result<std::path::PathBuf> {
    std::env::current_exe()
}

/// What a process has that says when it has ended.
#[cfg(target_os = "linux")]
fn process_fd(child: &Child) -> Option<OwnedFd> {
    use rustix::process::{Pid, PidfdFlags, pidfd_open};
    pidfd_open(Pid::from_child(child), PidfdFlags::empty()).ok()
}

/// Elsewhere its socket says so, which closes with it.
#[cfg(not(target_os = "linux"))]
fn process_fd(_: &Child) -> Option<OwnedFd> {
    None
}
