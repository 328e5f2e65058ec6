#!/usr/bin/env bash
# No warning of the compiler's or of clippy's, in any target.
. "$(dirname "$0")/lib.sh"

for manifest in Cargo.toml bench/Cargo.toml; do
    cargo clippy --manifest-path $manifest --workspace --all-targets -- -D warnings
done
