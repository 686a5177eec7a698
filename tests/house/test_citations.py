"""What docstrings cite can be opened: each section that is named is a heading of docs/formats.md or docs/peers.md."""

import re
import subprocess

import pytest

from tests.house.sources import ROOT

DOCUMENTS = {"FORMATS": "docs/formats.md", "PEERS": "docs/peers.md"}
_NUMBER = r"\d+(?:\.\d+)?"
#: "FORMATS 0, 2.1 and 2.2" names three.
_CITATION = re.compile(rf"\b(FORMATS|PEERS) ({_NUMBER}(?:(?:, | and ){_NUMBER})*)")


def cited() -> dict[str, set[tuple[str, str]]]:
    """The sections of each document that tracked files name, with the files."""
    found: dict[str, set[tuple[str, str]]] = {name: set() for name in DOCUMENTS}
    listed = subprocess.run(["git", "grep", "-lE", "FORMATS|PEERS"], cwd=ROOT, capture_output=True, text=True, check=True)
    for path in listed.stdout.split():
        for name, numbers in _CITATION.findall((ROOT / path).read_text("utf-8")):
            found[name] |= {(number, path) for number in re.findall(_NUMBER, numbers)}
    return found


def headings(document: str) -> list[str]:
    return re.findall(rf"^## ({_NUMBER}) ", (ROOT / document).read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_each_section_that_is_cited_is_there_and_nothing_else(name: str) -> None:
    there, wanted = headings(DOCUMENTS[name]), cited()[name]
    assert wanted, f"Nothing cites {name}."
    assert sorted((number, path) for number, path in wanted if number not in there) == []
    assert sorted(set(there) - {number for number, _ in wanted}) == []
    assert len(there) == len(set(there))
