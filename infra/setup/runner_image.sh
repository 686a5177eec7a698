#!/usr/bin/env bash
# Builds the runner's image: runner_image.sh [TAG] [BASE]. BASE is any image of Linux with glibc and Python 3.11 or newer.
# Packages are fetched here, where pip knows its way, for the Python in BASE: the build itself has no network.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
tag=${1:-agon.internal/runner}
base=${2:-python:3.12-slim}
context=build/runner-image

source infra/setup/say.sh
source infra/setup/python.sh
source infra/setup/own_wheel.sh
export PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_QUIET=1

find_pip() {
  local python
  for python in .venv/bin/python "$(find_python)"; do
    if "${python:-false}" -m pip --version >/dev/null 2>&1; then
      echo "$python -m pip"
      return
    fi
  done
}

# What the packages must fit, such as "3.12 x86_64".
target() {
  docker run --rm --network none --entrypoint python3 "$base" \
    -c 'import platform as p; print(*p.python_version_tuple()[:2], sep=".", end=" "); print(p.machine())'
}

# With what the own package is built with, because pip looks nowhere else then.
fetch_packages() {
  note "Fetching the runner's packages for Python $1 on $2 …"
  quietly $pip download --dest $context/packages --require-hashes --no-deps --requirement locks/runner.txt --only-binary=:all: \
    --python-version "$1" --platform "manylinux_2_28_$2" --platform "manylinux2014_$2"
}

pip=$(find_pip)
if [[ -z $pip ]]; then give_up "Python 3.11 or newer with pip is missing: $(python_advice), and repeat."; fi
if ! fits=$(target); then give_up "$base cannot be had, or has no python3."; fi
made_from="$(fingerprint locks/runner.txt) $fits"
if ! is_stamped $context/stamp "$made_from"; then
  rm -rf $context
  fetch_packages $fits
  stamp $context/stamp "$made_from"
fi
# Docker's cache knows it, for its bytes are the same each time.
own_wheel $context/packages --find-links $context/packages
cp infra/images/runner/Dockerfile $context/
quietly docker build --network none --tag "$tag" --build-arg BASE="$base" $context
note "Built $tag on $base."
