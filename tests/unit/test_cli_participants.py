"""`agon participants`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit import fake_api
from tests.unit.command_line import NOW, CommandLine, competition

PARTICIPANTS = "/competitions/c/participants"


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


def row(number: int, name: str, **more: Any) -> dict[str, Any]:
    facts = {
        "user": f"u{number}",
        "username": name,
        "status": "pending",
        "reason": "",
        "joined_at": NOW,
        "team": None,
        "groups": [],
    }
    return facts | {"groups": [], "attempts": 0, "last_submission_at": None, "score": None} | more


def page(*rows: dict[str, Any], following: str | None = None) -> dict[str, Any]:
    return {"participants": list(rows), "phase": "c-0", "column": "Accuracy", "next": following}


def test_the_list_goes_through_pages_that_have_nobody(agon):
    agon.api.on("GET", PARTICIPANTS, page(following="u0")).on("GET", PARTICIPANTS, page(following="u1"))
    agon.api.on("GET", PARTICIPANTS, page(row(2, "ada [1]", attempts=3, score=0.5, team="Owls", reason="Welcome.")))
    ran = agon("participants", "list", "c", "--status", "pending", "--search", "ad")
    for told in ("ada [1]", "pending", "Owls", "3", "0.5", "Welcome."):
        assert told in ran.out
    queries = [one.query for one in agon.api.asked("GET", PARTICIPANTS)]
    assert queries == [f"status=pending&search=ad{rest}" for rest in ("", "&cursor=u0", "&cursor=u1")]


def test_people_are_denied_by_name_with_a_reason(agon):
    agon.api.on("GET", PARTICIPANTS, page(row(1, "Ada"), row(2, "bob"), row(3, "eve")))
    agon.api.on("POST", f"{PARTICIPANTS}/decide", {"done": ["u1"], "refused": {"u2": "Load the list again."}})
    ran = agon("participants", "deny", "c", "ada", "BOB", "--reason", "Two accounts.")
    (asked,) = agon.api.asked("POST", f"{PARTICIPANTS}/decide")
    assert asked.body == {"participants": ["u1", "u2"], "status": "denied", "reason": "Two accounts."}
    assert (ran.code, "Ada is denied." in ran.out, "bob: Load the list again." in ran.said) == (1, True, True)


def test_everybody_who_waits_is_approved_a_hundred_at_a_time(agon):
    agon.api.on("GET", PARTICIPANTS, page(*(row(number, f"p{number}") for number in range(150))))
    agon.api.on("POST", f"{PARTICIPANTS}/decide", {"done": ["u0"], "refused": {}})
    agon.api.on("POST", f"{PARTICIPANTS}/decide", {"done": ["u149"], "refused": {}})
    ran = agon("participants", "approve", "c", "--pending", "--json")
    assert [len(one.body["participants"]) for one in agon.api.asked("POST", f"{PARTICIPANTS}/decide")] == [100, 50]
    assert ran.json == {"done": ["p0", "p149"], "refused": {}}


@pytest.mark.parametrize(
    ("said", "told"), [([], "--pending"), (["ada", "--pending"], "--pending"), (["zoe"], "zoe does not take part")]
)
def test_who_is_meant_must_be_said(agon, said, told):
    agon.api.on("GET", PARTICIPANTS, page())
    ran = agon("participants", "approve", "c", *said)
    assert (ran.code, told in ran.said) == (1, True)
    assert agon.api.asked("POST", f"{PARTICIPANTS}/decide") == []


def test_the_list_is_downloaded_with_addresses_only_when_asked(agon, tmp_path):
    agon.api.on("POST", f"{PARTICIPANTS}/exports", {"url": f"{agon.api.address}/storage/p.csv"})
    agon.api.on("GET", "/storage/p.csv", "Username\nada\n")
    file = tmp_path / "list.csv"
    assert agon("participants", "export", "c", "-o", str(file)).code == 0
    assert agon("participants", "export", "c", "--addresses", "--status", "denied", "-o", str(file)).code == 0
    assert file.read_text() == "Username\nada\n"
    bodies = [one.body for one in agon.api.asked("POST", f"{PARTICIPANTS}/exports")]
    assert bodies == [{"addresses": False}, {"addresses": True, "status": "denied"}]


def test_somebody_and_a_team_get_attempts_beside_the_limits(agon):
    agon.api.on("GET", "/competitions/c", competition()).on("GET", PARTICIPANTS, page(row(1, "Ada")))
    agon.api.on("GET", "/competitions/c/teams", {"teams": [{"id": "t1", "name": "Owls", "members": []}], "next": None})
    paths = [f"{PARTICIPANTS}/u1/attempts", "/competitions/c/teams/t1/attempts"]
    for path in paths:
        agon.api.on("POST", path, {"phase": "c-0", "extra": 2})
    ran = agon("participants", "extend", "c", "ada", "2", "--reason", "The queue stood still.")
    assert "ada has 2 attempts beside the limits." in ran.out
    assert agon("participants", "extend", "c", "owls", "--team", "--reason", "A mistake.", "--", "-1").code == 0
    bodies = [agon.api.asked("POST", path)[0].body for path in paths]
    assert bodies == [
        {"phase": "c-0", "attempts": 2, "reason": "The queue stood still."},
        {"phase": "c-0", "attempts": -1, "reason": "A mistake."},
    ]


def test_the_log_tells_who_decided_what(agon):
    entry = {"id": "1", "at": NOW, "by": "olga", "what": "denied", "submission": None, "participant": "ada"}
    entry |= {"before": "pending", "after": "denied", "reason": "Two accounts."}
    looked = entry | {"what": "exported", "participant": None, "before": None, "after": None, "reason": ""}
    agon.api.on("GET", "/competitions/c/audit", {"deeds": [entry, looked], "next": None})
    ran = agon("participants", "log", "c")
    for told in ("olga", "denied", "ada", "Two accounts.", "exported", "–"):
        assert told in ran.out


def test_who_was_denied_reads_why_on_the_competitions_page(agon):
    agon.api.on("GET", "/competitions/c", competition(my_status="denied") | {"my_reason": "Members of the lab."})
    ran = agon("competitions", "show", "c")
    assert "you are not let in" in ran.out and "The organizers say: Members of the lab." in ran.out


@pytest.mark.parametrize(
    ("status", "accepted", "path"),
    [(None, False, PARTICIPANTS), ("approved", False, "/competitions/c/terms/accept"), (None, True, PARTICIPANTS)],
)
def test_terms_are_shown_and_accepted_by_who_joins_and_by_who_takes_part(agon, status, accepted, path):
    told = {"version": 3, "page": 1, "accepted": accepted}
    agon.api.on("GET", "/competitions/c", competition(my_status=status) | {"terms": told})
    agon.api.on("GET", "/competitions/c/pages/1", {"index": 1, "title": "Terms", "content": "Play [fair].", "assets": {}})
    agon.api.on("POST", path, {"user": "1", "username": "ada", "status": "approved", "joined_at": NOW}, 201)
    if not accepted:
        ran = agon("join", "c")
        assert (ran.code, "Play [fair]." in ran.err, "agon join c --accept-terms" in ran.said) == (1, True, True)
        assert agon.api.asked("POST", path) == []
    assert agon("join", "c", "--accept-terms").code == 0
    body = {"version": 3} if status else {"accept_terms": True, "terms_version": 3}
    assert agon.api.asked("POST", path)[0].body == body


def test_what_the_organizers_ask_is_answered_from_a_file(agon, tmp_path):
    question = {"key": "lab", "type": "text", "title": "Your lab", "choices": [], "required": True, "on_leaderboard": False}
    agon.api.on("GET", "/competitions/c", competition(my_status=None) | {"registration_questions": [question]})
    agon.api.on("POST", PARTICIPANTS, {"user": "1", "username": "ada", "status": "approved", "joined_at": NOW}, 201)
    ran = agon("join", "c")
    assert (ran.code, "--answers FILE" in ran.said, "lab: Your lab" in ran.said) == (1, True, True)
    file = tmp_path / "answers.yaml"
    file.write_text("lab: Vision")
    assert agon("join", "c", "--answers", str(file)).code == 0
    assert agon.api.asked("POST", PARTICIPANTS)[0].body == {"accept_terms": True, "answers": {"lab": "Vision"}}


def guest(address: str, status: str = "waiting") -> dict[str, Any]:
    facts = {"id": f"i-{address[0]}", "address": address, "status": status, "invited_by": "olga", "accepted_by": None}
    return facts | {"invited_at": NOW, "expires_at": NOW}


def test_addresses_of_a_file_and_others_are_invited_a_hundred_at_a_time(agon, tmp_path):
    (tmp_path / "list.txt").write_text("\n".join(f"p{number}@example.org" for number in range(120)) + "\n\n")
    agon.api.on("POST", "/competitions/c/guests", {"guests": [guest("p0@example.org")], "refused": {}})
    refused = {"ada@example.org": "Somebody takes part by it."}
    agon.api.on("POST", "/competitions/c/guests", {"guests": [], "refused": refused})
    ran = agon(
        "participants", "invite", "c", "ada@example.org", str(tmp_path / "list.txt"), "--days", "3", "--message", "Hi."
    )
    asked = [one.body for one in agon.api.asked("POST", "/competitions/c/guests")]
    assert [len(one["addresses"]) for one in asked] == [100, 21]
    assert {(one["expires_in_days"], one["message"]) for one in asked} == {(3, "Hi.")}
    assert (ran.code, "p0@example.org is invited." in ran.out, "ada@example.org: Somebody" in ran.said) == (1, True, True)


def test_what_is_neither_an_address_nor_a_file_invites_nobody(agon):
    assert "neither" in agon("participants", "invite", "c", "missing.txt").said
    assert agon.api.asked("POST", "/competitions/c/guests") == []


def test_invitations_are_listed_and_revoked_by_address(agon):
    agon.api.on("GET", "/competitions/c/guests", {"guests": [guest("ada@example.org")], "next": None})
    assert all(told in agon("participants", "guests", "c").out for told in ("ada@example.org", "waiting", "olga"))
    agon.api.on("POST", "/competitions/c/guests/revoke", {"done": ["i-a"], "refused": {}})
    ran = agon("participants", "uninvite", "c", "Ada@example.org")
    assert agon.api.asked("POST", "/competitions/c/guests/revoke")[0].body == {"guests": ["i-a"]}
    assert "Ada@example.org is not invited any more." in ran.out
    assert "zoe@example.org is not invited" in agon("participants", "uninvite", "c", "zoe@example.org").said


def test_somebody_sees_what_they_are_invited_to(agon):
    mine = {"competition": "c", "title": "Iris [1]", "by": "olga", "expires_at": NOW}
    agon.api.on("GET", "/me/guest-lists", {"guests": [mine], "next": None})
    assert all(told in agon("invitations").out for told in ("c", "Iris [1]", "olga"))


def test_a_robot_is_admitted_with_limits_of_its_own_and_let_go(agon):
    robot = {"per_day": 5, "in_all": None, "ranks": True}
    agon.api.on("POST", "/competitions/c/robots", row(1, "bot", status="approved", robot=robot))
    ran = agon("participants", "robot", "c", "bot", "--per-day", "5", "--ranks", "--reason", "Nightly.")
    (asked,) = agon.api.asked("POST", "/competitions/c/robots")
    rules = {"max_per_day": 5, "max_in_all": None, "ranks": True, "reason": "Nightly."}
    assert (asked.body, "bot takes part as a robot." in ran.out) == ({"username": "bot", **rules}, True)
    agon.api.on("GET", PARTICIPANTS, page(row(1, "bot", robot=robot)))
    assert "bot (robot)" in agon("participants", "list", "c").out
    agon.api.on("DELETE", "/competitions/c/robots/u1", row(1, "bot", robot=None))
    assert "as anybody does" in agon("participants", "robot", "c", "bot", "--off").out
