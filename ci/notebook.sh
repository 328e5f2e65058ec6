#!/usr/bin/env bash
# The notebook does the README's main job as a user runs it, in release; then its output is checked against what was
# recorded.
. "$(dirname "$0")/lib.sh"

output=$(mktemp)
trap 'rm -f "$output"' EXIT
cargo run --release --example notebook >"$output"
[ -s "$output" ] || fail "the notebook printed nothing"
TARAE_NOTEBOOK_OUTPUT=$output must_run_tests cargo test -p tarae --test notebook
