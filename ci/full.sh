#!/usr/bin/env bash
# Everything of .ci/run, then what takes longer: a deeper search by loom, and the goals.
. "$(dirname "$0")/lib.sh"

bash .ci/run
LOOM_MAX_PREEMPTIONS=3 bash ci/loom.sh
bash ci/goals.sh
