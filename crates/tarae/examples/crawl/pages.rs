//! Which page is fetched when: so many of a host at a time.

use super::address::Address;
use super::fetch::{Client, Ending, Page};
use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;
use tarae::prelude::*;

/// How many pages of a host are fetched at a time.
const OF_A_HOST: usize = 2;

/// Fetches the pages, which come as they complete. A slow host keeps no other waiting while the pool has a worker for that.
///
/// What may be fetched now is submitted. The rest waits in a queue for each host, which takes no worker and no lock: when a
/// page has come back, the next one of its host is submitted.
pub(crate) fn as_they_complete(
    pool: &ThreadPool,
    client: &Client,
    addresses: Vec<Address>,
) -> Generator<impl Yields<Page>> {
    let fetch = |address: Address| {
        let (client, page, options) =
            (client.clone(), address.clone(), Options::new().name(address.to_string()));
        (address, pool.submit_with(options, move || client.fetch(page)))
    };
    generator!({
        let mut hosts = BTreeMap::<String, VecDeque<Address>>::new();
        for address in addresses {
            hosts.entry(address.host().to_owned()).or_default().push_back(address);
        }
        let mut running = TaskSet::new();
        for host in hosts.values_mut() {
            running.extend(host.drain(..OF_A_HOST.min(host.len())).map(fetch));
        }
        while let Some((address, task)) = running.next() {
            let next = hosts.get_mut(address.host()).and_then(VecDeque::pop_front);
            running.extend(next.map(fetch));
            // The task's own error is a panic; of whatever else happens, the page tells.
            yield task.result().unwrap_or_else(|error| {
                let ending = Ending::Failed(error.to_string());
                Page { address, ending, time: Duration::ZERO }
            });
        }
    })
}
