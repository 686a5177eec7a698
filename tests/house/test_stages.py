"""The files of stages, infra/stages: what they may say, and that those which are here are good."""

from pathlib import Path

import pytest

from agon.errors import StackFailed
from infra.deploy import hosting, stages
from tests.api.conftest import _template
from tests.house import templates
from tests.house.sources import ROOT

FILES = sorted((ROOT / "infra/stages").glob("*.toml"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_stage_that_is_here_tells_the_template_what_it_asks(path: Path) -> None:
    stage = stages.read(path.parent, path.stem)
    assert stage.stack.keys() <= _template()["Parameters"].keys()
    assert stage.console.keys() <= templates.read(hosting.TEMPLATE)["Parameters"].keys()
    assert stage.stack_name == f"agon-{path.stem}"


def test_what_stands_there_as_a_comment_can_be_said_too(tmp_path: Path) -> None:
    lines = (ROOT / "infra/stages/prod.toml").read_text().splitlines()
    said = [line.removeprefix("# ") if " = " in line else line for line in lines]
    (tmp_path / "red.toml").write_text("\n".join(said))
    stage = stages.read(tmp_path, "red")
    assert stage.watch_minutes == 15 and stage.hosts_console
    assert stage.stack and stage.stack.keys() <= _template()["Parameters"].keys()
    assert stage.console and stage.console.keys() <= templates.read(hosting.TEMPLATE)["Parameters"].keys()


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("Prod", "", "cannot name a stage"),
        ("a" * 31, "", "cannot name a stage"),
        ("red", None, "is not there. Make it, after the pattern of another one: other."),
        ("red", "region = ", "cannot be read"),
        ("red", "regions = 1", "regions is nothing that a stage has"),
        ("red", 'architecture = "mips"', "architecture is one of arm64, x86_64"),
        ("red", 'stack_name = "a_b"', '"a_b" names no stack'),
        ("red", 'python = "3.11"\nsnap_start = true', "Lambda starts Python 3.11 from no snapshot"),
    ],
)
def test_what_is_wrong_with_a_stage_is_a_sentence(tmp_path: Path, name: str, text: str | None, complaint: str) -> None:
    (tmp_path / "other.toml").touch()
    if text is not None:
        (tmp_path / f"{name}.toml").write_text(text)
    with pytest.raises(StackFailed, match=complaint):
        stages.read(tmp_path, name)


def test_numbers_and_switches_are_told_as_cloudformation_takes_them(tmp_path: Path) -> None:
    (tmp_path / "red.toml").write_text('[stack]\nLogDays = 7\nDeletionProtection = false\nMailFrom = "a@b.org"')
    stage = stages.read(tmp_path, "red")
    assert stage.stack == {"LogDays": "7", "DeletionProtection": "false", "MailFrom": "a@b.org"}


def test_a_stack_that_stands_under_another_name_is_a_stages_too_with_its_console(tmp_path: Path) -> None:
    (tmp_path / "red.toml").write_text('stack_name = "agon"')
    stage = stages.read(tmp_path, "red")
    assert (stage.stack_name, stage.console_name) == ("agon", "agon-console")
