//! A small server with pages such as a crawler meets.

use super::fetch::Ending;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, JoinHandle};
use std::time::Duration;
use tarae::prelude::*;

/// What a page does when it is asked for.
#[derive(Clone, Copy, Debug)]
enum Does {
    /// So many bytes.
    Answer(usize),
    /// The same, after a while.
    AnswerLate(usize),
    /// The same at the third attempt; before that it fails.
    AnswerAtLast(usize),
    Fail,
    CloseTheConnection,
    Nothing,
}

use Does::*;

/// What the work list has of a server, in its order. `None` is not there.
const PAGES: [(&str, Option<Does>); 16] = [
    ("/slow/1", Some(AnswerLate(10_000))),
    ("/slow/2", Some(AnswerLate(20_000))),
    ("/silent", Some(Nothing)),
    ("/quick/1", Some(Answer(1_000))),
    ("/quick/2", Some(Answer(2_000))),
    ("/quick/3", Some(Answer(3_000))),
    ("/unsteady", Some(AnswerAtLast(500))),
    ("/quick/4", Some(Answer(4_000))),
    ("/broken", Some(Fail)),
    ("/quick/5", Some(Answer(5_000))),
    ("/closing", Some(CloseTheConnection)),
    ("/missing", None),
    ("/quick/6", Some(Answer(6_000))),
    ("/slow/3", Some(AnswerLate(30_000))),
    ("/quick/7", Some(Answer(7_000))),
    ("/empty", Some(Answer(0))),
];

/// How long a slow page takes.
const A_WHILE: Duration = Duration::from_millis(200);
/// How long the server waits for a request that a client has begun.
const PATIENCE: Duration = Duration::from_secs(5);
/// How many bytes of a request it reads.
const LONGEST_REQUEST: u64 = 8 << 10;

fn find(path: &str) -> Option<Does> {
    PAGES.iter().find(|(page, _)| *page == path).and_then(|(_, does)| *does)
}

/// Whether that is what should become of the page.
pub(crate) fn should_end_so(path: &str, ending: &Ending) -> bool {
    match find(path) {
        Some(Answer(size) | AnswerLate(size) | AnswerAtLast(size)) => {
            matches!(ending, Ending::Ok { body } if body.len() == size)
        }
        Some(Fail | CloseTheConnection) | None => matches!(ending, Ending::Failed(_)),
        Some(Nothing) => matches!(ending, Ending::TimedOut),
    }
}

/// Listens on a free port of this machine until it is dropped, and then leaves no thread behind.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    desk: Arc<Desk>,
    thread: Option<JoinHandle<()>>,
}

/// What its threads share.
#[derive(Debug, Default)]
struct Desk {
    stop: CancelToken,
    /// How often the page that works at last was asked for.
    attempts: AtomicUsize,
    /// How many requests have not been answered.
    open: AtomicUsize,
    /// The most there ever were.
    most: AtomicUsize,
}

impl Server {
    /// # Errors
    /// If the system gives no port or no thread.
    pub(crate) fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let (address, desk) = (listener.local_addr()?, Arc::new(Desk::default()));
        let thread = thread::Builder::new().name("crawl-server".to_owned()).spawn({
            let desk = desk.clone();
            move || desk.serve(&listener)
        })?;
        Ok(Server { address, desk, thread: Some(thread) })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The addresses of its pages, and of one that is not there.
    pub(crate) fn pages(&self) -> impl Iterator<Item = String> {
        PAGES.iter().map(|(path, _)| format!("http://{}{path}", self.address))
    }

    /// How many requests it had before it at a time, at most. One that it never answers does not count, since it does not
    /// know when the client has given that up.
    pub(crate) fn most_at_once(&self) -> usize {
        self.desk.most.load(Ordering::Relaxed)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.desk.stop.cancel();
        // A last client, so that it looks up. Should there be no way to it, it is left alone and not waited for.
        if TcpStream::connect(self.address).is_ok()
            && let Some(thread) = self.thread.take()
        {
            let _ = thread.join();
        }
    }
}

impl Desk {
    /// Answers on a thread for each connection. All of them have ended when this returns.
    fn serve(&self, listener: &TcpListener) {
        thread::scope(|scope| {
            for connection in listener.incoming() {
                if self.stop.is_cancelled() {
                    break;
                }
                // What goes wrong with one client is nothing to the others.
                scope.spawn(|| connection.and_then(|connection| self.answer(&connection)));
            }
        });
    }

    fn answer(&self, mut connection: &TcpStream) -> io::Result<()> {
        connection.set_read_timeout(Some(PATIENCE))?;
        let mut lines = BufReader::new(connection.take(LONGEST_REQUEST)).lines();
        let request = lines.next().transpose()?.unwrap_or_default(); // GET /path HTTP/1.1
        lines.take_while(|line| line.as_ref().is_ok_and(|line| !line.is_empty())).for_each(drop);

        let does = find(request.split(' ').nth(1).unwrap_or(""));
        if let Some(Nothing) = does {
            let _stopped = self.stop.sleep(Deadline::NEVER);
            return Ok(());
        }
        self.most.fetch_max(self.open.fetch_add(1, Ordering::Relaxed) + 1, Ordering::Relaxed);
        let answer = match does {
            Some(Answer(size)) => Some(("200 OK", size)),
            Some(AnswerLate(size)) => self.stop.sleep(A_WHILE).ok().map(|()| ("200 OK", size)),
            Some(AnswerAtLast(size)) if self.attempts.fetch_add(1, Ordering::Relaxed) >= 2 => {
                Some(("200 OK", size))
            }
            Some(AnswerAtLast(_) | Fail) => Some(("500 Internal Server Error", 0)),
            Some(CloseTheConnection | Nothing) => None,
            None => Some(("404 Not Found", 0)),
        };
        // Before the client has it: it may ask for the next page at once.
        self.open.fetch_sub(1, Ordering::Relaxed);
        let Some((status, size)) = answer else { return Ok(()) };
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: {size}\r\nConnection: close\r\n\r\n");
        connection.write_all(&[head.as_bytes(), &vec![b'.'; size]].concat())
    }
}
