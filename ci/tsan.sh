#!/usr/bin/env bash
# The tests of tasks and executors under ThreadSanitizer: data races, at nearly full speed, where Miri and loom see small
# cases. Needs a nightly toolchain with the sources of std, which is built along (it would hide races otherwise), and
# installs it. What is not believed is in tsan-suppressions.txt, with the reason.
. "$(dirname "$0")/lib.sh"

target=x86_64-unknown-linux-gnu
[ "$(rustc -vV | sed -n 's/^host: //p')" = "$target" ] || cannot_check "ThreadSanitizer runs on $target here"
if ! [ -e "$(rustc +nightly --print sysroot 2>/dev/null)/lib/rustlib/src/rust/library/Cargo.lock" ]; then
    echo "the sources of std are missing: installing them"
    rustup toolchain install nightly --profile minimal --component rust-src ||
        cannot_check "no nightly toolchain with rust-src can be had"
fi

tests=()
while read -r crate kind name; do
    case $crate/$kind/$name in
    # It counts what is allocated, which is more where all is slow: an idle worker more often finds the runner's half of a task
    # that its submitter runs, is the last to have the task, and keeps its block. A cost with a bound, and no race.
    tarae/test/task_allocations) ;;
    tarae/test/task | tarae/test/task_* | tarae/test/executor | tarae/test/executor_* | tarae/test/cancel | tarae/test/cancel_* | \
        tarae/test/flow | tarae/test/par_map_*) tests+=(--test "$name") ;;
    esac
done < <(targets)
[ ${#tests[@]} -gt 0 ] || fail "found no test of tasks: crates/tarae/tests/{task,executor}/main.rs"

export RUSTFLAGS="-Zsanitizer=thread -Cunsafe-allow-abi-mismatch=sanitizer"
export TSAN_OPTIONS="suppressions=$PWD/ci/tsan-suppressions.txt halt_on_error=0 exitcode=66"
export TARAE_STRESS_SECONDS=${TARAE_STRESS_SECONDS:-20}
must_run_tests cargo +nightly test -p tarae -Zbuild-std --target "$target" --target-dir target/tsan "${tests[@]}" "$@"
