# The virtual environment.

QUIET_PIP="--quiet --disable-pip-version-check --no-input"

find_python() {
  local name
  for name in python3 python3.13 python3.12 python3.11; do
    if "$name" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
      echo "$name"
      return
    fi
  done
}

python_packages() {
  if [[ -x .venv/bin/python || -n "$(find_python)" ]]; then return; fi
  # Ubuntu 22.04's own python3 is 3.10; it has a newer one beside it.
  if grep -qs '^VERSION_CODENAME=jammy' /etc/os-release; then
    echo python3.11 python3.11-venv
  else
    echo python3 python3-venv
  fi
}

make_venv() {
  local made_from
  made_from="$(fingerprint locks/dev.txt pyproject.toml setup.py chalicelib/contract/version.py) $(pwd)"
  if is_stamped .venv/agon-stamp "$made_from"; then return; fi
  if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then create_venv; fi
  note "Installing Python packages into .venv (up to a minute) …"
  install_locked
  # Nothing is fetched for it: what it is built with is locked, too.
  quietly .venv/bin/python -m pip install $QUIET_PIP --no-deps --no-build-isolation --no-index --editable .
  stamp .venv/agon-stamp "$made_from"
}

# uv does in seconds what takes pip minutes. Where it cannot be had, or knows no way to the index that pip knows, pip does it.
install_locked() {
  local pip=".venv/bin/python -m pip install $QUIET_PIP --require-hashes"
  if $pip -r <(sed -n '/^uv==/,/# via/p' locks/dev.txt) >/dev/null 2>&1 &&
    .venv/bin/uv pip install --quiet --compile-bytecode --python .venv/bin/python --require-hashes -r locks/dev.txt 2>/dev/null; then return; fi
  quietly $pip -r locks/dev.txt
}

create_venv() {
  local python
  python=$(find_python)
  if [[ -z $python ]]; then
    give_up "Python 3.11 or newer with venv is missing: $(python_advice), and repeat."
  fi
  quietly "$python" -m venv --clear .venv
}

python_advice() {
  if [[ $(uname) == Darwin ]]; then
    echo "brew install python@3.13"
  else
    echo "sudo apt-get install python3 python3-venv (Ubuntu 22.04: python3.11 python3.11-venv)"
  fi
}
