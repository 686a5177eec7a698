#!/usr/bin/env bash
# Packages the stack into the folder $1: sam.yaml and deployment.zip, the same that go to AWS and to the local stack.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
mkdir -p "$1"
out=$(cd "$1" && pwd)
# From a clean copy, because Chalice packs __pycache__ too. It stays, so that dependencies are downloaded once.
copy=.cache/package
rm -rf $copy/{app.py,chalicelib,infra,requirements.txt,constraints.txt,template.yaml,.chalice/config.json}
mkdir -p $copy
tar --exclude=__pycache__ --exclude=.chalice/deployments -c \
  app.py chalicelib requirements.txt constraints.txt template.yaml .chalice infra/policies | tar -x -C $copy
cd $copy
AWS_DEFAULT_REGION="${AWS_DEFAULT_REGION:-eu-west-1}" \
  chalice package --stage aws --template-format yaml --merge-template template.yaml "$out" >&2
