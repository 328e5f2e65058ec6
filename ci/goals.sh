#!/usr/bin/env bash
# goals.sh [--measured] [AREA]: measures, and says of each goal in bench/goals.tsv (of an area: generator, iter, task, flow,
# process) how it stands. With --measured it measures nothing, and judges what ci/measure.sh or ci/report.sh has measured of this
# commit. A goal that is missed does not fail; a goal that nobody measures says so.
. "$(dirname "$0")/lib.sh"

if [ "${1:-}" = --measured ]; then
    shift
else
    bash ci/measure.sh "$@"
fi
cargo run --quiet --manifest-path bench/Cargo.toml --bin goals -- bench/target/measured "$(measured_commit)" "$@"
