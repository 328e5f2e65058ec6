#!/usr/bin/env bash
# soak.sh [DEATHS TASKS]: workers that die in all ways, in one pool. The counts are kept for ci/measure.sh, with the commit that
# they are of.
. "$(dirname "$0")/lib.sh"

# As release is for users: without the link-time optimisation that budgets are measured with, and takes long.
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16

counts=target/soak/counts.tsv
mkdir -p "$(dirname "$counts")"
rm -f "$counts"
TARAE_SOAK_DEATHS=${1:-10000} TARAE_SOAK_TASKS=${2:-1000000} TARAE_SOAK_COUNTS=$PWD/$counts \
    must_run_tests cargo test --release -p tarae --test process_soak -- --nocapture
[ -s "$counts" ] || fail "the soak left no counts"
measured_commit >"$(dirname "$counts")/commit"
