# Debian and Ubuntu packages.

may_install() { [[ "$(id -u)" == 0 && -f /etc/debian_version ]] && command -v apt-get >/dev/null; }

# install_packages NAME... : nothing to install, nothing happens. NAME|OTHER: OTHER where there is no NAME.
install_packages() {
  (($#)) || return 0
  note "Installing ${*//|/ or } with apt-get (1 to 2 minutes) …"
  # A stranger's repository that does not answer is no reason to stop: the installation decides.
  apt update >/dev/null 2>&1 || note "apt-get update complained; going on."
  local names=() name
  for name in "$@"; do names+=("$(first_known ${name//|/ })"); done
  quietly apt install --yes --no-install-recommends "${names[@]}"
}

first_known() {
  local name
  for name in "$@"; do
    if apt-cache show "$name" >/dev/null 2>&1; then break; fi
  done
  echo "$name"
}

apt() { DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=900 -o Acquire::Retries=3 "$@"; }
