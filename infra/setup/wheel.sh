#!/usr/bin/env bash
# wheel.sh ADDRESS: build/wheel, a folder to be served at ADDRESS, from which people and machines install Agon by hashes.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source infra/setup/say.sh
source infra/setup/own_wheel.sh
address=${1:-}
if [[ ! $address =~ ^https://[^[:space:]\'\"]+$ ]]; then give_up 'Say where the folder will be served: make wheel ARGS=https://files.example.org/agon'; fi

pip=".venv/bin/python -m pip --disable-pip-version-check"
folder=build/wheel
rm -rf $folder && mkdir -p $folder
own_wheel $folder --no-build-isolation
wheel=$(basename $folder/*.whl)

sha256_of() { .venv/bin/python -c 'import hashlib, sys; print(hashlib.sha256(open(sys.argv[1], "rb").read()).hexdigest())' "$1"; }

hash=$(sha256_of "$folder/$wheel")
{
  echo "# What a runner is installed of: pip install --require-hashes -r runner.txt"
  echo "agon-competitions[runner] @ ${address%/}/$wheel --hash=sha256:$hash"
  grep -v '^#' locks/runner.txt
} >$folder/runner.txt

note "Serve build/wheel at $address."
note "The command line: pip install 'agon-competitions @ ${address%/}/$wheel#sha256=$hash'"
note "A runner: ${address%/}/runner.txt, of which the sha256 is $(sha256_of $folder/runner.txt)"
