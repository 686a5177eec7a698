"""`agon quota`, `agon rerun`, `agon delete`, and choosing tasks."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit import fake_api
from tests.unit.command_line import CommandLine, competition, submission, takes_uploads

LEFT = {"limit": 5, "left": 3}
QUOTA = {
    "today": LEFT,
    "this_month": None,
    "in_all": {"limit": 100, "left": 98},
    "at_once": None,
    "bytes": {"limit": 2**20, "left": 2**19},
    "submission_bytes": None,
    "interval_seconds": None,
    "timezone": "UTC",
    "opens_at": "2026-11-23T12:00:00Z",
    "extra": 0,
    "reason": "",
}


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


def test_what_is_left_is_shown_limit_by_limit(agon):
    agon.api.on("GET", "/phases/c-0/quota", QUOTA)
    out = agon("quota", "c-0").out
    assert "today" in out and "3 of 5" in out and "98 of 100" in out and "this month" not in out and "gave you" not in out
    assert agon("quota", "c-0", "--json").json == QUOTA


def test_who_has_no_attempt_left_is_told_why(agon):
    agon.api.on("GET", "/phases/c-0/quota", QUOTA | {"reason": "You have used all 5 attempts today."})
    assert "all 5 attempts today" in agon("quota", "c-0").out


def test_what_organizers_gave_beside_the_limits_is_told(agon):
    agon.api.on("GET", "/phases/c-0/quota", QUOTA | {"extra": 2})
    assert "The organizers gave you 2 attempts of these beside the limits." in agon("quota", "c-0").out


def test_a_phase_without_limits_says_so(agon):
    none = dict.fromkeys(("today", "in_all", "bytes"))
    agon.api.on("GET", "/phases/c-0/quota", QUOTA | none)
    assert agon("quota", "c-0").out == "There is no limit.\n"


def test_an_organizer_runs_a_submission_again(agon):
    agon.api.on("POST", "/submissions/s/rerun", submission("Submitted"))
    assert "runs again" in agon("rerun", "s").out


def test_a_submission_is_deleted_when_that_is_meant(agon):
    agon.api.on("DELETE", "/submissions/s", {})
    assert agon("delete", "s", "--yes").out == "s is deleted.\n"
    assert len(agon.api.asked("DELETE", "/submissions/s")) == 1


@pytest.mark.parametrize(
    "words",
    [("rerun",), ("delete", "--yes"), ("submissions", "cancel"), ("submissions", "start"), ("submissions", "fail")],
)
def test_several_submissions_are_named_at_once_and_those_refused_are_told(agon, words):
    many = {"done": ["s"], "refused": {"t": "It is over."}}
    agon.api.on("GET", "/submissions/s", submission())
    verb = next(word for word in reversed(words) if not word.startswith("-"))
    agon.api.on("POST", f"/phases/c-0/submissions/{verb}", many)
    ran = agon(*words, "s", "t")
    assert (ran.code, "s " in ran.out, "t: It is over." in ran.said) == (1, True, True)
    assert agon.api.asked("POST", f"/phases/c-0/submissions/{verb}")[0].body["submissions"] == ["s", "t"]
    assert agon(*words, "s", "t", "--json").json == many


def test_an_organizer_fetches_all_that_was_handed_in(agon, tmp_path):
    one = {"url": f"{agon.api.address}/storage/z", "size_bytes": 1500, "submissions": 2}
    parcel = {"id": "x", "phase": "c-0", "status": "Waiting", "submissions": 0, "zips": [], "reason": ""}
    done = parcel | {"status": "Finished", "submissions": 2, "zips": [one]}
    agon.api.on("POST", "/phases/c-0/parcels", parcel, 202).on("GET", "/phases/c-0/parcels/x", parcel)
    agon.api.on("GET", "/phases/c-0/parcels/x", done).on("GET", "/storage/z", "zip")
    ran = agon("submissions", "pack", "c-0", "s", "t", "-o", str(tmp_path / "all"))
    assert (ran.code, "2 submissions, 1.5 kB" in ran.out) == (0, True)
    assert (tmp_path / "all/c-0-001.zip").read_text() == "zip"
    assert agon.api.asked("POST", "/phases/c-0/parcels")[0].body == {"submissions": ["s", "t"]}


def test_a_parcel_that_failed_says_why(agon):
    parcel = {"id": "x", "phase": "c-0", "status": "Failed", "submissions": 0, "zips": [], "reason": "It broke off."}
    agon.api.on("POST", "/phases/c-0/parcels", parcel, 202).on("GET", "/phases/c-0/parcels/x", parcel)
    ran = agon("submissions", "pack", "c-0")
    assert ran.code == 1 and "It broke off." in ran.said


REPEATED = {"rank": 1, "submission": "s", "participant": "ada", "task": None, "attempt": 2, "reason": ""}
SCORE = {"key": "accuracy", "before": 0.8, "after": 0.75, "difference": -0.05, "same": False}


def test_an_organizer_sees_which_scores_differ_when_the_best_are_repeated(agon):
    waiting = REPEATED | {"status": "Running", "same": None, "same_images": None, "columns": []}
    check = {"id": "k", "phase": "c-0", "in_progress": 1, "repeated": [waiting], "refused": {}}
    differs = REPEATED | {"status": "Finished", "same": False, "same_images": True, "columns": [SCORE]}
    done = check | {"in_progress": 0, "repeated": [differs]}
    agon.api.on("POST", "/phases/c-0/determinism", check, 202)
    agon.api.on("GET", "/phases/c-0/determinism", check).on("GET", "/phases/c-0/determinism", done)
    ran = agon("determinism", "check", "c-0", "--top", "1", "--wait")
    assert ran.code == 1 and all(word in ran.out for word in ("accuracy", "0.8", "0.75", "-0.05", "differs"))
    assert agon.api.asked("POST", "/phases/c-0/determinism")[0].body == {"top": 1}
    same = done | {"repeated": [differs | {"same": True, "columns": [SCORE | {"same": True}]}]}
    agon.api.replies["GET", "/phases/c-0/determinism"] = [(200, same, {})]
    assert agon("determinism", "check", "c-0", "--wait").code == 0
    assert agon("determinism", "show", "c-0", "--json").json == same


def test_what_was_not_repeated_is_told_with_its_reason(agon):
    check = {"id": "k", "phase": "c-0", "in_progress": 0, "repeated": [], "refused": {"s": "Its data is gone."}}
    agon.api.on("POST", "/phases/c-0/determinism", check, 202)
    ran = agon("determinism", "check", "c-0")
    assert ran.code == 0 and "s: Its data is gone." in ran.said


def test_an_organizer_fails_a_submission_with_a_reason(agon):
    agon.api.on("POST", "/submissions/s/fail", submission("Failed"))
    assert agon("submissions", "fail", "s", "--reason", "The data leaked.").out == "s is marked as failed.\n"
    assert agon.api.asked("POST", "/submissions/s/fail")[0].body == {"reason": "The data leaked."}


def test_tasks_are_chosen(agon, tmp_path):
    takes_uploads(agon.api)
    agon.api.on("GET", "/competitions/c", competition())
    agon.api.on("POST", "/phases/c-0/submissions", submission("Submitted"), 201)
    (tmp_path / "answer.txt").write_text("42")
    assert agon("submit", "c", str(tmp_path / "answer.txt"), "--task", "1", "--task", "0").code == 0
    assert agon.api.asked("POST", "/phases/c-0/submissions")[0].body["tasks"] == [1, 0]
