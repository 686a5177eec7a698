#!/usr/bin/env bash
# Writes locks/ anew from the ranges in pyproject.toml, for every system and Python at once. What still fits stays as it is;
# lock.sh --upgrade takes the newest that fits, lock.sh --upgrade-package NAME of one package.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# lock NAME WHAT... : the file names no index, so that each machine asks its own.
lock() {
  local name=$1
  shift
  UV_CUSTOM_COMPILE_COMMAND="make lock" .venv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
    --no-emit-index-url --no-emit-find-links --output-file "locks/$name.txt" "$@" >/dev/null
}

# The next two are parts of the first, so that each package has one version.
lock dev pyproject.toml --all-extras --group dev --group image "$@"
lock runner pyproject.toml --extra runner --group image --constraints locks/dev.txt
lock function --group function --constraints locks/dev.txt
lock security --group security "$@"
# Only where the machine has no Node.
lock node --group node "$@"
