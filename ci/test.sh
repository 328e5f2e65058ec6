#!/usr/bin/env bash
# Every test of the library: unit tests, the tests of its promises, the examples in the documentation.
. "$(dirname "$0")/lib.sh"

must_run_tests cargo test --workspace "$@"
