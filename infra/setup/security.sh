#!/usr/bin/env bash
# Looks for what is unsafe in the templates, by checkov in an environment of its own. What it is told to leave stands, each
# with its reason, in security.yaml.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source infra/setup/say.sh
home=.cache/security
made_from="$(fingerprint locks/security.txt) $(python --version)"

if ! is_stamped $home/stamp "$made_from"; then
  note "Installing checkov into $home (up to a minute) …"
  rm -rf $home
  python -m venv $home
  .venv/bin/uv pip install --quiet --python $home/bin/python --require-hashes -r locks/security.txt 2>/dev/null ||
    quietly $home/bin/python -m pip install --quiet --disable-pip-version-check --no-input --require-hashes -r locks/security.txt
  stamp $home/stamp "$made_from"
fi
infra/setup/package.sh build/stack
$home/bin/checkov --config-file infra/setup/security.yaml --file build/stack/sam.yaml infra/console.yaml infra/runner-host/fleet.yaml
