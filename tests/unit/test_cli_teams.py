"""`agon team`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit import fake_api
from tests.unit.command_line import ME, CommandLine, competition, submission

TEAMS, ID = "/competitions/c/teams", "01jd" + "x" * 22


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        api.on("GET", "/competitions/c", competition() | {"teams": True, "my_team": ID}).on("GET", "/me", ME)
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


def team(*others: str, code: str | None = "t-code", status: str = "approved") -> dict[str, Any]:
    members = [{"user": str(number), "username": name} for number, name in enumerate(("ada", *others), start=1)]
    facts = {"id": ID, "competition": "c", "name": "Night [Owls]", "status": status, "submitted": True}
    return {**facts, "members": members, "code": code, "merged_into": None}


def test_a_leader_learns_how_others_join(agon):
    agon.api.on("POST", TEAMS, team(status="pending"), 201)
    ran = agon("team", "create", "c", "Night [Owls]")
    assert agon.api.asked("POST", TEAMS)[0].body == {"name": "Night [Owls]"}
    for words in ("Night [Owls]", "ada (leads)", "An organizer has yet to approve it", "agon team join c t-code"):
        assert words in ran.out


def test_one_joins_by_the_code_and_sees_who_is_there(agon):
    agon.api.on("POST", f"{TEAMS}/join", team("bob", code=None))
    ran = agon("team", "join", "c", "t-code")
    assert "ada (leads), bob" in ran.out and "Others join" not in ran.out
    assert agon.api.asked("POST", f"{TEAMS}/join")[0].body == {"code": "t-code"}


def test_ones_own_team_is_meant(agon):
    agon.api.on("GET", f"{TEAMS}/{ID}", team("Bob")).on("DELETE", f"{TEAMS}/{ID}/members/1", {}).on(
        "DELETE", f"{TEAMS}/{ID}/members/2", {}
    )
    agon.api.on("POST", f"{TEAMS}/{ID}/code", team()).on("POST", f"{TEAMS}/{ID}/leader", team()).on(
        "DELETE", f"{TEAMS}/{ID}", {}
    )
    calls = [["show"], ["show", "--team", ID], ["leave"], ["remove", "bob"], ["lead", "bob"], ["new-code"], ["dissolve"]]
    for name, *rest in calls:
        assert agon("team", name, "c", *rest).code == 0
    assert len(agon.api.asked("DELETE", f"{TEAMS}/{ID}/members/2")) == 1
    assert agon("team", "remove", "c", "eve").said.count("eve is not in") == 1
    assert "Bob can accept it" in agon("team", "lead", "c", "Bob").out


def test_a_submission_tells_who_handed_it_in_for_which_team(agon):
    agon.api.on("GET", "/phases/c-0/submissions", {"submissions": [submission(team="Night [Owls]")], "next": None})
    assert "ada for Night [Owls]" in agon("submissions", "list", "c").out


def test_who_is_in_no_team_is_told_how_to_make_one(agon):
    agon.api.replies.clear()
    agon.api.on("GET", "/competitions/c", competition() | {"teams": True, "my_team": None})
    ran = agon("team", "show", "c")
    assert (ran.code, "agon team create c NAME" in ran.said) == (1, True)


def test_an_organizer_approves_a_team_by_its_name(agon):
    agon.api.on("GET", TEAMS, {"teams": [team("bob")], "next": None}).on("PATCH", f"{TEAMS}/{ID}", team())
    agon.api.on("POST", f"{TEAMS}/{ID}/members", team("bob"))
    listed = agon("team", "list", "c").out
    assert "Night [Owls]" in listed and "ada, bob" in listed
    assert agon("team", "approve", "c", "night [owls]").out.strip() == "“Night [Owls]” is approved."
    assert agon("team", "deny", "c", ID).code == 0
    assert [one.body["status"] for one in agon.api.asked("PATCH", f"{TEAMS}/{ID}")] == ["approved", "denied"]
    assert agon("team", "add", "c", ID, "bob", "--json").json["name"] == "Night [Owls]"
    assert "There is no team “x”" in agon("team", "deny", "c", "x").said


def invitation(**facts: Any) -> dict[str, Any]:
    told = {"id": "i1", "to": "team", "subject": ID, "name": "Night [Owls]", "competition": "c", "invited": "bob"}
    told |= {"role": None, "by": "ada", "status": "open", "made_at": "2026-01-01T00:00:00Z"}
    return {**told, "expires_at": "2026-01-15T12:00:00Z", **facts}


def test_somebody_is_asked_by_name_or_address_and_answers(agon):
    place = f"{TEAMS}/{ID}/invitations"
    agon.api.on("POST", place, invitation(), 201).on("GET", place, {"invitations": [invitation(to="merger")]})
    agon.api.on("DELETE", f"{place}/i1", {}).on("GET", "/me/invitations", {"invitations": [invitation(to="lead")]})
    agon.api.on("POST", "/me/invitations/i1/accept", invitation()).on("POST", "/me/invitations/i1/decline", {})
    assert "bob can accept it until 2026-01-15" in agon("team", "invite", "c", "bob").out
    assert agon("team", "invite", "c", "b@example.org").code == 0
    assert [one.body for one in agon.api.asked("POST", place)] == [{"username": "bob"}, {"address": "b@example.org"}]
    for words in ("to go into “Night [Owls]” as a team", "i1", "ada"):
        assert words in agon("team", "invitations", "c").out
    assert "to lead “Night [Owls]”" in agon("team", "invitations").out
    assert agon("team", "accept", "i1").out.strip() == "You are in “Night [Owls]” now."
    assert agon("team", "decline", "i1").code == agon("team", "revoke", "c", "i1").code == 0
    agon.api.replies.clear()
    agon.api.on("GET", "/me/invitations", {"invitations": []})
    assert "no open invitation" in agon("team", "invitations").said


def test_a_team_asks_another_to_go_into_it(agon):
    agon.api.on("POST", f"{TEAMS}/{ID}/mergers", invitation(to="merger", invited="Bats"), 201)
    assert "Who leads “Bats” can accept it" in agon("team", "merge", "c", "bats").out
    assert agon("team", "merge", "c", ID).code == 0
    assert [one.body for one in agon.api.asked("POST", f"{TEAMS}/{ID}/mergers")] == [{"name": "bats"}, {"team": ID}]
    assert agon.api.asked("GET", TEAMS) == [], "The list of all is for organizers."


def test_organizers_rename_and_disband_with_a_reason(agon):
    agon.api.on("PATCH", f"{TEAMS}/{ID}", team()).on("DELETE", f"{TEAMS}/{ID}", {})
    assert "is called “Night [Owls]” now" in agon("team", "rename", "c", ID, "Bats", "--reason", "Rude.").out
    assert agon.api.asked("PATCH", f"{TEAMS}/{ID}")[0].body == {"name": "Bats", "reason": "Rude."}
    assert agon("team", "dissolve", "c", "--team", ID, "--reason", "Cheated.").code == 0
    assert agon.api.asked("DELETE", f"{TEAMS}/{ID}")[0].query == "reason=Cheated."
    agon.api.on("GET", f"{TEAMS}/{ID}", {**team(code=None), "members": [], "status": "disbanded"})
    shown = agon("team", "show", "c").out
    assert "Nobody is in it." in shown and "disbanded" in shown
