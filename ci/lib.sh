# What the checks share. Each begins with `. "$(dirname "$0")/lib.sh"`: strict mode, the repository's root, these functions.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# A check builds once: what would make the next build faster only costs time.
export CARGO_INCREMENTAL=0

# Says something that must not be overlooked.
loudly() {
    printf '\n!!! %s\n\n' "$*" >&2
}

fail() {
    loudly "$(basename "$0"): $*"
    exit 1
}

# A check that cannot run here: a failure in CI, where somebody counts on it; loud elsewhere.
cannot_check() {
    if [ "${CI:-}" = true ]; then
        fail "could NOT check: $*"
    fi
    loudly "$(basename "$0"): NOT CHECKED: $*"
    exit 0
}

# Runs a command that runs tests, and fails if it ran none: `cargo test` is content with nothing.
must_run_tests() {
    local log passed
    log=$(mktemp)
    "$@" 2>&1 | tee "$log"
    passed=$(tests_passed "$log")
    rm -f "$log"
    [ "$passed" -gt 0 ] || fail "ran no test: $*"
}

# How many tests passed, by the closing lines of `cargo test` in a file.
tests_passed() {
    sed -n 's/^test result: [a-zA-Z]*\. \([0-9]*\) passed.*/\1/p' "$1" | awk '{ sum += $1 } END { print sum + 0 }'
}

# Runs two commands at the same time, prints what each said, and fails if one did.
both() {
    local first second failed=
    first=$(mktemp) second=$(mktemp)
    "$1" >"$first" 2>&1 &
    local pid=$!
    "$2" >"$second" 2>&1 &
    local other=$!
    wait "$pid" || failed=$1
    cat "$first"
    wait "$other" || failed=$2
    cat "$second"
    rm -f "$first" "$second"
    [ -z "$failed" ] || fail "$failed failed"
}

# Runs a command as root, if that can be had without asking.
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        sudo -n "$@"
    else
        return 1
    fi
}

# Valgrind, installed if it is missing; fails if it cannot be had.
need_valgrind() {
    command -v valgrind >/dev/null && return
    echo "valgrind is missing: installing it"
    as_root apt-get update -q >/dev/null && as_root apt-get install -y -q valgrind >/dev/null
    command -v valgrind >/dev/null
}

# Sets TOOL to the folder of a program of a version, which cargo installs if it is missing. Kept outside the work tree, so that a
# fresh clone finds it; TARAE_TOOLS says where. Not optimised: what it runs does the work.
need_tool() {
    local name=$1 version=$2
    local folder=${TARAE_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/tarae-tools}/$name-$version
    if [ ! -x "$folder/bin/$name" ]; then
        echo "$name $version is missing: installing it"
        cargo install --quiet --locked --debug --root "$folder" --version "=$version" "$name" || return 1
    fi
    TOOL=$folder/bin
}

# Sets GUNGRAUN_RUNNER to a runner of the version that bench/ uses.
need_gungraun_runner() {
    local version
    version=$(cargo pkgid --manifest-path bench/Cargo.toml gungraun)
    need_tool gungraun-runner "${version##*[@#]}" && export GUNGRAUN_RUNNER=$TOOL/gungraun-runner
}

# cargo-fuzz, in PATH.
need_cargo_fuzz() {
    need_tool cargo-fuzz 0.13.2 && export PATH=$TOOL:$PATH
}

# cargo-deny, in PATH.
need_cargo_deny() {
    need_tool cargo-deny 0.20.2 && export PATH=$TOOL:$PATH
}

# Sets PYTHON to a CPython of at least the version that goals name: $TARAE_PYTHON, or the first one found; fails if there
# is none.
need_python() {
    local python version
    for python in "${TARAE_PYTHON:-}" python3.13 python3 $(pyenv_pythons); do
        version='import sys; sys.exit(sys.implementation.name != "cpython" or sys.version_info < (3, 13))'
        if [ -n "$python" ] && "$python" -c "$version" 2>/dev/null; then
            PYTHON=$python
            return
        fi
    done
    return 1
}

# What pyenv has installed, newest first: `python3` alone is the one that it has chosen.
pyenv_pythons() {
    command -v pyenv >/dev/null || return 0
    local version
    for version in $(pyenv versions --bare | sort --version-sort --reverse); do
        echo "$(pyenv prefix "$version")/bin/python3"
    done
}

# Sets PYTHON to one beside it that has the executor loky, installing it if it is missing; fails, and leaves PYTHON as it was,
# if it cannot be had. After need_python.
need_loky() {
    local version=3.7.0 tools
    tools=${TARAE_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/tarae-tools}/loky-$version
    if ! "$tools/bin/python" -c 'import loky' 2>/dev/null; then
        echo "loky $version is missing: installing it"
        "$PYTHON" -m venv --clear "$tools" && "$tools/bin/python" -m pip install --quiet "loky==$version" || return 1
    fi
    PYTHON=$tools/bin/python
}

# What measured numbers are of: the last commit that changed anything but the report that they are shown in, so that they are still
# of it when that has been committed; and after a + what tells changes that are not committed from others.
measured_commit() {
    local others=(-- . ':!docs/bench') changes
    changes=$(git diff HEAD "${others[@]}" && git ls-files --others --exclude-standard "${others[@]}" | git hash-object --stdin-paths)
    git log -1 --format=%H "${others[@]}" | tr -d '\n'
    [ -z "$changes" ] || printf '+%.7s' "$(git hash-object --stdin <<<"$changes")"
    echo
}

# Counts the instructions of some benchmarks (a glob of their names) into a folder.
count_instructions() {
    local log
    log=$(mktemp)
    if ! GUNGRAUN_HOME=$2/gungraun cargo bench --quiet --manifest-path bench/Cargo.toml --bench "$1" \
        -- --save-summary=json >"$log" 2>&1; then
        cat "$log" >&2
        rm -f "$log"
        fail "the instruction benchmarks failed"
    fi
    rm -f "$log"
}

# `CRATE KIND NAME` for each target of the workspace: its library, tests, examples.
targets() {
    cargo metadata --format-version 1 --no-deps | python3 -c '
import json, sys
for package in json.load(sys.stdin)["packages"]:
    for target in package["targets"]:
        print(package["name"], target["kind"][0], target["name"])'
}
