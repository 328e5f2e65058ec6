#!/usr/bin/env bash
# What would be published: each crate is packed, and built from what was packed, nothing else beside it.
. "$(dirname "$0")/lib.sh"

cargo package --quiet --workspace --allow-dirty --all-features
# One by one: what nobody should download, and what nobody may miss.
for crate in tarae tarae-macros; do
    files=$(cargo package --quiet -p "$crate" --allow-dirty --list)
    for file in LICENSE-APACHE LICENSE-MIT README.md src/lib.rs; do
        grep -qx "$file" <<<"$files" || fail "$crate is packed without $file"
    done
    ! grep -E '^(tests|target)/|\.log$' <<<"$files" || fail "$crate is packed with what is for those who work on it"
    echo "$crate: $(wc -l <<<"$files") files"
done
