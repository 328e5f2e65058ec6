#!/usr/bin/env bash
# What the pages promise: links that resolve, code that something runs, commands that are there, numbers with their command.
. "$(dirname "$0")/lib.sh"

python3 ci/pages.py
