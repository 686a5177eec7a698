#!/usr/bin/env bash
# typer 0.29.2: a date that is written without hyphens, `20261129`, is taken for seconds since 1970, with a zone and no word.
#
# Until 0.28.0 a parameter of type `datetime` took the three formats that its help lists, and refused all else with them. 0.29
# reads values by pydantic, in which a text of digits is a Unix time: in seconds, or in milliseconds where it is large. So the
# basic form of ISO 8601 and a bare year, which one would expect to be read or refused, become moments of 1970; and what was
# always naive is aware where the value has a zone or is such a number, so that comparing two parameters may raise TypeError.
# `int` parameters take `5.0` as well, and refuse the digits of other scripts that 0.28.0 took.
# Seen below: refused, refused, refused, taken by 0.28.0; 1970-08-23 and 1970-01-01, both aware, 5, refused by 0.29.2.
# Expected by us: what 0.28.0 does, or 2026-11-29 for `20261129`.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >asked.py <<'PY'
from datetime import datetime
from typing import Annotated

import typer


def main(count: Annotated[int, typer.Option()] = 0, day: Annotated[datetime | None, typer.Option()] = None) -> None:
    print(day.isoformat() if day else count)


typer.run(main)
PY
try() {
  "$1/bin/python" asked.py "${@:2}" 2>/dev/null || echo refused
}
check() {
  python3 -m venv "$1"
  "$1/bin/pip" --quiet --disable-pip-version-check install "typer==$1" 2>/dev/null
  seen="$(try "$1" --day 20261129), $(try "$1" --day 2026), $(try "$1" --count 5.0), $(try "$1" --count ٥)"
  echo "typer $1 | --day 20261129, --day 2026, --count 5.0, --count ٥: $seen"
  [[ $seen == "$2" && $(try "$1" --day 2026-11-29) == 2026-11-29T00:00:00 ]]
}
check 0.28.0 "refused, refused, refused, 5"
check 0.29.2 "1970-08-23T12:05:29+00:00, 1970-01-01T00:33:46+00:00, 5, refused"
echo "As described."
