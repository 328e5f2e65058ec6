#!/usr/bin/env bash
# The tests under Miri: undefined behaviour, data races and leaks. Needs a nightly toolchain, and installs it.
#
# Twice, by two models of what references mean. Stacked Borrows, the stricter, sees the generators. Tree Borrows sees
# all: crossbeam-epoch breaks the rules of the former, and would be all that is reported.
# What Miri does not run is in miri-skips.tsv, with the reason.
. "$(dirname "$0")/lib.sh"

has_miri() {
    local installed
    installed=$(rustup +nightly component list --installed 2>/dev/null) &&
        grep -q '^miri' <<<"$installed" && grep -q '^rust-src' <<<"$installed"
}
if ! has_miri; then
    echo "miri is missing: installing it"
    rustup toolchain install nightly --profile minimal --component miri,rust-src ||
        cannot_check "no nightly toolchain with miri and rust-src can be had"
fi
cargo +nightly miri setup

# Which tests are skipped: a whole target of tests, or single tests by their path.
skipped_targets() { awk -F'\t' '!/^#/ && $1 == "target" { print $2 }' ci/miri-skips.tsv; }
skip_tests=()
while read -r name; do
    skip_tests+=(--skip "$name")
done < <(awk -F'\t' '!/^#/ && $1 == "test" { print $2 }' ci/miri-skips.tsv)

tests=()
generator_tests=()
while read -r crate kind name; do
    if [ "$crate" = tarae ] && [ "$kind" = test ] && ! skipped_targets | grep -qx "$name"; then
        tests+=(--test "$name")
        case $name in generator_*) generator_tests+=(--test "$name") ;; esac
    fi
done < <(targets)
[ ${#generator_tests[@]} -gt 0 ] || fail "found no test of generators: crates/tarae/tests/generator_*.rs"

# Isolation is for programs that must not see the clock or the disk; tests with deadlines see the clock.
under_miri() {
    local flags=$1
    shift
    echo "miri ($flags): $*"
    MIRIFLAGS="-Zmiri-disable-isolation $flags" \
        must_run_tests cargo +nightly miri test -p tarae "$@" -- "${skip_tests[@]}"
}

under_miri "" "${generator_tests[@]}"
under_miri "-Zmiri-tree-borrows" --lib "${tests[@]}"
