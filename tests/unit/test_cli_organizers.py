"""`agon organizers`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit import fake_api
from tests.unit.command_line import NOW, CommandLine, competition

ORGANIZERS = "/competitions/c/organizers"


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


def one(name: str, role: str | None = None, offered: str | None = None) -> dict[str, Any]:
    return {"user": f"u-{name}", "username": name, "role": role, "offered": offered, "by": "olga", "at": NOW}


def offered(role: str) -> dict[str, Any]:
    waiting = {"competition": "c", "title": "Guess", "role": role, "by": "olga", "at": NOW, "reason": "Please."}
    return {"offers": [waiting], "next": None}


def test_who_is_asked_is_told_how_to_accept(agon):
    agon.api.on("POST", ORGANIZERS, one("ada", offered="viewer"))
    ran = agon("organizers", "add", "c", "ada", "--role", "viewer", "--reason", "The sponsor.")
    (asked,) = agon.api.asked("POST", ORGANIZERS)
    assert asked.body == {"username": "ada", "role": "viewer", "reason": "The sponsor."}
    assert "agon organizers accept c" in ran.out


def test_the_list_tells_roles_and_who_is_asked(agon):
    agon.api.on("GET", ORGANIZERS, {"organizers": [one("olga", "owner"), one("ada", offered="organizer")]})
    ran = agon("organizers", "list", "c")
    assert all(told in ran.out for told in ("olga", "owner", "ada", "asked to be an organizer"))


def test_what_is_offered_is_accepted_as_it_is_offered(agon):
    agon.api.on("GET", "/offers", offered("owner"))
    agon.api.on("POST", f"{ORGANIZERS}/accept", one("ada", "owner"))
    ran = agon("organizers", "accept", "c")
    assert agon.api.asked("POST", f"{ORGANIZERS}/accept")[0].body == {"role": "owner"}
    assert "You are the owner of Guess." in ran.out


def test_to_decline_keeps_the_role_that_one_has(agon):
    agon.api.on("GET", "/offers", offered("owner"))
    agon.api.on("GET", "/me", {"id": "u-ada", "username": "ada", "is_admin": False, "signed_in_with": "token"})
    agon.api.on("DELETE", f"{ORGANIZERS}/u-ada", {})
    assert agon("organizers", "decline", "c").code == 0
    assert agon.api.asked("DELETE", f"{ORGANIZERS}/u-ada")[0].query == "offer=true"


def test_somebody_is_removed_by_name_with_a_reason(agon):
    agon.api.on("GET", ORGANIZERS, {"organizers": [one("olga", "owner"), one("Ada", "viewer")]})
    agon.api.on("DELETE", f"{ORGANIZERS}/u-Ada", {})
    ran = agon("organizers", "remove", "c", "ada", "--reason", "Gone.")
    (asked,) = agon.api.asked("DELETE", f"{ORGANIZERS}/u-Ada")
    assert (asked.query, "Ada does not run c" in ran.out) == ("reason=Gone.", True)
    assert "zoe does not run" in agon("organizers", "remove", "c", "zoe").said


def test_who_is_offered_nothing_is_told_so(agon):
    agon.api.on("GET", "/offers", {"offers": [], "next": None})
    assert "offered nothing" in agon("organizers", "accept", "c").said


def test_a_secret_link_is_told_once_and_shown_with_every_call(agon):
    agon.api.on("POST", "/competitions/c/link", {"token": "s3cret", "made_at": NOW})
    assert "agon join c --link s3cret" in agon("competitions", "link", "c").out
    agon.api.on("GET", "/competitions/c", competition(my_status=None))
    agon.api.on("POST", "/competitions/c/participants", {"status": "approved"})
    assert agon("join", "c", "--link", "s3cret").code == 0
    for method, path in (("GET", "/competitions/c"), ("POST", "/competitions/c/participants")):
        assert agon.api.asked(method, path)[0].headers["agon-link"] == "s3cret"


def test_a_link_is_revoked(agon):
    agon.api.on("DELETE", "/competitions/c/link", {})
    assert "opens nothing" in agon("competitions", "link", "c", "--revoke").out
