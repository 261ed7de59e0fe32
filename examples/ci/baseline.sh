#!/usr/bin/env bash
# A run that fails on violations, a baseline that makes it pass, and a new violation that fails again.
# Usage: examples/ci/baseline.sh [FOLDER]   (needs `checker` on the PATH)
set -uo pipefail
cd "$(dirname "$0")/../.."
work=${1:-$(mktemp -d)}
as_of=2026-01-31T18:00:00+09:00
head -n 20 examples/canonical_events.jsonl > "$work/before.jsonl"  # as much as was known on the first day
cp examples/canonical_events.jsonl "$work/after.jsonl"

run() { checker check "$@" --as-of "$as_of" --format github > "$work/out.txt" 2> "$work/err.txt"; echo "exit $?: checker check ${*//"$work"\//}"; }

run "$work/after.jsonl"
checker baseline write "$work/baseline.json" "$work/after.jsonl" --as-of "$as_of" 2> /dev/null
run "$work/after.jsonl" --baseline "$work/baseline.json"
checker baseline write "$work/old.json" "$work/before.jsonl" --as-of "$as_of" 2> /dev/null
run "$work/after.jsonl" --baseline "$work/old.json"
