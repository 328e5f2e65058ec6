#!/usr/bin/env bash
# What the other systems' compilers say, as far as that can be asked here: the pool of processes on other Unixes, and the message on
# a system that is none.
. "$(dirname "$0")/lib.sh"

unixes=(x86_64-apple-darwin x86_64-unknown-freebsd)
other=x86_64-pc-windows-gnu
rustup target add "${unixes[@]}" "$other" >/dev/null 2>&1 || cannot_check "the other systems' std cannot be had"

for target in "${unixes[@]}"; do
    echo "platforms: $target"
    cargo clippy --quiet -p tarae --lib --features process --target "$target" -- -D warnings
done
echo "platforms: $other"
log=$(mktemp)
if cargo check -p tarae --lib --features process --target "$other" >"$log" 2>&1; then
    fail "the feature \`process\` compiles for $other"
fi
grep -q 'error: tarae.s feature `process` needs a Unix' "$log" || {
    cat "$log" >&2
    fail "the feature \`process\` does not say that it needs a Unix"
}
rm -f "$log"
cargo check --quiet -p tarae --lib --target "$other"
