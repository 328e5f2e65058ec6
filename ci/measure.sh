#!/usr/bin/env bash
# measure.sh [AREA]: measures an area (generator, iter, task, flow, process), or all, and leaves what it measured in
# bench/target/measured/AREA, with run.tsv: of which commit, and on what. Judges nothing: ci/goals.sh and ci/report.sh do.
. "$(dirname "$0")/lib.sh"

all='generator iter task flow process'
areas=${1:-$all}
case " $all " in
*" $areas "*) ;;
*) fail "expected one of $all; found $areas" ;;
esac
manifest=bench/Cargo.toml
programs=bench/target/release
commit=$(measured_commit)

# Whether an area has a benchmark of a kind.
has() {
    compgen -G "bench/benches/${1}_$2.rs" >/dev/null
}

# How many cores others keep busy, over two seconds.
busy() {
    { grep '^cpu ' /proc/stat && sleep 2 && grep '^cpu ' /proc/stat; } |
        awk -v cores="$(nproc)" '{ total = 0; for (i = 2; i <= 9; i++) total += $i; idle = $5 + $6; if (NR == 1) { t = total; i0 = idle } }
            END { printf "%.2f", cores * (1 - (idle - i0) / (total - t)) }'
}

# All of it before anything is measured, so that it has both cores, and what is measured has them after it. Benchmarks bring all
# programs with them.
began=$SECONDS
benches=()
for area in $areas; do
    ! has "$area" '*' || benches+=(--bench "${area}_*")
done
if [ "${#benches[@]}" -gt 0 ]; then
    cargo bench --quiet --no-run --manifest-path $manifest "${benches[@]}"
else
    cargo build --quiet --release --manifest-path $manifest --bin processes --bin counted
fi
echo "built in $((SECONDS - began)) s" >&2

instructions=
if need_valgrind && need_gungraun_runner; then
    instructions=yes
else
    loudly "no valgrind or no gungraun-runner: goals in instructions are NOT MEASURED"
fi
python=none
if need_python; then
    python=$("$PYTHON" --version)
    need_loky || loudly "loky cannot be had from pip: its rows are NOT MEASURED"
    export TARAE_PYTHON=$PYTHON
else
    loudly "no CPython 3.13 (TARAE_PYTHON names one): goals over CPython are NOT MEASURED"
fi >&2

for area in $areas; do
    measured=bench/target/measured/$area
    # What an earlier run has left is not a result of this one.
    rm -rf "$measured"
    mkdir -p "$measured"
    began=$SECONDS
    load=$(busy)

    if has "$area" time; then
        log=$measured/criterion.log
        CRITERION_HOME=$PWD/$measured/criterion cargo bench --quiet --manifest-path $manifest \
            --bench "${area}_time" -- --noplot >/dev/null 2>"$log" || {
            cat "$log" >&2
            fail "the time benchmarks of $area failed"
        }
    fi
    # What the same costs elsewhere: programs that take their own time.
    if [ "$python" != none ]; then
        for program in bench/src/"$area"/*.py; do
            [ ! -e "$program" ] || "$PYTHON" "$program" >>"$measured/timed.tsv" || fail "$program failed"
        done
    fi
    # What starts processes has the peers take turns with ours in a program of its own, Python's too.
    if [ "$area" = process ]; then
        $programs/processes >>"$measured/timed.tsv"
    fi
    $programs/counted "$area" >"$measured/counted.tsv"
    # What the soak has counted, if it was of this very commit: it takes minutes, and is not run again here.
    if [ "$area" = process ]; then
        if [ "$(cat target/soak/commit 2>/dev/null)" = "$commit" ]; then
            cat target/soak/counts.tsv >>"$measured/counted.tsv"
        else
            loudly "ci/soak.sh has not been run on this commit: goals over deaths are NOT MEASURED"
        fi
    fi
    # Last: what others do does not disturb it, but valgrind disturbs others.
    if [ -n "$instructions" ] && has "$area" instructions; then
        count_instructions "${area}_instructions" "$PWD/$measured"
    fi

    seconds=$((SECONDS - began))
    # Written last: what is not whole has none.
    {
        printf 'commit\t%s\n' "$commit"
        printf 'date\t%s\n' "$(date -u +%F)"
        printf 'rustc\t%s\n' "$(rustc --version)"
        printf 'processor\t%s\n' "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
        printf 'cores\t%s\n' "$(nproc)"
        printf 'system\t%s\n' "$(uname -sr)"
        printf 'python\t%s\n' "$python"
        printf 'load\t%s\n' "$load"
        printf 'seconds\t%s\n' "$seconds"
    } >"$measured/run.tsv"
    echo "measured $area in $seconds s" >&2
done
