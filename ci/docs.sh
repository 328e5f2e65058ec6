#!/usr/bin/env bash
# The documentation, with warnings denied: links resolve, examples are blocks of Rust. (That the examples run is the business
# of test.sh.) Then the Python of the guide, which is run as it stands.
. "$(dirname "$0")/lib.sh"

RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --workspace --all-features
python3 ci/pycon.py crates/tarae/src/guide/python.md
