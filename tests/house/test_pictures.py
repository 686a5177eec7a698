"""Whether CI tells of a page of the console without a picture: see tests/console/pages.py."""

from pathlib import Path

import pytest

from tests.console import pages


def test_each_page_has_a_picture_of_its_own_name() -> None:
    assert len(pages.PATTERNS) > 60
    assert len({pages.file_of(pattern) for pattern in pages.PATTERNS}) == len(pages.PATTERNS)


def test_silence_when_every_page_left_its_picture(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for pattern in pages.PATTERNS:
        (tmp_path / f"{pages.file_of(pattern)}.jpeg").touch()
    assert pages.main(tmp_path) == 0
    assert capsys.readouterr().out == ""


def test_a_page_without_a_picture_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for pattern in pages.PATTERNS[1:]:
        (tmp_path / f"{pages.file_of(pattern)}.jpeg").touch()
    assert pages.main(tmp_path) == 1
    assert capsys.readouterr().out.startswith("No test has left a picture of / (")
