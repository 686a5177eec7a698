"""Taking part on the deployed stack: an application, new terms, a denial, an invitation, a secret link and a viewer."""

from collections.abc import Callable
from typing import Any

import pytest

from agon.client import Client
from agon.errors import ProblemError
from tests import builders


def refused(ask: Callable[[], Any]) -> int:
    """The status with which a call is refused."""
    with pytest.raises(ProblemError) as problem:
        ask()
    return problem.value.status


def test_people_are_let_in_turned_away_invited_and_look_on(
    organizer: Client, ada: Client, grace: Client, stranger: Client, send: Callable[..., str]
) -> None:
    bundle = send(organizer, builders.bundle(auto_approve=False), "bundle")
    made = organizer.wait_for_import(organizer.import_bundle(bundle)["id"])
    competition = str(made["competition"])

    # A draft shows itself to who has its link, and to nobody else.
    assert refused(lambda: ada.competition(competition)) == 404
    ada.use_link(organizer.make_link(competition)["token"])
    phase = ada.competition(competition)["phases"][0]["id"]
    assert ada.join(competition)["status"] == "pending"
    ada.use_link("")
    organizer.revoke_link(competition)
    assert ada.competition(competition)["my_status"] == "pending"
    organizer.publish(competition)

    # Approval, and other terms than those that were accepted.
    (waiting,) = organizer.participants(competition, status="pending")
    assert organizer.decide_participants(competition, [waiting["user"]], "approved", "Welcome.")["refused"] == {}
    assert ada.submit(phase, send(ada, builders.submission()))["status"] == "Submitted"
    place = f"/competitions/{competition}/terms"
    changed = organizer.http.response("PATCH", place, {"content": "Play fairer."}, headers={"If-Match": "*"})
    assert changed.is_success
    assert refused(lambda: ada.submit(phase, send(ada, builders.submission()))) == 409
    ada.accept_terms(competition, 2)
    second = ada.submit(phase, send(ada, builders.submission()))["id"]

    # A denial, of which the reason is read.
    organizer.decide_participants(competition, [waiting["user"]], "denied", "Two accounts.")
    assert ada.competition(competition)["my_reason"] == "Two accounts."
    assert refused(lambda: ada.submit(phase, send(ada, builders.submission()))) == 403

    # An invitation, which is its address's alone.
    address = f"{grace.me()['username']}@example.org"
    invitations, _ = organizer.invite(competition, [address])
    assert [one["status"] for one in invitations] == ["waiting"]
    assert [one["competition"] for one in grace.guest_lists() if one["competition"] == competition] == [competition]
    assert stranger.join(competition)["status"] == "pending"
    assert grace.join(competition)["status"] == "approved"
    assert [one["accepted_by"] for one in organizer.guests(competition)] == [grace.me()["username"]]

    # A viewer, who sees and changes nothing.
    viewer = stranger.me()["username"]
    organizer.appoint(competition, viewer, "viewer", "The sponsor.")
    stranger.accept_role(competition, "viewer")
    assert stranger.http.call("GET", "/submissions/{submission}", submission=second)["id"] == second
    assert len(list(stranger.participants(competition))) == 3
    assert refused(lambda: stranger.publish(competition)) == 403
    assert refused(lambda: stranger.decide_participants(competition, [waiting["user"]], "approved")) == 403
    told = [entry["what"] for entry in stranger.audit(competition)]
    joining = ["addresses_read", "invited", "denied", "edited", "approved"]
    assert told == ["appointed", "offered", *joining, "published", "closed", "opened"]
