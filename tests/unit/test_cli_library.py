"""`agon tasks create` and `change`; solutions, originals and packages; the site, its failures; judgements."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit import fake_api
from tests.unit.command_line import NOW, CommandLine, competition, phase, submission

TASK = {"id": "t", "name": "Digits", "version": 1, "owner": "olga", "visibility": "private", "files": {}, "validated": False}


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


def test_a_task_is_made_of_datasets(agon):
    agon.api.on("POST", "/tasks", TASK, 201)
    said = ("scoring_program=d1", "reference_data=d2", "--setting", "ingestion_only_during_scoring=true")
    ran = agon("tasks", "create", "Digits", *said)
    assert ran.code == 0, ran.err
    body = agon.api.asked("POST", "/tasks")[0].body
    assert body["files"] == {"scoring_program": "d1", "reference_data": "d2"}
    assert (body["settings"], body["visibility"]) == ({"ingestion_only_during_scoring": True}, "private")


def test_a_task_is_changed_in_what_is_said_and_no_more(agon):
    agon.api.on("PATCH", "/tasks/t", TASK)
    assert agon("tasks", "change", "t", "reference_data=d3", "--name", "Numbers").code == 0
    assert agon.api.asked("PATCH", "/tasks/t")[0].body == {"name": "Numbers", "files": {"reference_data": "d3"}}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("change", "t"), "Say what is to change"),
        (("change", "t", "d3"), "names no file"),
        (("create", "Digits", "=d"), "names no file"),
    ],
)
def test_what_names_no_file_is_not_sent(agon, words, said):
    ran = agon("tasks", *words)
    assert (ran.code, said in ran.said, agon.api.requests) == (1, True, [])


def test_a_solution_runs(agon):
    found = {"submissions": [submission("Submitted")], "next": None}
    agon.api.on("POST", "/competitions/c/solutions/1/run", found, 201)
    assert "agon logs s --follow" in agon("competitions", "run-solution", "c", "1").out


def test_the_newest_original_is_fetched(agon, tmp_path):
    times = ("2026-01-01T00:00:00Z", NOW)
    found = [
        {"uploaded_at": at, "url": f"{agon.api.address}/storage/{at}", "manifest_name": "competition.yaml", "manifest": ""}
        for at in times
    ]
    agon.api.on("GET", "/competitions/c/bundles", {"originals": found}).on("GET", f"/storage/{NOW}", b"PK")
    assert agon("competitions", "originals", "c", "-o", str(tmp_path / "it.zip")).code == 0
    assert (tmp_path / "it.zip").read_bytes() == b"PK"


def test_packages_are_listed(agon):
    pack = {"id": "p1", "phase": "c-0", "status": "Finished", "submissions": 7, "zips": [], "reason": ""}
    agon.api.on("GET", "/competitions/c", competition())
    agon.api.on("GET", "/phases/c-0/parcels", {"parcels": [{**pack, "created_at": NOW, "expires_at": None}]})
    assert "p1" in agon("submissions", "packs", "c").out


def test_what_the_sweeper_could_not_do_is_told_and_tried_again(agon):
    failure = {
        "id": "f",
        "about": "Telling of a post",
        "item": "NOTICE#n NOTICE",
        "attempts": 9,
        "error": "Boom",
        "first_at": NOW,
        "last_at": NOW,
        "dead": True,
    }
    agon.api.on("GET", "/site/failures", {"failures": [failure], "next": None}).on("POST", "/site/failures/f/retry", {})
    shown = agon("admin", "failures").out
    assert "given up" in shown and "Telling of a post" in shown
    assert agon("admin", "retry", "f").code == 0 and agon.api.asked("POST", "/site/failures/f/retry")


@pytest.mark.parametrize(("paused", "said"), [(True, "takes no submissions now. Back at 9."), (False, "takes submissions.")])
def test_a_site_says_whether_it_takes_submissions(agon, paused, said):
    agon.api.on("GET", "/site", {"paused": paused, "message": "Back at 9." if paused else "", "approval": True})
    shown = agon("sites", "show").out
    assert said in shown and "wait for approval" in shown


def test_a_juror_sees_own_judgements_and_the_case_of_one(agon):
    judged = {"case": "k", "marks": {"clarity": 4}, "preferred": None, "comment": "Good.", "made_at": NOW, "changed_at": NOW}
    shown = {"id": "k", "phase": "c-0", "task": "0", "kind": "rubric", "guidelines": "", "criteria": [], "held_until": None}
    files = [{"name": "poem.txt", "kind": "text", "size_bytes": 3, "url": "https://files.example/poem"}]
    agon.api.on("GET", "/competitions/c", competition(phase(judged=True)))
    agon.api.on("GET", "/phases/c-0/judging/judgements", {"judgements": [judged], "next": None})
    agon.api.on("GET", "/judging/k", {**shown, "outputs": [{"files": files}], "judgement": judged})
    assert "clarity 4" in agon("jurors", "judgements", "c").out
    case = agon("jurors", "case", "k").out
    assert "clarity 4" in case and "https://files.example/poem" in case
