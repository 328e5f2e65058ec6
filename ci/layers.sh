#!/usr/bin/env bash
# Modules of the library import downwards, never in a circle.
. "$(dirname "$0")/lib.sh"

python3 ci/layers.py crates/tarae/src
