//! What the crawlers of `COMPARE.md` crawl: a server on this machine, with pages that answer at once and one that never does.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{self, JoinHandle};

/// How many bytes of a request are read.
const LONGEST_REQUEST: u64 = 4 << 10;

/// Listens on a free port until it is dropped, and leaves no thread behind.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// # Errors
    /// If the system gives no port or no thread.
    pub fn start() -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let (address, stop) = (listener.local_addr()?, Arc::<AtomicBool>::default());
        let asked = stop.clone();
        let thread =
            thread::Builder::new().name("server".to_owned()).spawn(move || serve(&listener, &asked))?;
        Ok(Server { address, stop, thread: Some(thread) })
    }

    #[must_use]
    pub fn address(&self) -> SocketAddr {
        self.address
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address); // it waits for somebody to come
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// One request after the other: each is answered, or kept open, before the next is looked at.
fn serve(listener: &TcpListener, stop: &AtomicBool) {
    let mut kept = Vec::new();
    for connection in listener.incoming() {
        if stop.load(Ordering::SeqCst) {
            break; // what is kept is closed
        }
        if let Ok(connection) = connection {
            kept.extend(answer(connection).ok().flatten());
        }
    }
}

/// The page `/silent` has no answer: its connection is given back, to be kept open.
fn answer(mut connection: TcpStream) -> io::Result<Option<TcpStream>> {
    let mut lines = BufReader::new(connection.try_clone()?.take(LONGEST_REQUEST)).lines();
    let request = lines.next().unwrap_or_else(|| Ok(String::new()))?;
    while lines.next().transpose()?.is_some_and(|line| !line.is_empty()) {}
    if request.starts_with("GET /silent ") {
        return Ok(Some(connection));
    }
    let path = request.split(' ').nth(1).unwrap_or("/");
    write!(connection, "HTTP/1.0 200 OK\r\n\r\nthis is {path}")?;
    Ok(None)
}
