#!/usr/bin/env bash
# The tests under Miri: undefined behaviour, data races, and leaks. Needs a nightly toolchain, and installs it.
#
# By two models of what references mean. Stacked Borrows, the stricter, sees generators and streams. Tree Borrows sees
# what uses threads: crossbeam-epoch breaks the rules of the former, and would be all that is reported; it also leaves
# its last garbage to the end of the process, so leaks are not looked for there (tests that count drops, and loom, do
# that). What Miri does not run, or only with MIRI_FULL set, is in miri-skips.tsv, with the reason.
. "$(dirname "$0")/lib.sh"

if ! cargo +nightly miri --version >/dev/null 2>&1; then
    echo "miri is missing: installing it"
    rustup toolchain install nightly --profile minimal --component miri,rust-src ||
        cannot_check "no nightly toolchain with miri and rust-src can be had"
fi
cargo +nightly miri setup

# A panic's backtrace takes Miri seconds.
export RUST_BACKTRACE=0

# What is left out of a program of tests, as arguments: `all`, or `--skip file::` for each file.
left_out() {
    awk -F'\t' -v name="$1" -v full="${MIRI_FULL:-}" '
        $1 == "target" || ($1 == "slow" && full == "") {
            if ($2 == name) print "all"
            else if (index($2, name "::") == 1) print "--skip " substr($2, length(name) + 3) "::"
        }' ci/miri-skips.tsv
}

generators=()
others=()
while read -r crate kind name; do
    if [ "$crate" = tarae ] && [ "$kind" = test ] && [ "$(left_out "$name")" != all ]; then
        case $name in
        generator | generator_* | stream | stream_*) generators+=("$name") ;;
        *) others+=("$name") ;;
        esac
    fi
done < <(targets)
[ ${#generators[@]} -gt 0 ] || fail "found no test of generators: crates/tarae/tests/{generator,stream}/main.rs"
[ ${#others[@]} -gt 0 ] || fail "found no test of tasks: crates/tarae/tests/task/main.rs"

# Isolation is for programs that must not see the clock or the disk; tests with deadlines see the clock.
under_miri() {
    local flags=$1
    shift
    echo "miri ($flags): $*"
    MIRIFLAGS="-Zmiri-disable-isolation $flags" must_run_tests cargo +nightly miri test -p tarae --target-dir target/miri "$@"
}

# Programs of tests, each without what is left out of it.
programs_under_miri() {
    local flags=$1 whole=() name skips
    shift
    for name in "$@"; do
        read -r -a skips <<<"$(left_out "$name" | tr '\n' ' ')"
        if [ ${#skips[@]} -gt 0 ]; then
            under_miri "$flags" --test "$name" -- "${skips[@]}"
        else
            whole+=(--test "$name")
        fi
    done
    [ ${#whole[@]} -eq 0 ] || under_miri "$flags" "${whole[@]}"
}

generators_and_parts() {
    # A yield of a stream hands over a pointer by its address, on purpose, and has exposed it.
    programs_under_miri "-Zmiri-permissive-provenance" "${generators[@]}"
    # Parts by themselves. The cache of blocks is off under Miri, which would not see what is used after it was given back: its
    # logic is tested with a bound of the test's own.
    under_miri "" --lib -- cancel::children task::raw::memory executor::process::hostile
    # Of the iterator tools only the arms of one source have unsafe code.
    local arms=(auto_traits bounds cost fused laziness)
    if [ -n "${MIRI_FULL:-}" ]; then
        arms+=(outputs peers specializations)
    fi
    under_miri "-Zmiri-permissive-provenance" --test iter -- "${arms[@]/%/::arms::}"
    if [ -n "${MIRI_FULL:-}" ]; then
        programs_under_miri "-Zmiri-permissive-provenance -Zmiri-tree-borrows" "${generators[@]}"
    fi
}

tasks() {
    local flags="-Zmiri-tree-borrows -Zmiri-ignore-leaks"
    programs_under_miri "$flags" "${others[@]}"
    # What the recorder of timelines has of unsafe code is in each of its tests; this is a quick one.
    [ -n "${MIRI_FULL:-}" ] || under_miri "$flags" --test executor_timeline -- a_panic_and
}

# Miri runs all threads of a program on one of the machine's.
both tasks generators_and_parts
