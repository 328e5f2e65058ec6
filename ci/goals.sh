#!/usr/bin/env bash
# goals.sh [AREA]: measures, and says of each goal in bench/goals.tsv (of an area: generator, iter, task, flow, process)
# how it stands. A goal that is missed does not fail; a goal that nobody measures says so.
. "$(dirname "$0")/lib.sh"

area=${1:-}
measured=bench/target/measured/goals
# What an earlier run has left is not a result of this one.
rm -rf "$measured"
mkdir -p "$measured"

# Whether the area has a benchmark of a kind.
has() {
    compgen -G "bench/benches/${area:-*}_$1.rs" >/dev/null
}

if has instructions; then
    if need_valgrind && need_gungraun_runner; then
        count_instructions "${area:-*}_instructions" "$PWD/$measured"
    else
        loudly "no valgrind or no gungraun-runner: goals in instructions are NOT MEASURED"
    fi
fi
if has time; then
    log=$measured/criterion.log
    CRITERION_HOME=$PWD/$measured/criterion cargo bench --quiet --manifest-path bench/Cargo.toml \
        --bench "${area:-*}_time" -- --noplot 2>"$log" || {
        cat "$log" >&2
        fail "the time benchmarks failed"
    }
fi
# What the same costs elsewhere: programs that take their own time.
if compgen -G "bench/src/${area:-*}/*.py" >/dev/null; then
    if need_python; then
        for program in bench/src/${area:-*}/*.py; do
            "$PYTHON" "$program" >>"$measured/timed.tsv" || fail "$program failed"
        done
    else
        loudly "no CPython 3.13 (TARAE_PYTHON names one): goals over CPython are NOT MEASURED"
    fi
fi
run() {
    cargo run --quiet --manifest-path bench/Cargo.toml "$@"
}
# What starts processes has the peers take turns with ours in a program of its own, Python's too.
if [ "${area:-process}" = process ]; then
    if need_python; then
        need_loky || loudly "loky cannot be had from pip: its rows are NOT MEASURED"
        export TARAE_PYTHON=$PYTHON
    else
        loudly "no CPython 3.13 (TARAE_PYTHON names one): goals over Python's processes are NOT MEASURED"
    fi
    run --release --bin processes >>"$measured/timed.tsv"
fi
run --release --bin counted -- ${area:+"$area"} >"$measured/counted.tsv"
# What the soak has counted, if it was of this very commit: it takes minutes, and is not run again here.
if [ "${area:-process}" = process ]; then
    if [ "$(cat target/soak/commit 2>/dev/null)" = "$(git rev-parse HEAD)" ]; then
        cat target/soak/counts.tsv >>"$measured/counted.tsv"
    else
        loudly "ci/soak.sh has not been run on this commit: goals over deaths are NOT MEASURED"
    fi
fi
run --bin goals -- "$measured" ${area:+"$area"}
