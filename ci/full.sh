#!/usr/bin/env bash
# Everything of .ci/run, then what takes longer: the tests optimised, a deeper search by loom, more under Miri, ThreadSanitizer,
# minutes of stress and of fuzzing, thousands of deaths, other systems, and the goals.
. "$(dirname "$0")/lib.sh"

bash .ci/run
optimised_tests() {
    CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 must_run_tests cargo test --release "$@"
}
optimised_tests --workspace --tests
LOOM_MAX_PREEMPTIONS=4 TARAE_LOOM_FULL=1 bash ci/loom.sh
MIRI_FULL=1 bash ci/miri.sh
bash ci/tsan.sh
TARAE_STRESS_SECONDS=300 optimised_tests -p tarae --test executor_stress
bash ci/platforms.sh
bash ci/deny.sh
bash ci/fuzz.sh 600
bash ci/soak.sh
bash ci/goals.sh
