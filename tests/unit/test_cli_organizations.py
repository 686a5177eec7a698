"""`agon organizations`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.unit import fake_api
from tests.unit.command_line import ME, CommandLine

PLACE = "/organizations/o1"
HOUSE = {"id": "o1", "name": "Night [House]", "description": "We work.", "site": "", "members": 2, "my_role": "owner"}
BOB = {"user": "2", "username": "bob", "role": "member", "shown": True, "joined_at": "2026-01-01T00:00:00Z"}
ASKED = {
    **{"id": "i1", "to": "organization", "subject": "o1", "name": "Night [House]", "competition": None, "invited": "bob"},
    **{"role": "manager", "by": "ada", "status": "open", "made_at": "2026-01-01T00:00:00Z"},
    "expires_at": "2026-01-15T12:00:00Z",
}


@pytest.fixture
def agon(tmp_path: Path) -> Iterator[CommandLine]:
    with fake_api.running() as api:
        api.on("GET", "/me", ME).on("POST", "/organizations", HOUSE, 201)
        api.on("GET", "/organizations", {"organizations": [HOUSE]}).on("GET", PLACE, HOUSE)
        api.on("GET", f"{PLACE}/members", {"members": [BOB], "next": None})
        taken: dict[str, Any] = {"competitions": [{"competition": "c", "title": "Guess"}], "next": None}
        api.on("GET", f"{PLACE}/competitions", taken)
        api.on("PATCH", PLACE, HOUSE).on("DELETE", PLACE, {}).on("POST", f"{PLACE}/invitations", ASKED, 201)
        api.on("GET", f"{PLACE}/invitations", {"invitations": [ASKED]}).on("DELETE", f"{PLACE}/invitations/i1", {})
        api.on("PATCH", f"{PLACE}/members/2", BOB).on("DELETE", f"{PLACE}/members/2", {})
        api.on("POST", f"{PLACE}/owner", ASKED, 201)
        api.on("PATCH", f"{PLACE}/members/{ME['id']}", BOB).on("DELETE", f"{PLACE}/members/{ME['id']}", {})
        yield CommandLine(tmp_path, api, {"AGON_TOKEN": "agon_env"})


def test_an_organization_is_made_shown_and_changed(agon):
    assert "agon organizations invite o1" in agon("organizations", "create", "Night [House]", "--about", "We work.").out
    assert "Night [House]" in agon("organizations", "list").out
    shown = agon("organizations", "show", "o1").out
    assert all(word in shown for word in ("Night [House]", "We work.", "bob", "Guess"))
    assert agon("organizations", "change", "o1", "--about", "New.").code == 0
    assert agon.api.asked("PATCH", PLACE)[0].body == {"description": "New."}
    assert "nothing to change" in agon("organizations", "change", "o1").said
    assert agon("organizations", "delete", "o1").code == 0


def test_people_are_asked_in_get_roles_and_leave(agon):
    asked = agon("organizations", "invite", "o1", "bob", "--manager")
    assert "bob can accept it until 2026-01-15" in asked.out
    assert agon.api.asked("POST", f"{PLACE}/invitations")[0].body == {"role": "manager", "username": "bob"}
    assert "manager" in agon("organizations", "invitations", "o1").out
    assert agon("organizations", "revoke", "o1", "i1").code == 0
    assert "bob is a member now." in agon("organizations", "role", "o1", "bob", "member").out
    assert "Everybody sees" in agon("organizations", "appear", "o1").out
    calls = [["remove", "o1", "bob"], ["leave", "o1"], ["offer", "o1", "bob"]]
    assert [agon("organizations", *call).code for call in calls] == [0, 0, 0]
    assert "eve is not in it" in agon("organizations", "remove", "o1", "eve").said
