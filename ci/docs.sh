#!/usr/bin/env bash
# The documentation, with warnings denied: links resolve, examples are blocks of Rust. (That the examples run is the business
# of test.sh.)
. "$(dirname "$0")/lib.sh"

RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --workspace --all-features
