#!/usr/bin/env bash
# Packages the stack into the folder $1: sam.yaml and deployment.zip, the same that go to AWS and to the local stack.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source infra/setup/say.sh
mkdir -p "$1"
out=$(cd "$1" && pwd)
# From a clean copy, and with no bytecode but what is made here, because Chalice packs __pycache__ too, and everything in a
# folder named vendor.
copy=.cache/package
made_from="$(fingerprint locks/function.txt infra/setup/vendor.py infra/setup/package.sh) $(python --version)"

if ! is_stamped $copy/vendor.stamp "$made_from"; then
  rm -rf $copy
  note "Fetching the functions' packages …"
  python infra/setup/vendor.py $copy/vendor >&2
  # Here and not by settle.py, which compiles the rest: packages seldom change.
  python -m compileall -qq --invalidation-mode unchecked-hash -s $copy/vendor -p /var/task $copy/vendor
  stamp $copy/vendor.stamp "$made_from"
fi
rm -rf $copy/{app.py,chalicelib,infra,template.yaml,.chalice}
tar --exclude=__pycache__ --exclude=.chalice/deployments -c app.py chalicelib template.yaml .chalice infra/policies | tar -x -C $copy
# Which tests/house holds to the code. See routes/document.py.
cp console/openapi.json $copy/chalicelib/openapi.json
(
  cd $copy
  AWS_DEFAULT_REGION="${AWS_DEFAULT_REGION:-eu-west-1}" PYTHONDONTWRITEBYTECODE=1 \
    chalice package --stage aws --template-format yaml --merge-template template.yaml "$out" >&2
)
python infra/setup/settle.py "$out/deployment.zip"
