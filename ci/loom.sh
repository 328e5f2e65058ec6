#!/usr/bin/env bash
# The lock-free parts, model-checked: loom tries every order in which threads can meet. The tests are the modules
# `loom_tests` of the library, built with --cfg loom, which puts loom's atomics and threads in the place of std's.
# LOOM_MAX_PREEMPTIONS bounds the search; full.sh raises it.
. "$(dirname "$0")/lib.sh"

export RUSTFLAGS="--cfg loom"
export LOOM_MAX_PREEMPTIONS=${LOOM_MAX_PREEMPTIONS:-3}
# Three threads at a spin lock take more steps than loom expects of a test.
export LOOM_MAX_BRANCHES=${LOOM_MAX_BRANCHES:-10000}
# Release, since a search runs a test thousands of times; without the link-time optimisation that only costs time here.
export CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16
must_run_tests cargo test -p tarae --release --lib --target-dir target/loom loom_tests
