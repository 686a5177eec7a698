#!/usr/bin/env bash
# The console's own tests, where it has some. In a folder without node_modules `make setup` comes first.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
if [[ -f console/package.json ]] && grep -q '"test":' console/package.json; then
  npm --silent --prefix console run test </dev/null
fi
