#!/usr/bin/env bash
# task_instructions.sh [ROW]: how many instructions a task costs, of all threads (rows: bench/src/task/batches.rs; `ours`
# if none is named), and where they go. For who makes it cheaper: seconds, where `ci/budgets.sh` measures everything.
. "$(dirname "$0")/lib.sh"

row=${1:-ours}
need_valgrind || fail "valgrind is missing and could not be installed"
cargo build --quiet --release --manifest-path bench/Cargo.toml --bin batches
measured=bench/target/measured/task_instructions
mkdir -p "$measured"

# Instructions of a whole run of so many tasks.
instructions() {
    local log=$measured/$row.$1.log
    valgrind --tool=callgrind --callgrind-out-file="$measured/$row.$1" bench/target/release/batches "$row" "$1" \
        2>"$log" || { cat "$log" >&2; fail "the run of $1 tasks failed"; }
    sed -n 's/.*Collected : //p' "$log"
}

few=$(instructions 2000)
many=$(instructions 22000)
callgrind_annotate "$measured/$row.22000" | awk '/file:function/ { from = NR } from && NR < from + 40'
echo "$row: $(((many - few) / 20000)) instructions a task"
echo "by line: callgrind_annotate --auto=yes $measured/$row.22000"
