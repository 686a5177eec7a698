#!/usr/bin/env bash
# release.sh VERSION: the version, its dated section of the changelog and what is made of the code, in one commit with a tag.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source infra/setup/say.sh
if [[ -n "$(git status --porcelain)" ]]; then give_up "There are changes that are not committed. A release is made of what is."; fi
python infra/setup/release.py "$@"
PYTHONPATH=. python infra/setup/document.py
git commit --quiet --all --message "Release $1"
git tag --annotate "v$1" --message "Agon $1"
note "This commit is v$1. It is published by: git push --follow-tags"
