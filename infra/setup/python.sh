# The virtual environment.

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
  made_from="$(fingerprint requirements.txt requirements-dev.txt constraints.txt pyproject.toml) $(pwd)"
  if is_stamped .venv/agon-stamp "$made_from"; then return; fi
  if ! .venv/bin/python -m pip --version >/dev/null 2>&1; then create_venv; fi
  note "Installing Python packages into .venv (1 to 2 minutes) …"
  quietly .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-input -r requirements-dev.txt
  stamp .venv/agon-stamp "$made_from"
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
