#!/usr/bin/env bash
# Every suite: the console's own tests beside pytest, which gets the arguments. They use one processor for half a minute, and
# at pytest's beginning stacks are waited for. What they print comes last: all of it when one failed, else how many passed.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

printed=$(mktemp)
trap 'rm -f "$printed"' EXIT
infra/setup/console_tests.sh >"$printed" 2>&1 &
beside=$!
python -m pytest "$@"
tested=$?
if wait "$beside"; then
  grep -E "(Test Files|Tests) .* passed" "$printed"
else
  tested=1
  cat "$printed"
fi
exit "$tested"
