#!/usr/bin/env bash
# The benchmarks: they build, their answers are right, and the programs that judge their numbers do so.
# Times nothing: each timed program runs once, and not optimised, since only its answers matter here.
. "$(dirname "$0")/lib.sh"

manifest=bench/Cargo.toml
must_run_tests cargo test --manifest-path $manifest --lib --bins --bench '*_time'
# The report says of each row that is timed what it is.
cargo test --quiet --manifest-path $manifest --bench '*_time' -- --list |
    cargo run --quiet --manifest-path $manifest --bin report -- --known
cargo run --quiet --manifest-path $manifest --bin counted
cargo run --quiet --manifest-path $manifest --bin scaling -- 1
if need_python; then
    export TARAE_PYTHON=$PYTHON
else
    loudly "no CPython 3.13 (TARAE_PYTHON names one): its executors are NOT CHECKED"
fi
cargo run --quiet --manifest-path $manifest --bin processes -- 1 >/dev/null
