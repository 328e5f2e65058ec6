//! One page: a request with a limit of time, and again if that may help.

use super::address::Address;
use std::fmt;
use std::time::{Duration, Instant};
use tarae::executor::Backoff;
use tarae::prelude::*;
use ureq::{Agent, Error, Proxy};

/// What fetches pages. Clones share their connections.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    agent: Agent,
    backoff: Backoff,
}

/// What became of an address.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) address: Address,
    pub(crate) ending: Ending,
    /// How long that took, with all attempts and the waits in between.
    pub(crate) time: Duration,
}

/// How it ended.
#[derive(Debug)]
pub(crate) enum Ending {
    Ok { body: Vec<u8> },
    TimedOut,
    Failed(String),
}

impl Client {
    /// A client that gives a request up when its time is over. The limit is the client's, not the task's: a call that
    /// blocks looks at no token, and only who has the socket can end the wait for it.
    pub(crate) fn new(limit: Duration, backoff: Backoff, proxy: Option<Proxy>) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(limit))
            .max_redirects(0) // they may lead to a host that is asked enough as it is
            .proxy(proxy)
            .user_agent("tarae-example-crawl")
            .build();
        Client { agent: config.into(), backoff }
    }

    /// Fetches a page. In a task, a wait between attempts ends when the task is asked to stop.
    pub(crate) fn fetch(&self, address: Address) -> Page {
        let start = Instant::now();
        let body = retry(self.backoff.clone(), || self.attempt(&address)).when(may_pass).run();
        let ending = match body {
            Ok(body) => Ending::Ok { body },
            Err(error) if matches!(error.last(), Error::Timeout(_)) => Ending::TimedOut,
            Err(error) => Ending::Failed(error.to_string()),
        };
        Page { address, ending, time: start.elapsed() }
    }

    /// A body of more than ten megabytes is an error, so one without an end is, too.
    fn attempt(&self, address: &Address) -> Result<Vec<u8>, Error> {
        let mut response = self.agent.get(address.uri()).call()?;
        if response.status().is_redirection() {
            return Err(Error::StatusCode(response.status().as_u16()));
        }
        response.body_mut().read_to_vec()
    }
}

/// Whether another attempt may succeed. A page that has taken all its time once is not worth it a second time.
fn may_pass(error: &Error) -> bool {
    match error {
        Error::StatusCode(status) => matches!(status, 429 | 500..),
        Error::Io(_) | Error::ConnectionFailed => true,
        _ => false,
    }
}

impl Page {
    pub(crate) fn is_ok(&self) -> bool {
        matches!(self.ending, Ending::Ok { .. })
    }
}

impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Page { address, ending, time } = self;
        let time = time.as_secs_f64();
        match ending {
            Ending::Ok { body } => write!(f, "ok {:>14} B {time:>6.2} s  {address}", body.len()),
            Ending::TimedOut => write!(f, "timed out {time:>16.2} s  {address}"),
            Ending::Failed(why) => write!(f, "failed {time:>19.2} s  {address}: {why}"),
        }
    }
}
