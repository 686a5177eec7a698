#!/usr/bin/env bash
# package.sh FOLDER [PYTHON ARCHITECTURE [snap-start]]: sam.yaml and deployment.zip, for a Python of Lambda's (3.13) on x86_64 or arm64.
# Without these, for the Python that is here: for an emulator on this machine.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source infra/setup/say.sh
mkdir -p "$1"
out=$(cd "$1" && pwd)
version=${2:-$(python -c 'import sys; print(*sys.version_info[:2], sep=".")')}
architecture=${3:-x86_64}
# From a clean copy, and with no bytecode but what is made here, because Chalice packs __pycache__ too, and everything in a
# folder named vendor.
copy=.cache/package
if (($# > 1)); then copy=.cache/package-$version-$architecture; fi

# Bytecode is good for the Python alone that made it.
find_compiler() {
  local name
  for name in python "python$version" "$(uv python find "$version" 2>/dev/null || true)"; do
    if "${name:-false}" -c "import sys; sys.exit('%d.%d' % sys.version_info[:2] != '$version')" 2>/dev/null; then
      echo "$name"
      return
    fi
  done
}

compiler=$(find_compiler)
if [[ -z $compiler ]]; then
  note "Python $version is not here, so the package has no bytecode and each cold start compiles. .venv/bin/uv python install $version brings it."
fi
made_from="$(fingerprint locks/function.txt infra/setup/vendor.py infra/setup/package.sh) $version $architecture ${compiler:+with bytecode}"

if ! is_stamped $copy/vendor.stamp "$made_from"; then
  rm -rf $copy
  note "Fetching the functions' packages …"
  python infra/setup/vendor.py $copy/vendor "$version" "$architecture" >&2
  # Here and not by settle.py, which compiles the rest: packages seldom change. Their sources stay here (-b): bytecode in
  # their place is read as well, and whoever looks for a fault in them has the lock.
  if [[ -n $compiler ]]; then
    "$compiler" -m compileall -qq -b --invalidation-mode unchecked-hash -s $copy/vendor -p /var/task $copy/vendor
    find $copy/vendor -name '*.py' -delete
  fi
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
python infra/setup/target.py "$out/sam.yaml" "$version" "$architecture" "${4:-}"
if [[ -n $compiler ]]; then
  "$compiler" infra/setup/settle.py "$out/deployment.zip"
else
  python infra/setup/settle.py "$out/deployment.zip" --without-bytecode
fi
