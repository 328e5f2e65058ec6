#!/usr/bin/env bash
# All code is as rustfmt leaves it.
. "$(dirname "$0")/lib.sh"

for manifest in Cargo.toml bench/Cargo.toml ci/no_std/Cargo.toml; do
    cargo fmt --manifest-path $manifest --all -- --check
done
