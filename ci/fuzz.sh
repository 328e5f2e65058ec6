#!/usr/bin/env bash
# fuzz.sh [SECONDS]: what decodes the bytes that another process sends, on what libFuzzer makes of the seeds in fuzz/seeds: so
# many seconds for all targets together. Needs a nightly toolchain and cargo-fuzz, and installs them.
. "$(dirname "$0")/lib.sh"

seconds=${1:-20}
rustup run nightly rustc --version >/dev/null 2>&1 || rustup toolchain install nightly --profile minimal ||
    cannot_check "no nightly toolchain can be had"
need_cargo_fuzz || cannot_check "no cargo-fuzz can be had"

targets=(fuzz/seeds/*)
each=$((seconds / ${#targets[@]} > 0 ? seconds / ${#targets[@]} : 1))
cargo +nightly fuzz build
for target in "${targets[@]##*/}"; do
    echo "fuzz: $target, $each s"
    log=$(mktemp)
    mkdir -p "fuzz/corpus/$target"
    cargo +nightly fuzz run "$target" "fuzz/corpus/$target" "fuzz/seeds/$target" -- \
        -max_total_time="$each" -max_len=4096 -timeout=10 -rss_limit_mb=1024 >"$log" 2>&1 || {
        cat "$log" >&2
        rm -f "$log"
        fail "$target: see fuzz/artifacts/$target"
    }
    # A fuzzer that ran nothing has found nothing.
    runs=$(sed -n 's/^Done \([0-9]*\) runs.*/\1/p' "$log")
    rm -f "$log"
    [ "${runs:-0}" -gt 100 ] || fail "$target ran ${runs:-0} times"
    echo "fuzz: $target, $runs runs"
done
