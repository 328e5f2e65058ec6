//! The example `crawl` as a program: what it asks for and when, what it prints, and how it exits; and that its server stops.
#![cfg(target_os = "linux")]

#[expect(dead_code, reason = "`main` is for cargo; here its server is started")]
#[path = "../../examples/crawl/main.rs"]
mod example;

use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::mpsc::{Receiver, channel};
use std::thread;

use crate::support::{PATIENCE, eventually, threads_named, watched};

/// Cargo builds the examples for `cargo test`, into a folder beside that of this test's executable.
fn example() -> PathBuf {
    let own = std::env::current_exe().unwrap();
    let path = own.ancestors().nth(2).unwrap().join("examples/crawl");
    assert!(path.exists(), "{path:?} is missing: build it with `cargo build --profile test --example crawl`");
    path
}

/// The program, with these addresses, and without a proxy that the tests might be run behind.
fn crawl(addresses: &[String]) -> Command {
    let mut command = Command::new(example());
    command.args(addresses).stdin(Stdio::null());
    for proxy in ["ALL_PROXY", "HTTPS_PROXY", "HTTP_PROXY"] {
        command.env_remove(proxy).env_remove(proxy.to_lowercase());
    }
    command
}

/// What it prints, what it complains of, and its exit code.
fn run(addresses: &[String]) -> (String, String, Option<i32>) {
    let run = crawl(addresses).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(run.stdout), text(run.stderr), run.status.code())
}

/// A line without its times, which differ from run to run, and with one space between words.
fn timeless(line: &str) -> String {
    let mut words: Vec<&str> = line.split_whitespace().collect();
    while let Some(at) = words.windows(2).position(|pair| pair[1] == "s" && pair[0].parse::<f64>().is_ok()) {
        words.drain(at..at + 2);
    }
    words.join(" ")
}

/// A host whose pages the test answers by hand: so many requests, each of which has a connection of its own.
struct Host {
    address: SocketAddr,
    requests: Receiver<Request>,
    open: Arc<Open>,
}

/// A page that the program waits for.
struct Request {
    path: String,
    connection: TcpStream,
    open: Arc<Open>,
}

/// How many requests of a host have come and are not answered.
#[derive(Default)]
struct Open {
    now: AtomicUsize,
    most: AtomicUsize,
}

impl Host {
    fn of(requests: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, (sender, receiver)) = (listener.local_addr().unwrap(), channel());
        let host = Host { address, requests: receiver, open: Arc::default() };
        let open = host.open.clone();
        thread::spawn(move || {
            for connection in listener.incoming().take(requests) {
                sender.send(Request::read(connection.unwrap(), &open)).unwrap();
            }
        });
        host
    }

    fn page(&self, path: &str) -> String {
        format!("http://{}/{path}", self.address)
    }

    fn next(&self) -> Request {
        self.requests.recv_timeout(PATIENCE).expect("a request")
    }
}

impl Request {
    fn read(connection: TcpStream, open: &Arc<Open>) -> Self {
        let mut lines = BufReader::new(&connection).lines().map(Result::unwrap);
        let path = lines.next().unwrap().split(' ').nth(1).unwrap().trim_start_matches('/').to_owned();
        lines.take_while(|line| !line.is_empty()).for_each(drop);
        open.most.fetch_max(open.now.fetch_add(1, SeqCst) + 1, SeqCst);
        Request { path, connection, open: open.clone() }
    }

    fn answer(mut self, status: &str, body: &str) {
        self.open.now.fetch_sub(1, SeqCst); // before the program has it, which may ask for another one then
        let head =
            format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        self.connection.write_all((head + body).as_bytes()).unwrap();
    }
}

#[test]
#[cfg_attr(miri, ignore = "starts a program, and Miri starts none")]
fn pages_of_its_own_end_as_they_should() {
    watched(|| {
        let (printed, complaints, code) = run(&[]);
        assert_eq!((&*complaints, code), ("", Some(0)), "{printed}");
        let (first, rest) = printed.split_once("\n\n").unwrap();
        let (one, other) = first.strip_prefix("two servers: ").unwrap().split_once(" and ").unwrap();
        let rest = rest.replace(one, "ONE").replace(other, "OTHER");
        let [pages, table, servers] = rest.split("\n\n").collect::<Vec<_>>()[..] else {
            panic!("not three parts: {rest}")
        };

        let mut lines: Vec<String> = pages.lines().map(timeless).collect();
        lines.sort();
        let of_a_server = |name| {
            [
                "failed http://NAME/broken: gave up after 3 attempts: http status: 500",
                "failed http://NAME/closing: gave up after 3 attempts: io: Peer disconnected",
                "failed http://NAME/missing: failed at attempt 1, and is not tried again: http status: 404",
                "ok 0 B http://NAME/empty",
                "ok 1000 B http://NAME/quick/1",
                "ok 2000 B http://NAME/quick/2",
                "ok 3000 B http://NAME/quick/3",
                "ok 4000 B http://NAME/quick/4",
                "ok 5000 B http://NAME/quick/5",
                "ok 6000 B http://NAME/quick/6",
                "ok 7000 B http://NAME/quick/7",
                "ok 10000 B http://NAME/slow/1",
                "ok 20000 B http://NAME/slow/2",
                "ok 30000 B http://NAME/slow/3",
                "ok 500 B http://NAME/unsteady",
                "timed out http://NAME/silent",
            ]
            .map(|line| line.replace("NAME", name))
        };
        let mut expected = [of_a_server("ONE"), of_a_server("OTHER")].concat();
        expected.sort();
        assert_eq!(lines, expected);

        let table: Vec<String> = table.lines().map(timeless).collect();
        assert_eq!(
            table,
            [
                "host ok failed timed out bytes time",
                "ONE 12 3 1 88500",
                "OTHER 12 3 1 88500",
                "total 24 6 2 177000"
            ]
        );
        for (line, name) in servers.lines().zip(["ONE", "OTHER"]) {
            let words =
                |most| format!("{name} had at most {most} pages to answer at a time, and has stopped");
            assert!([1, 2].map(words).contains(&line.to_owned()), "{line}");
        }
        assert_eq!(servers.lines().count(), 2);
    });
}

#[test]
#[cfg_attr(miri, ignore = "starts a program, and Miri starts none")]
fn of_each_host_two_pages_are_asked_for_at_a_time() {
    const EACH: usize = 20;
    watched(|| {
        let hosts = [Host::of(EACH), Host::of(EACH)];
        // The work list names one host first: the other need not wait until it is through.
        let addresses: Vec<String> =
            hosts.iter().flat_map(|host| (0..EACH).map(|n| host.page(&n.to_string()))).collect();
        let mut program = crawl(&addresses).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines().map(Result::unwrap);

        let mut open = hosts.each_ref().map(|host| vec![host.next(), host.next()]);
        for answered in 1..=EACH {
            for (host, open) in hosts.iter().zip(&mut open) {
                let request = open.remove(0);
                let line = format!("ok 3 B {}", host.page(&request.path));
                request.answer("200 OK", "abc");
                assert_eq!(timeless(&lines.next().unwrap()), line);
                if answered + 2 <= EACH {
                    open.push(host.next()); // as soon as one has come, another one is asked for
                }
            }
        }
        assert_eq!(lines.last().as_deref().map(timeless), Some("total 40 0 0 120".to_owned()));
        assert!(program.wait().unwrap().success());
        assert_eq!(hosts.map(|host| host.open.most.load(SeqCst)), [2, 2]);
    });
}

#[test]
#[cfg_attr(miri, ignore = "starts a program, and Miri starts none")]
fn a_page_is_printed_when_it_has_come_whoever_is_first_in_the_list() {
    watched(|| {
        let host = Host::of(2);
        let mut program =
            crawl(&[host.page("first"), host.page("second")]).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines().map(Result::unwrap);
        let (first, second) = match (host.next(), host.next()) {
            (first, second) if first.path == "first" => (first, second),
            (second, first) => (first, second),
        };
        second.answer("200 OK", "abc");
        assert_eq!(timeless(&lines.next().unwrap()), format!("ok 3 B {}", host.page("second")));
        first.answer("200 OK", "abcd");
        assert_eq!(timeless(&lines.next().unwrap()), format!("ok 4 B {}", host.page("first")));
        lines.for_each(drop);
        assert!(program.wait().unwrap().success());
    });
}

#[test]
#[cfg_attr(miri, ignore = "starts a program, and Miri starts none")]
fn a_page_that_does_not_come_is_in_the_exit_code() {
    watched(|| {
        // Two of them are asked for once, and the host that one leads to, never; one that is busy is asked for again.
        let host = Host::of(4);
        let addresses = ["gone", "moved", "busy"].map(|path| host.page(path));
        let answers = thread::spawn({
            let moved = format!("302 Found\r\nLocation: {}", addresses[0]);
            move || {
                let mut was_busy = false;
                for request in host.requests {
                    match &*request.path {
                        "gone" => request.answer("410 Gone", ""),
                        "moved" => request.answer(&moved, ""),
                        "busy" if was_busy => request.answer("200 OK", "abc"),
                        path => {
                            assert_eq!(path, "busy");
                            was_busy = true;
                            request.answer("429 Too Many Requests", "");
                        }
                    }
                }
            }
        });
        let (printed, complaints, code) = run(&addresses);
        answers.join().unwrap();
        assert_eq!((&*complaints, code), ("", Some(1)), "{printed}");
        let mut lines: Vec<String> = printed.lines().take(3).map(timeless).collect();
        lines.sort();
        let [gone, moved, busy] = addresses;
        assert_eq!(
            lines,
            [
                format!("failed {gone}: failed at attempt 1, and is not tried again: http status: 410"),
                format!("failed {moved}: failed at attempt 1, and is not tried again: http status: 302"),
                format!("ok 3 B {busy}"),
            ]
        );
    });
}

#[test]
#[cfg_attr(miri, ignore = "starts a program, and Miri starts none")]
fn what_cannot_be_fetched_is_refused_before_anything_is() {
    for (address, complaint) in [
        (
            "https://127.0.0.1/",
            "\"https://127.0.0.1/\" needs TLS, which this example is built without: give one with http://",
        ),
        ("127.0.0.1", "\"127.0.0.1\" is no address of a page: give one such as http://example.org"),
        (
            "ftp://127.0.0.1/",
            "\"ftp://127.0.0.1/\" is no address of a page: give one such as http://example.org",
        ),
        ("http://127.0.0.1/a b", "\"http://127.0.0.1/a b\" is no address: invalid uri character"),
    ] {
        let addresses = ["http://127.0.0.1/".to_owned(), address.to_owned()];
        assert_eq!(run(&addresses), (String::new(), format!("crawl: {complaint}\n"), Some(2)));
    }
}

#[test]
#[cfg_attr(miri, ignore = "uses sockets, and Miri has none")]
fn a_server_that_stops_leaves_no_thread_and_no_port() {
    watched(|| {
        let server = example::server::Server::start().unwrap();
        let address = server.address();
        // Someone waits for the page that never comes, and has not given up.
        let mut client = TcpStream::connect(address).unwrap();
        client.write_all(b"GET /silent HTTP/1.1\r\n\r\n").unwrap();
        eventually("a thread for the client", || threads_named("crawl-server") == 2);
        drop(server);
        // The system lists a thread for a moment after its end.
        eventually("the end of its threads", || threads_named("crawl-server") == 0);
        assert_eq!(TcpStream::connect(address).unwrap_err().kind(), ErrorKind::ConnectionRefused);
    });
}
