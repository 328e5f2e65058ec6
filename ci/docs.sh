#!/usr/bin/env bash
# The documentation builds without a warning: for users, and for those who work on the library. (Its examples are tests:
# see test.sh.)
. "$(dirname "$0")/lib.sh"

export RUSTDOCFLAGS="-D warnings"
cargo doc --no-deps --workspace
cargo doc --no-deps --workspace --document-private-items --target-dir target/private-docs
