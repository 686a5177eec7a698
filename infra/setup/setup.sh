#!/usr/bin/env bash
# Brings this machine to the point where Agon runs: setup.sh PART..., where a part is one of
#   python    .venv with everything of locks/dev.txt              console   node, and console/dist
#   engine    a Docker engine that answers                        image     the default competition image
#   browser   Chromium, for the console's tests
# A part that is there already costs milliseconds. All it says goes to standard error.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
exec 1>&2 </dev/null

here=infra/setup
source $here/say.sh
source $here/debian.sh
source $here/python.sh
source $here/node.sh
source $here/browser.sh

wants() { [[ " $parts " == *" $1 "* ]]; }

# Asked of every part at once, so that apt runs once.
missing_packages() {
  if wants python; then python_packages; fi
  if wants engine; then engine_packages; fi
  # Tests assemble the runner's own programs anew.
  if wants engine && ! command -v as >/dev/null; then echo binutils; fi
  if wants image && ! command -v debootstrap >/dev/null; then echo debootstrap; fi
  if wants browser; then browser_packages; fi
}

engine_packages() {
  if [[ -S /var/run/docker.sock || -n "${DOCKER_HOST:-}" ]] || command -v dockerd >/dev/null; then return; fi
  # apparmor and ca-certificates are only recommended, yet where the kernel has AppArmor no container starts without it.
  echo docker.io apparmor ca-certificates
}

parts="$*"
# sbin is where dockerd and debootstrap are, and a plain `su` leaves it out.
PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin"
if may_install; then install_packages $(missing_packages); fi
# npm mostly waits for the network, while an image is made.
beside=
for part in "$@"; do
  case $part in
    python) make_venv ;;
    console) build_console & beside=$! ;;
    engine) .venv/bin/python $here/engine.py ;;
    image) .venv/bin/python infra/images/build.py ;;
    browser) find_browser ;;
    *) give_up "There is no part named $part. The parts: python, console, engine, image, browser." ;;
  esac
done
if [[ -n $beside ]]; then wait "$beside"; fi
