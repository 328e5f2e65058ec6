#!/usr/bin/env bash
# No change may cost more instructions, allocations or bytes than bench/budgets.tsv allows. Not time: those are exact, on a
# busy machine too. Needs valgrind and gungraun's runner, and installs them.
. "$(dirname "$0")/lib.sh"

need_valgrind || cannot_check "valgrind is missing and could not be installed: no budget was compared"
need_gungraun_runner || cannot_check "gungraun-runner could not be installed: no budget was compared"

measured=bench/target/measured/budgets
rm -rf "$measured"
count_instructions '*_instructions' "$PWD/$measured"
cargo run --quiet --release --manifest-path bench/Cargo.toml --bin counted >"$measured/counted.tsv"
cargo run --quiet --manifest-path bench/Cargo.toml --bin budgets "$measured"
