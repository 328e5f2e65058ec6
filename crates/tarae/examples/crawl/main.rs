//! Fetches a work list of addresses over HTTP: so many pages of a host at a time, each request with a limit of time, and again
//! after a while if that may help. Says what became of each as it completes, and of all in a table.
//!
//! ```text
//! cargo run --release --example crawl                               # pages of two small servers of its own
//! cargo run --release --example crawl http://example.org http://..  # these
//! ```
//!
//! Its own servers have pages that are quick, slow, missing and broken, one that works at the third attempt, one that
//! closes the connection and one that never answers. On a terminal the standard error stream shows how far it is.
//!
//! The exit code is 0 if all pages came (of its own: if each ended as it should), 1 if not, and 2 if an argument is no
//! address that can be fetched. Those with `https` cannot: that is a feature of the client, and dozens of crates more.
#![forbid(unsafe_code)]

mod address;
mod fetch;
mod pages;
pub(crate) mod server;
mod summary;

use address::Address;
use fetch::{Client, Page};
use indicatif::{ProgressBar, ProgressStyle};
use server::Server;
use std::error::Error;
use std::io::{self, Write};
use std::process::ExitCode;
use std::time::{Duration, Instant};
use summary::Summary;
use tarae::executor::Backoff;
use tarae::prelude::*;

/// How many pages are fetched at a time, of all hosts.
const AT_ONCE: usize = 16;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let addresses: Result<Vec<_>, _> = arguments.iter().map(|text| Address::parse(text)).collect();
    let ended = match addresses {
        Err(problem) => {
            eprintln!("crawl: {problem}");
            return ExitCode::from(2);
        }
        Ok(addresses) if addresses.is_empty() => crawl_own_servers(),
        Ok(addresses) => crawl_these(addresses),
    };
    match ended {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("crawl: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Whether all of them came.
fn crawl_these(addresses: Vec<Address>) -> Result<bool, Box<dyn Error>> {
    let client = Client::new(Duration::from_secs(10), Backoff::new(3), ureq::Proxy::try_from_env());
    let failed = crawl(&client, addresses, Page::is_ok)?;
    Ok(failed.is_empty())
}

/// What a crawler meets, on this machine alone. Whether all ended as they should.
fn crawl_own_servers() -> Result<bool, Box<dyn Error>> {
    let servers = [Server::start()?, Server::start()?];
    writeln!(io::stdout(), "two servers: {} and {}\n", servers[0].address(), servers[1].address())?;
    let addresses = servers.iter().flat_map(Server::pages).map(|text| Address::parse(&text));
    let addresses = addresses.collect::<Result<_, _>>()?;

    let backoff = Backoff::new(3).first_delay(Duration::from_millis(20));
    let client = Client::new(Duration::from_secs(2), backoff, None);
    let wrong = crawl(&client, addresses, |page| server::should_end_so(page.address.path(), &page.ending))?;
    for address in &wrong {
        eprintln!("crawl: {address} should have ended otherwise");
    }
    writeln!(io::stdout())?;
    for server in servers {
        let (address, most) = (server.address(), server.most_at_once());
        drop(server); // it stops
        writeln!(io::stdout(), "{address} had at most {most} pages to answer at a time, and has stopped")?;
    }
    Ok(wrong.is_empty())
}

/// Fetches the pages, prints a line for each as it completes and a table at the end. Returns those that are not `right`.
fn crawl(
    client: &Client,
    addresses: Vec<Address>,
    right: impl Fn(&Page) -> bool,
) -> Result<Vec<Address>, Box<dyn Error>> {
    let style = ProgressStyle::with_template("{wide_bar} {pos}/{len} pages, {msg} failed")?;
    let bar = ProgressBar::new(addresses.len() as u64).with_style(style); // shows nothing where there is no terminal
    let (mut summary, start) = (Summary::of(&addresses), Instant::now());
    let mut wrong = Vec::new();

    let pool = ThreadPool::builder().workers(AT_ONCE.min(addresses.len())).name("crawl").build()?;
    let pages = pages::as_they_complete(&pool, client, addresses).on_progress_by(
        |page| !page.is_ok(),
        |p| {
            bar.set_message(p.failed.to_string());
            bar.set_position(p.done);
        },
    );
    for page in pages {
        bar.suspend(|| writeln!(io::stdout(), "{page}"))?;
        summary.add(&page, start.elapsed());
        if !right(&page) {
            wrong.push(page.address);
        }
    }
    bar.finish_and_clear();
    write!(io::stdout(), "\n{summary}")?;
    Ok(wrong)
}
