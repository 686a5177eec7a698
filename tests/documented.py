"""The shell blocks of docs/administrators.md, and those few of their lines that cannot run as they stand."""

import re

from tests.house.sources import ROOT

PAGE = (ROOT / "docs/administrators.md").read_text()
BLOCKS = re.findall(r"^```\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
#: What runs in place of a line that begins so, and why.
INSTEAD = {
    "docker push ": ("docker rmi ghcr.io/lab/competition:1", "a registry, which is outside"),
    "agon-runner run": ("agon-runner systemd", "it runs until it is stopped; tests/system has real ones"),
    "agon sites trust ": ("agon sites trust --help", "another site, by TLS; tests/system/test_two_sites.py has one"),
    "agon sites distrust ": ("agon sites distrust --help", "the same"),
}


def script(block: str, replaced: dict[str, str]) -> str:
    """A block with these in place of what the page has in capitals."""
    lines = [
        next((run for begin, (run, _) in INSTEAD.items() if line.startswith(begin)), line) for line in block.splitlines()
    ]
    text = "\n".join(lines)
    for told, word in sorted(replaced.items(), key=lambda one: -len(one[0])):
        text = re.sub(rf"(?<![\w-]){re.escape(told)}(?![\w-])", lambda _, word=word: word, text)
    return text
