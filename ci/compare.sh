#!/usr/bin/env bash
# COMPARE.md: each of its programs compiles, with the peers that it names, and its answer is right; what it says of versions and
# allocations is so. After bench.sh the peers are there.
. "$(dirname "$0")/lib.sh"

must_run_tests cargo test --manifest-path bench/Cargo.toml --package tarae-compare
