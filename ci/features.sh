#!/usr/bin/env bash
# Each crate by itself, with no feature, each feature alone, its defaults, and all: warning-free every time. Built by
# `-p` and without tests, so that no other crate and no dev-dependency turns on what is missing.
. "$(dirname "$0")/lib.sh"

crates_and_features() {
    cargo metadata --format-version 1 --no-deps | python3 -c '
import json, sys
for package in json.load(sys.stdin)["packages"]:
    print(package["name"], *sorted(feature for feature in package["features"] if feature != "default"))'
}

builds() {
    echo "features: $*"
    cargo clippy --quiet -p "$@" --lib -- -D warnings </dev/null
}

crates_and_features | while read -r crate features; do
    builds "$crate"
    builds "$crate" --no-default-features
    for feature in $features; do
        builds "$crate" --no-default-features --features "$feature"
    done
    builds "$crate" --all-features
done
