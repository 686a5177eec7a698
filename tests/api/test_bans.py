"""Bans: who is let in no more, what ends with that, and how administrators find people."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.actions.background import sweep
from chalicelib.actions.people import accounts
from tests.api.conftest import PASSWORD, Person, Site

REASON = "Two accounts."


@pytest.fixture
def root(deployed: Site) -> Person:
    return deployed.person("root", admin=True)


def ban(root: Person, username: str) -> None:
    assert root.call("POST", f"/site/accounts/{username}/ban", {"reason": REASON}).status == 200


def sign_in(site: Site, username: str):  # type: ignore[no-untyped-def]
    return site.call("POST", "/sessions", {"username": username, "password": PASSWORD})


def newcomer(site: Site, username: str) -> Person:
    """Somebody whom later tests do not know: a session that has ended stays so."""
    site.people.pop((username, False), None)
    return site.person(username)


def test_who_is_banned_is_told_why_and_gets_in_by_nothing_until_they_are_restored(site: Site, root: Person) -> None:
    eve = newcomer(site, "eve")
    session = sign_in(site, "eve").body
    token = eve.call("POST", "/tokens", {"name": "laptop"}).body["token"]
    assert site.call("GET", "/me", token=token).status == 200
    ban(root, "eve")
    for shown in (eve.token, token):
        refused = site.call("GET", "/me", token=shown)
        assert (refused.status, REASON in refused.body["detail"]) == (401, True)
    refused = sign_in(site, "eve")
    assert (refused.status, REASON in refused.body["detail"]) == (403, True)
    assert site.call("POST", "/sessions/refresh", {"refresh_token": session["refresh_token"]}).status == 401
    site.work()
    assert root.call("DELETE", "/site/accounts/eve/ban?reason=Sorry.").body["ban"] is None
    again = sign_in(site, "eve")
    assert again.status == 200
    # What was open when they were banned stays shut: a thief's token does not come back with the account.
    assert [site.call("GET", "/me", token=shown).status for shown in (eve.token, token)] == [401, 401]


def test_another_process_hears_of_a_ban_within_seconds_also_by_a_token(site: Site, root: Person) -> None:
    eve = newcomer(site, "eve")
    token = eve.call("POST", "/tokens", {"name": "laptop"}).body["token"]
    assert site.call("GET", "/me", token=token).status == 200
    heard = dict(accounts._going_on)
    ban(root, "eve")
    accounts._going_on.update(heard)
    assert site.call("GET", "/me", token=token).status == 200
    accounts._going_on[eve.id, ""] -= accounts.SIGNED_OUT_WITHIN
    assert site.call("GET", "/me", token=token).status == 401


def test_what_a_banned_account_has_in_progress_is_cancelled_and_nobody_is_told_why(
    site: Site, root: Person, organizer: Person, ada: Person
) -> None:
    competition = organizer.competition()
    eve = newcomer(site, "eve")
    for person in (eve, ada):
        person.join(competition)
    theirs, others = eve.submit(competition).body["id"], ada.submit(competition).body["id"]
    ban(root, "eve")
    site.work()
    shown = organizer.call("GET", f"/submissions/{theirs}").body
    assert (shown["status"], REASON in str(shown)) == ("Cancelled", False)
    assert organizer.call("GET", f"/submissions/{others}").body["status"] == "Submitted"


def test_what_stands_with_a_team_that_went_into_anothers_is_cancelled_too(
    site: Site, root: Person, organizer: Person, ada: Person
) -> None:
    competition = organizer.competition(extra="agon: {enable_teams: true, require_team_approval: false}\n")
    eve, bob = newcomer(site, "eve"), newcomer(site, "bob")
    teams = {}
    for person in (eve, ada, bob):
        person.join(competition)
        where = f"/competitions/{competition['id']}/teams"
        teams[person.username] = person.call("POST", where, {"name": f"{person.username}s"}).body["id"]
    theirs = eve.submit(competition).body["id"]
    # Hers went into ada's, and that into bob's, while it waits.
    for one, other in ((ada, eve), (bob, ada)):
        offered = one.call("POST", f"{where}/{teams[one.username]}/mergers", {"team": teams[other.username]}).body
        assert other.call("POST", f"/me/invitations/{offered['id']}/accept").status == 200
    ban(root, "eve")
    site.work()
    assert organizer.call("GET", f"/submissions/{theirs}").body["status"] == "Cancelled"


def test_what_another_process_took_meanwhile_is_cancelled_in_a_second_round(
    site: Site, root: Person, organizer: Person
) -> None:
    competition = organizer.competition()
    eve = newcomer(site, "eve")
    eve.join(competition)
    ban(root, "eve")
    site.work()
    accounts._going_on[eve.id, eve.session] = datetime.now(UTC)
    # The session of before is over, and that process has not heard of it.
    late = eve.submit(competition).body["id"]
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=3))
    (message,) = [one for one in site.messages() if one["task"] == "account"]
    row = next(row for row in site.rows() if row["kind"] == "account_job")
    assert row["status"] == "Waiting"
    site.run(message)
    assert organizer.call("GET", f"/submissions/{late}").body["status"] == "Cancelled"


def test_an_account_is_found_by_its_exact_name_or_address_and_the_address_is_not_told(site: Site, root: Person) -> None:
    eve = newcomer(site, "eve")
    sign_in(site, "eve")
    for asked in ({"username": "eve"}, {"address": "Eve@example.org"}):
        found = root.call("POST", "/site/accounts", asked)
        assert found.body == {"id": eve.id, "username": "eve", "ban": None}
    assert root.call("POST", "/site/accounts", {"address": "ev@example.org"}).status == 404
    assert root.call("POST", "/site/accounts", {"username": "eve", "address": "eve@example.org"}).status == 422
    looked = root.call("GET", "/site/audit").body["deeds"]
    assert [(one["what"], one["participant"], one["by"]) for one in looked] == [("looked_up", "eve", "root")]


def test_bans_are_listed_and_stand_in_the_audit_log(site: Site, root: Person) -> None:
    newcomer(site, "eve")
    ban(root, "eve")
    (banned,) = root.call("GET", "/site/accounts").body["accounts"]
    assert (banned["username"], banned["ban"]["by"], banned["ban"]["reason"]) == ("eve", "root", REASON)
    assert root.call("POST", "/site/accounts/eve/ban", {"reason": "Again."}).status == 409
    root.call("DELETE", "/site/accounts/eve/ban?reason=Sorry.")
    assert root.call("DELETE", "/site/accounts/eve/ban").status == 409
    assert root.call("GET", "/site/accounts").body["accounts"] == []
    log = root.call("GET", "/site/audit").body["deeds"]
    assert [(one["what"], one["reason"]) for one in log] == [("unbanned", "Sorry."), ("banned", REASON)]


def test_nobody_bans_themselves_or_nobody_or_without_a_reason(site: Site, root: Person) -> None:
    assert root.call("POST", "/site/accounts/root/ban", {"reason": REASON}).status == 409
    assert root.call("POST", "/site/accounts/nobody-at-all/ban", {"reason": REASON}).status == 404
    assert root.call("POST", "/site/accounts/ada/ban", {"reason": " "}).status == 422
