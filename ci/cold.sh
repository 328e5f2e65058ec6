#!/usr/bin/env bash
# What it costs a user to depend on tarae, with its default features: how many crates are built, and how long that takes into an
# empty folder. The budgets are of the project's goals: seconds on two cores, with a margin for a busy machine.
. "$(dirname "$0")/lib.sh"

most_crates=8
most_seconds=15

crates=$(cargo tree --quiet -p tarae --edges normal,build --prefix none --no-dedupe | awk '{ print $1, $2 }' | sort -u)
count=$(wc -l <<<"$crates")
[ "$count" -lt "$most_crates" ] || fail "the default features take $count crates, and are to take fewer than $most_crates:
$crates"

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cargo fetch --quiet
began=$EPOCHREALTIME
cargo build --quiet -p tarae --target-dir "$folder"
took=$(awk -v began="$began" -v ended="$EPOCHREALTIME" 'BEGIN { printf "%.1f", ended - began }')
echo "default features: $count crates (fewer than $most_crates), built in $took s (at most $most_seconds)"
awk -v took="$took" -v most="$most_seconds" 'BEGIN { exit took > most }' || fail "the build took $took s"
