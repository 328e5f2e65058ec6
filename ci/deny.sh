#!/usr/bin/env bash
# Licences, sources and versions of all that is depended upon, by deny.toml. Known faults too, if TARAE_ADVISORIES is set: their
# list must be fetched. Needs cargo-deny, and installs it, which takes minutes.
. "$(dirname "$0")/lib.sh"

need_cargo_deny || cannot_check "no cargo-deny can be had"
checks=(bans licenses sources)
[ -z "${TARAE_ADVISORIES:-}" ] || checks+=(advisories)
for manifest in Cargo.toml bench/Cargo.toml fuzz/Cargo.toml; do
    cargo deny --manifest-path "$manifest" --config deny.toml --log-level error check --hide-inclusion-graph "${checks[@]}"
done
