#!/usr/bin/env bash
# The documentation, with warnings denied: links resolve, examples are blocks of Rust. (That the examples run is the business
# of test.sh.) Then what the guide leads to, and its Python, which is run as it stands.
. "$(dirname "$0")/lib.sh"

RUSTDOCFLAGS="-D warnings" cargo doc --no-deps --workspace --all-features

# What a chapter leads to a file, `links.md` leads to an item, a chapter or a file for rustdoc.
labels() {
    sed -n 's/^\(\[[^]]*\]\): .*/\1/p' "$@" | sort -u
}
guide=crates/tarae/src/guide
diff <(labels $guide/links.md) <(labels $(ls $guide/*.md | grep -v links.md)) || fail "links.md has other labels than the chapters"

# A file that a chapter names is there.
for file in $(grep -oh '`[a-z_/]*\.rs`' $guide/*.md | tr -d '`' | sort -u); do
    [ -n "$(git ls-files "$file" "*/$file")" ] || fail "the guide names $file, and there is none"
done

python3 ci/pycon.py $guide/python.md README.ko.md
