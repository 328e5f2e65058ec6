#!/usr/bin/env bash
# The engines of generators and streams use `core` and `alloc` only: no_std/ compiles their modules, and the macros, as a crate
# without the standard library, for a target that has none. Where that target cannot be had, for this machine's: then only a
# `std` in a dependency is overlooked.
. "$(dirname "$0")/lib.sh"

target=x86_64-unknown-none
check=(cargo check --quiet --manifest-path ci/no_std/Cargo.toml --target-dir target/no_std)
if rustup target add "$target" >/dev/null 2>&1; then
    check+=(--target "$target")
else
    loudly "no_std.sh: $target is missing: checking for this machine instead"
fi
"${check[@]}"
