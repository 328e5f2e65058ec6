#!/usr/bin/env bash
# api.sh [--write]: the public interface is what crates/tarae/public-api.txt lists: a change of the interface is a change of that
# file, which is read like any other. `--write` writes it anew. Needs a nightly toolchain, whose rustdoc can print what it knows.
. "$(dirname "$0")/lib.sh"

rustup run nightly rustc --version >/dev/null 2>&1 || rustup toolchain install nightly --profile minimal ||
    cannot_check "no nightly toolchain can be had"

listed=crates/tarae/public-api.txt
found=target/public-api.txt
cargo +nightly rustdoc --quiet -p tarae --lib --all-features --target-dir target/api -- -Z unstable-options --output-format json
cargo run --quiet --manifest-path ci/api/Cargo.toml -- target/api/doc/tarae.json >"$found" ||
    cannot_check "this nightly's rustdoc speaks another format than public-api reads: take the version that does, in ci/api/Cargo.toml"
[ -s "$found" ] || fail "found no public item"
if [ "${1:-}" = --write ]; then
    cp "$found" "$listed"
elif ! diff -u "$listed" "$found"; then
    fail "the public interface has changed: if that is meant, run ci/api.sh --write, and say it in CHANGELOG.md"
fi
echo "$(wc -l <"$found") public items, as listed"
