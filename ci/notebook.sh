#!/usr/bin/env bash
# The notebook does the README's main job as a user runs it, in release; then its output is checked against what was
# recorded.
. "$(dirname "$0")/lib.sh"

# As release is for users: without the link-time optimisation that budgets are measured with, and takes long.
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16

output=$(mktemp)
trap 'rm -f "$output"' EXIT
cargo run --release --example notebook >"$output"
[ -s "$output" ] || fail "the notebook printed nothing"
TARAE_NOTEBOOK_OUTPUT=$output must_run_tests cargo test -p tarae --test notebook
