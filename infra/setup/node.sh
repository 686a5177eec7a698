# Node and the console that it builds.

build_console() {
  [[ -f console/package.json ]] || return 0
  local made_from
  made_from=$(console_fingerprint)
  if [[ -f console/dist/index.html ]] && is_stamped console/node_modules/.agon-built "$made_from"; then return; fi
  provide_node
  install_console_packages
  note "Building the console …"
  quietly npm --prefix console run build
  quietly .venv/bin/python -m mkdocs build --quiet --config-file infra/manual/mkdocs.yml
  stamp console/node_modules/.agon-built "$made_from"
}

install_console_packages() {
  local made_from
  made_from="$(fingerprint console/package.json console/package-lock.json)"
  if is_stamped console/node_modules/.agon-installed "$made_from"; then return; fi
  note "Installing the console's packages with npm …"
  quietly npm --prefix console ci --no-audit --no-fund
  stamp console/node_modules/.agon-installed "$made_from"
}

# Of what is written by hand, and of the manual's pages: the API's types are made anew by each build.
console_fingerprint() {
  local files
  files=$(find console docs examples infra/manual *.md \( -name node_modules -o -name dist -o -name test-results -o -name schema.d.ts \) -prune -o -type f -print | sort)
  fingerprint $files
}

# The machine's own node where it is new enough, else one from PyPI: no other registry is needed.
provide_node() {
  PATH="$(pwd)/.venv/bin:$PATH"
  if node_is_new_enough; then return; fi
  note "Installing Node.js into .venv …"
  quietly .venv/bin/python -m pip install $QUIET_PIP --require-hashes -r locks/node.txt
  hash -r
  node_is_new_enough || give_up "Node.js 20.19 or newer with npm 11 is missing: install it from your system, and repeat."
}

node_is_new_enough() {
  # npm 10 trips over Vite 8's optional platform packages.
  node -e 'const [a, b] = process.versions.node.split("."); process.exit(a > 20 || (a == 20 && b >= 19) ? 0 : 1)' \
    2>/dev/null && (($(npm --version 2>/dev/null | cut -d. -f1) >= 11))
}
