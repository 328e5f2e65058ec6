#!/usr/bin/env bash
# The documentation, with warnings denied: links resolve, examples are blocks of Rust. (That the examples run is the business
# of test.sh.) Then the guide's references, and its Python, which is run as it stands.
. "$(dirname "$0")/lib.sh"

RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --workspace --all-features

# What a chapter leads to a file, `links.md` leads to an item, a chapter or a file for rustdoc.
labels() {
    sed -n 's/^\(\[[^]]*\]\): .*/\1/p' "$@" | sort -u
}
guide=crates/tarae/src/guide
diff <(labels $guide/links.md) <(labels $(ls $guide/*.md | grep -v links.md)) || fail "links.md has other labels than the chapters"

python3 ci/pycon.py $guide/python.md README.ko.md
