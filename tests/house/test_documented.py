"""Which lines of docs/administrators.md are not run as they stand (tests/system/test_administrators_page.py)."""

import re

from tests.documented import BLOCKS, INSTEAD
from tests.house.sources import ROOT


def test_exceptions_are_few_and_still_stand_on_the_page() -> None:
    assert len(INSTEAD) <= 4
    lines = [line for block in BLOCKS for line in block.splitlines()]
    for begin, (instead, reason) in INSTEAD.items():
        assert [line for line in lines if line.startswith(begin)], f"{begin} is on the page no more"
        assert instead and reason


def test_every_command_of_the_page_is_in_a_block_that_runs() -> None:
    # Blocks of another language say which.
    assert len(BLOCKS) >= 10
    assert {line.split()[0] for block in BLOCKS for line in block.splitlines() if not line.startswith(" ")} <= {
        "agon", "agon-runner", "aws", "docker", "export", "make", "mv", "python3", "sed", "sha256sum",
    }  # fmt: skip


def test_each_block_is_run() -> None:
    test = (ROOT / "tests/system/test_administrators_page.py").read_text()
    run = re.findall(r'\brun\(\s*"([^"]+)"', test)
    assert [block for block in BLOCKS if not any(block.startswith(begin) for begin in run)] == []
