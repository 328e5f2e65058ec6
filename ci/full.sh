#!/usr/bin/env bash
# Everything of .ci/run, then what takes longer: a deeper search by loom, and the goals.
. "$(dirname "$0")/lib.sh"

bash .ci/run
if grep -q '^    loom$' .ci/run; then
    LOOM_MAX_PREEMPTIONS=3 bash ci/loom.sh
fi
bash ci/goals.sh
