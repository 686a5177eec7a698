"""The limits of a competition hold by every way in: import, update, editor, clone and check; and a dump comes back."""

import io
import json
import zipfile
from typing import Any

import pytest

from chalicelib.contract import limits
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Phase
from tests import builders
from tests.api.conftest import Answer, Person, Site
from tests.api.test_dump import dumped, imported
from tests.api.test_editor import edit, errors, settings

PHASE = "  - {{index: {at}, name: P{at}, start: {year}-01-01, end: {year}-12-31, tasks: [0]{more}}}"


def phases(count: int, more: str = "") -> dict[str, Any]:
    """Settings of a bundle with so many phases, of which the last one ends as well."""
    entries = [PHASE.format(at=at, year=2026 + at, more=more) for at in range(1, count)]
    return {"end": "2026-12-31", "more_phases": "\n".join(entries)}


def failure(site: Site, person: Person, content: bytes, path: str = "/competitions") -> list[dict[str, Any]]:
    begun = person.call("POST", path, {"upload": person.upload(content, "bundle")})
    if begun.status == 422:
        return list(begun.body["errors"])
    site.work()
    done = person.call("GET", f"/imports/{begun.body['id']}").body
    assert done["status"] == "Failed", done
    return list(done["errors"])


def clone(person: Person, competition: dict[str, Any]) -> Answer:
    return person.call("POST", f"/competitions/{competition['id']}/clone", {})


def test_one_phase_more_than_is_kept_is_refused_by_the_editor_and_nothing_changes(organizer: Person) -> None:
    competition = organizer.competition(**phases(limits.MAX_PHASES))
    assert clone(organizer, competition).status == 201
    before = settings(organizer, competition)
    more = {"name": "P30", "start": "2060-01-01", "tasks": [0]}
    refused = edit(organizer, competition, "/phases", more, "POST")
    assert errors(refused) == {"phases"}
    assert "30 phases at most, and this one has 31" in refused.body["errors"][0]["message"]
    assert settings(organizer, competition) == before


def test_a_competition_of_the_former_build_with_more_phases_is_not_cloned_and_says_why(organizer: Person) -> None:
    competition = organizer.competition(**phases(2))
    _, [first, _] = competitions.find(competition["id"])
    for index in range(2, limits.MAX_PHASES + 1):
        id_ = f"{competition['id']}-{index}"
        row = first.attribute_values | {"sk": Phase.at(id_)[1], "id": id_, "index": index}
        Phase(**row).save()
    refused = clone(organizer, competition)
    assert errors(refused) == {"phases"}
    assert settings(organizer, competition)["phases"][-1]["index"] == limits.MAX_PHASES


def test_a_competition_from_before_a_limit_is_edited_and_becomes_smaller_step_by_step_and_never_larger(
    organizer: Person,
) -> None:
    competition = organizer.competition(**phases(2))
    _, [first, _] = competitions.find(competition["id"])
    for index in range(2, limits.MAX_PHASES + 2):
        id_ = f"{competition['id']}-{index}"
        row = first.attribute_values | {"sk": Phase.at(id_)[1], "id": id_, "index": index}
        Phase(**row).save()
    assert edit(organizer, competition, "", {"title": "Another title"}).status == 200
    more = {"name": "One more", "start": "2060-01-01", "tasks": [0]}
    assert errors(edit(organizer, competition, "/phases", more, "POST")) == {"phases"}
    for left in (limits.MAX_PHASES + 1, limits.MAX_PHASES):
        assert edit(organizer, competition, f"/phases/{left}", None, "DELETE").status == 200
        assert len(settings(organizer, competition)["phases"]) == left
    assert errors(edit(organizer, competition, "/phases", more, "POST")) == {"phases"}, "from the limit on it holds again"


@pytest.mark.parametrize(
    ("part", "patch", "place"),
    [
        ("", {"description": "🙂" * 60_000}, ""),
        ("/phases/0", {"description": "🙂" * 60_000}, "phases"),
        ("/tasks/0", {"description": "\x07" * 70_000}, ""),
        ("/phases/0", {"tasks": list(range(41))}, "phases[0].tasks"),
    ],
    ids=["competition", "phase", "task", "tasks-of-a-phase"],
)
def test_a_row_beyond_the_tables_limit_is_refused_before_it_is_written(
    organizer: Person, part: str, patch: dict[str, Any], place: str
) -> None:
    competition = organizer.competition()
    refused = edit(organizer, competition, part, patch)
    assert place in errors(refused)
    whole = edit(organizer, competition, "", {"description": "🙂" * 20_000})
    assert whole.status == 200, whole


def changed(content: bytes, name: str, replacement: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {one: archive.read(one) for one in archive.namelist()}
    return builders.archive({**files, name: replacement})


def test_an_update_and_a_check_say_the_same(site: Site, organizer: Person) -> None:
    competition = organizer.competition()
    content = builders.bundle(**phases(limits.MAX_PHASES + 1))
    told = failure(site, organizer, content, f"/competitions/{competition['id']}/bundles")
    body = {"upload": organizer.upload(content, "bundle")}
    assert organizer.call("POST", "/bundles/check", body).body["errors"] == told
    assert [one["key"] for one in told] == ["phases"]


def test_the_largest_competition_is_dumped_and_its_dump_is_imported(site: Site, organizer: Person) -> None:
    competition = organizer.competition(
        files={f"assets/{number:03}.png": b"x" for number in range(100)},
        extra="description: &long |\n" + "  a\n" * 11_000 + "reward: A cup",
        **phases(limits.MAX_PHASES, ", description: *long"),
    )
    assert "as one file" in str(edit(organizer, competition, "/phases/0", {"description": "a" * 99_000}).body["errors"])
    content, dump = dumped(site, organizer, competition["id"])
    assert dump["complaints"] == []
    again = imported(site, organizer, content)
    first, second = settings(organizer, competition), settings(organizer, {"id": again})
    assert [first["description"], *first["phases"][1:]] == [second["description"], *second["phases"][1:]]
    assert len(json.dumps(first)) > 900_000


def test_a_page_of_zeros_comes_back_from_a_dump(site: Site, organizer: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    # As if a hundred megabytes were one: what was stored uncompressed must not look blown up when it comes back.
    monkeypatch.setattr(limits, "MAX_BLOWN_UP_BYTES", 1024**2)
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in ("assets/a.bin", "assets/b.bin"):
            archive.writestr(name, bytes(700_000))
        with zipfile.ZipFile(io.BytesIO(builders.bundle())) as bundle:
            for name in bundle.namelist():
                archive.writestr(name, bundle.read(name))
    content, _ = dumped(site, organizer, imported(site, organizer, target.getvalue()))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        kinds = [archive.getinfo(name).compress_type for name in ("assets/a.bin", "assets/b.bin")]
    assert kinds == [zipfile.ZIP_DEFLATED, zipfile.ZIP_STORED]
    imported(site, organizer, content)


def test_archives_as_deep_as_a_program_may_hold_them_come_back_from_a_dump(site: Site, organizer: Person) -> None:
    inner = builders.archive({"x": "x"})
    for depth in range(limits.MAX_NESTED):
        inner = builders.archive({f"{depth}.zip": inner})
    content, _ = dumped(site, organizer, imported(site, organizer, builders.bundle({"reference.zip": inner})))
    imported(site, organizer, content)
    deeper = builders.archive({"deeper.zip": inner})
    assert "more than" in str(failure(site, organizer, builders.bundle({"reference.zip": deeper})))


def test_a_competition_of_version_1_whose_phases_overlap_comes_back_and_is_edited(site: Site, organizer: Person) -> None:
    manifest = """\
title: Old
html: {terms: terms.md}
phases:
  1: {phasenumber: 1, label: Never, start_date: 2026-01-01, phase_never_ends: true, scoring_program: scoring_program/,
      max_submission_size: 999999999}
  2: {phasenumber: 2, label: No time, start_date: 2026-03-01, scoring_program: scoring_program/}
  3: {phasenumber: 3, label: Last, start_date: 2026-02-01, scoring_program: scoring_program/}
competition_docker_image: %s
leaderboard:
  leaderboards: {RESULTS: &results {label: Results, rank: 1}}
  columns: {a: {leaderboard: *results, label: A, rank: 1}}
""" % ("a" * 200)
    first = imported(site, organizer, changed(builders.bundle(), "competition.yaml", manifest.encode()))
    assert edit(organizer, {"id": first}, "", {"title": "Older"}).status == 200
    content, _ = dumped(site, organizer, first)
    second = settings(organizer, {"id": imported(site, organizer, content)})
    assert [one.get("end") is None for one in second["phases"]] == [True, False, True]


def test_complaints_that_quote_whole_pages_are_kept_all_the_same(site: Site, organizer: Person) -> None:
    odd = "\n".join(f"{number}{'漢' * 1000}: 1" for number in range(200))
    competition = organizer.competition(extra=odd)
    told = failure(site, organizer, builders.bundle(extra=odd, **phases(40)), f"/competitions/{competition['id']}/bundles")
    assert [one["key"] for one in told] == ["phases"]


def test_a_task_of_the_bank_that_makes_a_row_too_large_is_not_taken(site: Site, organizer: Person) -> None:
    files = {"metadata.yaml": "command: x"}
    text = "name: T\nscoring_program: {zip: a.zip}\ndescription: " + "🙂" * 100_000
    content = builders.archive({"task.yaml": text, "a.zip": builders.archive(files)})
    refused = organizer.call("POST", "/tasks/bundle", {"upload": organizer.upload(content, "bundle")})
    assert (refused.status, "are kept" in refused.body["errors"][0]["message"]) == (422, True)


def test_only_the_newest_bundles_of_a_competition_are_kept(
    site: Site, organizer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_ORIGINALS", 2)
    competition = organizer.competition()
    uploads = []
    for title in ("One", "Two", "Three"):
        content = builders.bundle(title=title)
        path = f"/competitions/{competition['id']}/bundles"
        uploads.append(organizer.call("POST", path, {"upload": organizer.upload(content, "bundle")}).body)
        site.work()
    originals = organizer.call("GET", f"/competitions/{competition['id']}/bundles").body["originals"]
    assert ["Three" in one["manifest"] or "Two" in one["manifest"] for one in originals] == [True, True]
    [leftover] = [row for row in site.rows() if row["kind"] == "leftover" and "uploads/" in str(row["objects"])][-1:]
    assert leftover
