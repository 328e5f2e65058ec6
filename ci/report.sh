#!/usr/bin/env bash
# report.sh [--measured]: measures all areas, with all peers, and writes docs/bench: a page with the tables, the charts and how the
# goals stand. Some quarter of an hour on two cores that nobody else uses. With --measured it measures nothing, and shows what
# ci/measure.sh has measured of this commit. Goals over deaths are in it if ci/soak.sh has been run on this commit before.
. "$(dirname "$0")/lib.sh"

[ "${1:-}" = --measured ] || bash ci/measure.sh
cargo run --quiet --manifest-path bench/Cargo.toml --bin report -- bench/target/measured "$(measured_commit)" docs/bench
bash ci/goals.sh --measured
