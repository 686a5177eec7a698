"""`agon submissions board`, `mark`, `score`, `restore`; `agon phases`; tokens and sign-ins of queues."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.unit import fake_api
from tests.unit.command_line import NOW, CommandLine

ENTRY = {"submission": "s"}
TOKEN = {"id": "t", "name": "lab", "created_at": NOW, "expires_at": NOW}
REGISTRY = {"server": "registry.lab.example", "username": "lab"}
MIGRATION = {
    **{"phase": "iris-1", "source": "iris-0", "rule": "last", "starts_by_itself": False, "status": None},
    **{"done": 0, "reason": "", "next": None},
    "participants": [
        {"participant": "ada", "submission": "s1", "in_progress": 0, "became": None},
        {"participant": "bob", "submission": None, "in_progress": 1, "became": None},
    ],
}
DEED = {
    "id": "d",
    "at": NOW,
    "by": "olga",
    "what": "disqualified",
    "participant": "ada",
    "submission": "s",
    "reason": "Copied",
}


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


@pytest.mark.parametrize(("option", "method", "said"), [((), "POST", "is on"), (("--off",), "DELETE", "is off")])
def test_a_submission_goes_on_the_board_or_off(agon, option, method, said):
    agon.api.on(method, "/submissions/s/leaderboard", ENTRY)
    ran = agon("submissions", "board", "s", *option)
    assert (ran.code, said in ran.out) == (0, True)


@pytest.mark.parametrize(
    ("option", "method", "said"), [((), "POST", "s is chosen: 1 of 2 are."), (("--off",), "DELETE", "s is not chosen")]
)
def test_a_submission_is_chosen_to_count_and_that_is_taken_back(agon, option, method, said):
    agon.api.on(method, "/submissions/s/selection", {"phase": "iris-0", "most": 2, "chosen": ["s"], "closes_at": NOW})
    ran = agon("submissions", "choose", "s", *option)
    assert (ran.code, said in ran.out, "You can change that until" in ran.out) == (0, True, True)


def test_marks_that_are_said_are_set_and_others_stay(agon):
    agon.api.on("PATCH", "/submissions/s/marks", ENTRY)
    ran = agon("submissions", "mark", "s", "--disqualified", "--no-verified", "--reason", "Copied")
    assert (ran.code, ran.out) == (0, "s is not verified, disqualified.\n")
    (asked,) = agon.api.asked("PATCH", "/submissions/s/marks")
    assert asked.body == {"verified": False, "disqualified": True, "reason": "Copied"}


@pytest.mark.parametrize(("said", "why"), [((), "Say which mark"), (("--disqualified",), "says why")])
def test_marks_without_their_reason_are_not_sent(agon, said, why):
    ran = agon("submissions", "mark", "s", *said)
    assert (ran.code, why in ran.said, agon.api.requests) == (1, True, [])


def test_scores_are_set_by_hand_and_taken_away(agon):
    agon.api.on("PATCH", "/submissions/s/scores", ENTRY)
    assert agon("submissions", "score", "s", "accuracy=0.91", "1/f1=-2e-3", "seconds=", "--reason", "Wrong key").code == 0
    (asked,) = agon.api.asked("PATCH", "/submissions/s/scores")
    assert asked.body == {"scores": {"accuracy": 0.91, "1/f1": -0.002, "seconds": None}, "reason": "Wrong key"}


@pytest.mark.parametrize("text", ["accuracy", "accuracy=high", "=1", "accuracy=nan", "accuracy=inf"])
def test_what_is_no_score_is_not_sent(agon, text):
    ran = agon("submissions", "score", "s", text, "--reason", "x")
    assert (ran.code, "is no score" in ran.said, agon.api.requests) == (1, True, [])


def test_a_withdrawn_submission_is_taken_back(agon):
    agon.api.on("POST", "/submissions/s/restore", {"id": "s"})
    assert agon("submissions", "restore", "s").out == "s counts again.\n"


def test_who_would_go_along_is_told_before_anybody_does(agon):
    agon.api.on("GET", "/phases/iris-1/migration", MIGRATION).on("POST", "/phases/iris-1/migration", {}, 202)
    ran = agon("phases", "migrate", "iris-1", "--rule", "best", stdin="n\n")
    assert "ada" in ran.out and "bob" not in ran.out and agon.api.asked("POST", "/phases/iris-1/migration") == []
    assert agon.api.asked("GET", "/phases/iris-1/migration")[0].query == "rule=best"
    assert agon("phases", "migrate", "iris-1", "--yes").code == 0
    assert agon.api.asked("POST", "/phases/iris-1/migration")[0].body == {}


def test_a_phase_runs_again_when_that_is_agreed(agon):
    agon.api.on("POST", "/phases/iris-1/rerun", {}, 202)
    assert agon("phases", "rerun", "iris-1", stdin="n\n").code == 1
    assert agon.api.asked("POST", "/phases/iris-1/rerun") == []
    assert agon("phases", "rerun", "iris-1", "--yes").code == 0
    assert len(agon.api.asked("POST", "/phases/iris-1/rerun")) == 1


def test_jobs_and_the_log_of_a_phase_are_told(agon):
    job = {
        "id": "j",
        "work": "migrate",
        "status": "Failed",
        "done": 3,
        "reason": "Gave up",
        "refused": "",
        "created_at": NOW,
    }
    agon.api.on("GET", "/phases/iris-1/jobs", {"jobs": [job], "retention": []})
    agon.api.on("GET", "/phases/iris-1/deeds", {"deeds": [DEED], "next": None})
    assert "Gave up" in agon("phases", "jobs", "iris-1").out
    assert "Copied" in agon("phases", "log", "iris-1").out
    assert agon("phases", "log", "iris-1", "--json").json == {"deeds": [DEED]}


def test_runner_tokens_are_listed_and_revoked(agon):
    agon.api.on("GET", "/queues/q/tokens", {"tokens": [TOKEN]}).on("DELETE", "/queues/q/tokens/t", {})
    assert "lab" in agon("queues", "tokens", "q").out
    assert agon("queues", "revoke", "q", "t").out == "t is revoked.\n"


@pytest.mark.parametrize(
    ("option", "path"), [("--queue", "/queues/q/registry"), ("--competition", "/competitions/q/registry")]
)
def test_a_sign_in_to_a_registry_is_shown_and_forgotten(agon, option, path):
    agon.api.on("GET", path, REGISTRY).on("DELETE", path, {})
    assert "as lab." in agon("queues", "show-registry", option, "q").out
    assert agon.api.asked("DELETE", path) == []
    assert "until now" in agon("queues", "show-registry", option, "q", "--forget").out
    assert len(agon.api.asked("DELETE", path)) == 1
