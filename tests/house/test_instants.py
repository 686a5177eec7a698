"""Instants that decide something are told with their hour, their zone and UTC, on the command line and in the console."""

import re

import pytest

from tests.house.sources import ROOT

#: The fields of answers that have one.
DECIDING = "expires_at|starts_at|ends_at|opens_at|frozen_at|freezes_at|held_until|former_until|team_merge_deadline"
#: Who is told one, and not with what: `words.time` and `when` are for what has happened.
PLAIN = {
    "agon": re.compile(rf"words\.time\([^()]*\[.(?:{DECIDING}).\]"),
    "console/src": re.compile(
        rf"\b(?:{DECIDING})(?:: (\w+))?\b.*?\b(?:when|moment)\(\1[,)]|\b(?:when|moment)\([^()]*\b(?:{DECIDING})\b"
    ),
}


def plainly_told(program: str) -> list[str]:
    paths = [path for kind in ("py", "ts") for path in sorted((ROOT / program).rglob(f"*.{kind}"))]
    lines = [(path.relative_to(ROOT), line) for path in paths for line in path.read_text().splitlines()]
    return [f"{path}: {line.strip()}" for path, line in lines if PLAIN[program].search(line)]


@pytest.mark.parametrize("program", PLAIN)
def test_no_instant_that_decides_is_told_as_one_that_has_passed(program: str) -> None:
    assert plainly_told(program) == []


@pytest.mark.parametrize(
    ("program", "line"),
    [
        ("agon", "words.time(one['expires_at'])"),
        ("agon", 'words.time(found["ends_at"], "never")'),
        ("console/src", "cell: ({ expires_at: at }) => when(at)"),
        ("console/src", "cell: ({ expires_at: at }) => (at ? when(at) : x)"),
        ("console/src", "html`${moment(phase.ends_at, now)}`"),
    ],
)
def test_a_line_that_tells_one_so_is_found(program: str, line: str) -> None:
    assert PLAIN[program].search(line)
