#!/usr/bin/env bash
# The documentation, with warnings denied: links resolve, examples are blocks of Rust. (That the examples run is the business
# of test.sh.)
. "$(dirname "$0")/lib.sh"

RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --workspace --all-features
# As docs.rs will build it: with the feature that each item needs, which takes a nightly toolchain.
if rustup run nightly rustc --version >/dev/null 2>&1; then
    RUSTDOCFLAGS="-D warnings --cfg docsrs" \
        cargo +nightly doc --quiet --no-deps -p tarae --all-features --target-dir target/api
    grep -q 'Available on' target/api/doc/tarae/timeline/index.html || fail "no item says which feature it needs"
else
    loudly "docs.sh: no nightly toolchain: the pages of docs.rs are NOT CHECKED"
fi
