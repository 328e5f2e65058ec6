//! What became of all pages, host by host.

use super::address::Address;
use super::fetch::{Ending, Page};
use std::collections::HashMap;
use std::fmt;
use std::time::Duration;

/// A row for each host, in the order of the work list, whichever came first; and one for all.
#[derive(Debug)]
pub(crate) struct Summary {
    rows: Vec<(String, Row)>,
    places: HashMap<String, usize>,
    total: Row,
}

#[derive(Debug, Default)]
struct Row {
    ok: usize,
    failed: usize,
    timed_out: usize,
    bytes: usize,
    /// When the last page came.
    time: Duration,
}

impl Summary {
    /// The summary of these, of which none has come.
    pub(crate) fn of(addresses: &[Address]) -> Self {
        let mut summary = Summary { rows: Vec::new(), places: HashMap::new(), total: Row::default() };
        for address in addresses {
            let host = address.host().to_owned();
            summary.places.entry(host.clone()).or_insert_with(|| {
                summary.rows.push((host, Row::default()));
                summary.rows.len() - 1
            });
        }
        summary
    }

    /// Counts a page that came so long after the start.
    ///
    /// # Panics
    /// If it is none of those that the summary is of.
    pub(crate) fn add(&mut self, page: &Page, time: Duration) {
        let place = self.places[page.address.host()];
        for row in [&mut self.rows[place].1, &mut self.total] {
            match &page.ending {
                Ending::Ok { body } => {
                    row.ok += 1;
                    row.bytes += body.len();
                }
                Ending::Failed(_) => row.failed += 1,
                Ending::TimedOut => row.timed_out += 1,
            }
            row.time = time;
        }
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width =
            self.rows.iter().map(|(host, _)| host.chars().count()).max().unwrap_or(0).max("total".len());
        writeln!(f, "{:width$}     ok  failed  timed out      bytes     time", "host")?;
        for (host, row) in &self.rows {
            writeln!(f, "{host:width$} {row}")?;
        }
        writeln!(f, "{:width$} {}", "total", self.total)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Row { ok, failed, timed_out, bytes, time } = self;
        let time = time.as_secs_f64();
        write!(f, "{ok:>6} {failed:>7} {timed_out:>10} {bytes:>10} {time:>6.2} s")
    }
}
