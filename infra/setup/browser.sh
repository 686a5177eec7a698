# Chromium, for the console's tests. Tests look on the PATH, where make puts .venv/bin first, for the build that has no windows and
# costs a third of what the whole one does, then for `chromium`.

has_browser() { [[ -x .venv/bin/chromium ]] || command -v chromium-headless-shell chromium >/dev/null; }

browser_packages() {
  has_browser && return
  # Ubuntu's package only asks for a snap, which no container and few servers have.
  if grep -qs '^ID=debian' /etc/os-release; then echo 'chromium-headless-shell|chromium' fonts-dejavu-core; fi
}

find_browser() {
  has_browser && return
  local other
  for other in chromium-browser google-chrome google-chrome-stable \
    "/Applications/Chromium.app/Contents/MacOS/Chromium" \
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    if "$other" --version >/dev/null 2>&1; then
      link_browser "$(command -v "$other")"
      return
    fi
  done
  if may_install; then download_browser; fi
  has_browser || give_up "Chromium is missing: $(browser_advice), and repeat. \`make test-fast\` does without."
}

# Where the distribution has none: the build that Playwright brings, with the libraries that it needs.
download_browser() {
  note "Downloading Chromium (1 to 2 minutes) …"
  quietly .venv/bin/python -m playwright install --with-deps chromium
  link_browser "$(.venv/bin/python -c 'from playwright.sync_api import sync_playwright as start
with start() as playwright: print(playwright.chromium.executable_path)')"
}

# A script and no link: a browser looks for its libraries beside the file that it was started as.
link_browser() {
  printf '#!/bin/sh\nexec "%s" "$@"\n' "$1" >.venv/bin/chromium
  chmod +x .venv/bin/chromium
}

browser_advice() {
  if [[ $(uname) == Darwin ]]; then echo "brew install --cask chromium"; else echo "sudo apt-get install chromium-headless-shell"; fi
}
