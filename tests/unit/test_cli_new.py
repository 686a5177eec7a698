"""`agon new`: a template becomes a competition of one's own."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from agon import archive, templates
from chalicelib.domain.bundle.check import bundle_of_archive
from chalicelib.domain.bundle.model import Bundle
from tests.unit import fake_api
from tests.unit.command_line import CommandLine

TODAY = date(2026, 11, 24)
TEMPLATES = pytest.mark.parametrize("template", templates.listed())


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        yield CommandLine(tmp_path, api)


def read(folder: Path) -> Bundle:
    with archive.packed(templates.bundle_of(folder)) as packed, packed.open("rb") as file:
        reading = bundle_of_archive(file)
    assert (reading.errors, reading.warnings) == ((), ())
    assert reading.bundle
    return reading.bundle


def test_templates_are_listed_from_the_simplest_on_each_with_a_line(agon):
    listed = agon("new", "--json").json["templates"]
    assert [one["name"] for one in listed] == list(templates.listed()) == [*agon_folders()]
    assert listed[0]["name"] == "results_only" and all(10 < len(one["description"]) <= 70 for one in listed)
    shown = agon("new", "--list").out
    assert shown == agon("new").out and all(one["name"] in shown for one in listed)


def agon_folders() -> list[str]:
    assert templates.FOLDER
    folders = {path.parent.name for path in templates.FOLDER.glob("*/README.md")}
    return sorted(folders, key=list(templates.listed()).index)


@TEMPLATES
def test_a_copy_is_called_as_told_begins_today_and_can_be_imported(template, tmp_path):
    templates.copy(template, tmp_path / "mine", 'Tides: the "second" # 2', TODAY)
    bundle = read(tmp_path / "mine")
    assert bundle.title == 'Tides: the "second" # 2'
    midnight = datetime(2026, 11, 24, tzinfo=UTC)
    assert bundle.phases[0].start == midnight
    for phase, following in zip(bundle.phases, bundle.phases[1:], strict=False):
        # EvalAI's last a second less.
        assert phase.end and timedelta(0) <= following.start - phase.end <= timedelta(seconds=1)
    end = bundle.phases[-1].end
    assert end is None or midnight + timedelta(days=90) <= end < midnight + timedelta(days=366)


@TEMPLATES
def test_nothing_but_title_and_dates_is_changed(template, tmp_path):
    templates.copy(template, tmp_path / "mine", "Mine", TODAY)
    was, now = (templates.bundle_of(one) for one in (templates.source(template), tmp_path / "mine"))
    files = [path.relative_to(now) for path in now.rglob("*") if path.is_file()]
    [manifest] = [path for path in files if (was / path).read_bytes() != (now / path).read_bytes()]
    assert manifest.name in ("competition.yaml", "challenge_config.yaml", "agon.yaml")
    before, after = ((one / manifest).read_text().splitlines() for one in (was, now))
    changed = [new.split(":")[0].strip() for old, new in zip(before, after, strict=True) if old != new]
    assert set(changed) <= {"title", "start", "end", "start_date", "end_date"} and "title" in changed


def test_dates_keep_their_order_their_distances_and_what_stands_behind_them():
    text = "  - start: 2026-01-01\n    end: 2026-01-15  # two weeks\n  - start: 2026-01-15\n    end: 2099-01-01\n"
    moved = "  - start: 2026-11-24\n    end: 2026-12-08  # two weeks\n  - start: 2026-12-08\n    end: 2027-03-08\n"
    assert templates.dated(text, TODAY) == moved
    assert templates.dated("day: 2026-01-01\n", TODAY) == "day: 2026-01-01\n"
    to_the_second = "start_date: 2026-01-01 00:00:00\nend_date: 2026-01-03 23:59:59 # late\n"
    assert templates.dated(to_the_second, TODAY) == "start_date: 2026-11-24 00:00:00\nend_date: 2026-11-26 23:59:59 # late\n"


def test_it_ends_with_the_commands_that_come_next(agon, tmp_path):
    ran = agon("new", "results_only", str(tmp_path / "my tides"), "--title", "My tides")
    assert ran.code == 0 and "“My tides”" in ran.out
    folder = f"'{tmp_path / 'my tides' / 'bundle'}'"
    steps = [line.strip() for line in ran.out.splitlines() if line.startswith("  agon ")]
    assert [step.partition("   ")[0] for step in steps] == [
        f"agon bundle check {folder}",
        f"agon competitions create {folder}",
        "agon competitions publish ID",
    ]


def test_for_scripts_it_says_what_it_made_and_asks_nothing(agon, tmp_path):
    ran = agon("new", "iris", str(tmp_path / "mine"), "--json")
    made = {"template": "iris", "title": "Iris", "folder": str(tmp_path / "mine"), "bundle": str(tmp_path / "mine")}
    assert ran.code == 0 and ran.json == made and ran.err == ""
    assert agon("bundle", "check", ran.json["bundle"]).code == 0


def test_no_folder_is_overwritten(agon, tmp_path):
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "note").write_text("mine")
    ran = agon("new", "iris", str(tmp_path / "full"))
    assert ran.code == 1 and "not empty" in ran.said
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["note"]


def test_an_unknown_template_is_told_the_nearest_or_all(agon, tmp_path):
    assert "Did you mean iris?" in agon("new", "irsi", str(tmp_path / "x")).said
    ran = agon("new", "zzz", str(tmp_path / "x"))
    assert ran.code == 1 and "several_tasks" in ran.said and not (tmp_path / "x").exists()


def test_a_title_that_no_site_takes_is_refused(agon, tmp_path):
    ran = agon("new", "iris", str(tmp_path / "x"), "--title", "x" * 300)
    assert ran.code == 1 and "Shorten it to 256" in ran.said and not (tmp_path / "x").exists()
