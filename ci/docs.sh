#!/usr/bin/env bash
# The guide: what it leads to is there, and its Python runs as it stands. Then the documentation, with warnings denied: links
# resolve, examples are blocks of Rust. (That the examples run is the business of test.sh.)
. "$(dirname "$0")/lib.sh"

# What a chapter leads to a file, `links.txt` leads to an item, a chapter or a file for rustdoc.
labels() {
    sed -n 's/^\(\[[^]]*\]\): .*/\1/p' "$@" | sort -u
}
guide=crates/tarae/src/guide
diff <(labels $guide/links.txt) <(labels $guide/*.md) || fail "links.txt has other labels than the chapters"

# A file that a chapter names is there.
for file in $(grep -oh '`[a-z_/]*\.rs`' $guide/*.md | tr -d '`' | sort -u); do
    [ -n "$(git ls-files "$file" "*/$file")" ] || fail "the guide names $file, and there is none"
done

python3 ci/pycon.py $guide/python.md README.ko.md

RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --workspace --all-features
# As docs.rs will build it: with the feature that each item needs, which takes a nightly toolchain.
if rustup run nightly rustc --version >/dev/null 2>&1; then
    RUSTDOCFLAGS="-D warnings --cfg docsrs" \
        cargo +nightly doc --quiet --no-deps -p tarae --all-features --target-dir target/api
    grep -q 'Available on' target/api/doc/tarae/timeline/index.html || fail "no item says which feature it needs"
else
    loudly "docs.sh: no nightly toolchain: the pages of docs.rs are NOT CHECKED"
fi
