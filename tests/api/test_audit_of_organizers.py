"""The audit logs of a competition and of its phases: each act of its organizers, and none that was refused or one's own."""

from typing import Any

import pytest

from tests import judged
from tests.api.conftest import Person, Site


@pytest.fixture
def competition(organizer: Person, ada: Person) -> dict[str, Any]:
    made = organizer.competition(
        extra="auto_run_submissions: false\nagon:\n  enable_teams: true\n  allow_organizer_teams: true"
    )
    ada.join(made)
    return made


def path_of(competition: dict[str, Any], rest: str = "") -> str:
    return f"/competitions/{competition['id']}{rest}"


def phase_of(competition: dict[str, Any], rest: str = "") -> str:
    return f"/phases/{competition['phases'][0]['id']}{rest}"


def told(person: Person, where: str) -> list[tuple[Any, ...]]:
    """The acts in a log, the first one first."""
    deeds = person.call("GET", where).body["deeds"]
    assert {one["by"] for one in deeds} <= {person.username}
    return [(one["what"], one["participant"], one["before"], one["after"]) for one in reversed(deeds)]


def of_submissions(person: Person, competition: dict[str, Any]) -> list[tuple[Any, ...]]:
    deeds = person.call("GET", phase_of(competition, "/deeds")).body["deeds"]
    return [(one["what"], one["submission"], one["by"]) for one in reversed(deeds)]


def test_publishing_and_its_end_are_told_once_each(organizer: Person) -> None:
    competition = organizer.competition(publish=False)
    for verb in ("publish", "publish", "unpublish", "unpublish"):
        assert organizer.call("POST", path_of(competition, f"/{verb}")).status == 200
    here = {"competition": competition["id"], "title": competition["title"]}
    assert told(organizer, path_of(competition, "/audit")) == [
        ("published", None, None, here),
        ("unpublished", None, here, None),
    ]


def test_starting_cancelling_running_again_and_describing_somebodys_submission_is_told(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    first, second, own = (ada.submit(competition).body["id"] for _ in range(3))
    assert organizer.call("POST", f"/submissions/{first}/start").status == 200
    assert organizer.call("POST", f"/submissions/{first}/start").status == 409
    assert organizer.call("POST", phase_of(competition, "/submissions/start"), {"submissions": [second]}).body["done"]
    for one in (first, second):
        assert organizer.call("POST", f"/submissions/{one}/cancel").body["status"] == "Cancelled"
    assert ada.call("POST", f"/submissions/{own}/cancel").status == 200
    assert ada.call("PATCH", f"/submissions/{own}", {"name": "Mine"}).status == 200
    assert organizer.call("PATCH", f"/submissions/{own}", {"name": "Theirs"}).status == 200
    assert organizer.call("POST", f"/submissions/{first}/rerun").status == 200
    assert organizer.call("POST", phase_of(competition, "/submissions/rerun"), {"submissions": [second]}).body["done"]
    # The results that stand, stand: what is run again is stopped.
    assert organizer.call("POST", f"/submissions/{first}/cancel").status == 200
    assert organizer.call("POST", phase_of(competition, "/rerun")).status == 202
    assert of_submissions(organizer, competition) == [
        ("started", first, "olga"),
        ("started", second, "olga"),
        ("cancelled", first, "olga"),
        ("cancelled", second, "olga"),
        ("described", own, "olga"),
        ("rerun", first, "olga"),
        ("rerun", second, "olga"),
        ("cancelled", first, "olga"),
        ("rerun", None, "olga"),
    ]


def test_what_is_done_with_a_jury_is_told(site: Site, organizer: Person) -> None:
    competition = organizer.competition(files=judged.files(judging={**judged.RUBRIC, "publish_at_once": False}))
    juno = site.person("juno")
    assert organizer.call("POST", path_of(competition, "/jurors"), {"username": "juno"}).status == 201
    assert organizer.call("POST", path_of(competition, "/jurors"), {"username": "juno"}).status == 409
    its = path_of(competition, f"/jurors/{juno.id}")
    assert organizer.call("PATCH", its, {"status": "excluded"}).body["status"] == "excluded"
    assert organizer.call("DELETE", its).status == 200
    assert organizer.call("DELETE", its).status == 404
    assert told(organizer, path_of(competition, "/audit")) == [
        ("juror", "juno", None, "active"),
        ("juror", "juno", "active", "excluded"),
        ("juror", "juno", "excluded", None),
    ]
    for verb in ("publish", "unpublish"):
        assert organizer.call("POST", phase_of(competition, f"/judging/{verb}")).status == 200
    assert [what for what, *_ in told(organizer, phase_of(competition, "/deeds"))] == [
        "judgements_published",
        "judgements_hidden",
    ]


def test_what_organizers_do_to_teams_is_told_without_codes_and_addresses_and_what_teams_do_is_not(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    bob = site.person("bob")
    bob.join(competition)
    team = organizer.call("POST", path_of(competition, "/teams"), {"name": "Owls", "leader": "ada"}).body
    its = path_of(competition, f"/teams/{team['id']}")
    assert organizer.call("POST", f"{its}/members", {"username": "bob"}).status in (200, 201)
    assert organizer.call("DELETE", f"{its}/members/{bob.id}").status == 200
    asked = organizer.call("POST", f"{its}/invitations", {"address": "secret@example.org"})
    assert asked.status == 201
    assert organizer.call("DELETE", f"{its}/invitations/{asked.body['id']}").status == 200
    assert organizer.call("POST", f"{its}/code").status == 200
    code = ada.call("POST", f"{its}/code").body["code"]
    bob.call("POST", path_of(competition, "/teams/join"), {"code": code})
    assert bob.call("DELETE", f"{its}/members/{bob.id}").status == 200
    assert told(organizer, path_of(competition, "/audit")) == [
        ("team_made", "Owls", None, "ada"),
        ("team_joined", "Owls", None, "bob"),
        ("team_left", "Owls", "bob", None),
        ("team_invited", "Owls", None, None),
        ("team_uninvited", "Owls", None, None),
        ("code_renewed", "Owls", None, None),
    ]
    kept = str([row for row in site.rows() if row["pk"].startswith("DEEDS#")])
    assert code not in kept and "secret@example.org" not in kept


def test_dumps_clones_registries_and_groups_by_rule_are_told_without_secrets(
    site: Site, organizer: Person, competition: dict[str, Any]
) -> None:
    dump = organizer.call("POST", path_of(competition, "/dumps"), {}).body["id"]
    site.work()
    assert organizer.call("DELETE", path_of(competition, f"/dumps/{dump}")).status == 200
    clone = organizer.call("POST", path_of(competition, "/clone"), {}).body["id"]
    login = {"server": "registry.example.org", "username": "puller", "password": "hush-hush"}
    assert organizer.call("POST", path_of(competition, "/registry"), login).status in (200, 201)
    assert organizer.call("DELETE", path_of(competition, "/registry")).status == 200
    job = organizer.call("POST", path_of(competition, "/groups/apply")).body["id"]
    assert organizer.call("POST", path_of(competition, "/groups/apply")).status == 409
    assert [(what, before, after) for what, _, before, after in told(organizer, path_of(competition, "/audit"))] == [
        ("dumped", None, {"dump": dump, "form": "full"}),
        ("dump_removed", {"dump": dump}, None),
        ("cloned", None, {"competition": clone}),
        ("registry_stored", None, {"server": "registry.example.org"}),
        ("registry_removed", None, None),
        ("rules_applied", None, {"job": job}),
    ]
    kept = str([row for row in site.rows() if row["pk"].startswith("DEEDS#")])
    assert "hush" not in kept and "puller" not in kept


def test_an_organizers_mark_on_a_thread_is_told_and_its_authors_is_not(
    organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    threads = path_of(competition, "/threads")
    thread = ada.call("POST", threads, {"title": "How?", "text": "So?"}).body["thread"]
    post = ada.call("POST", f"{threads}/{thread}/posts", {"text": "So."}).body["number"]
    assert ada.call("PATCH", f"{threads}/{thread}", {"answer": post}).status == 200
    assert ada.call("PATCH", f"{threads}/{thread}", {"pinned": True}).status == 403
    assert organizer.call("PATCH", f"{threads}/{thread}", {"pinned": True}).status == 200
    said = {"thread": thread, "pinned": True}
    assert told(organizer, path_of(competition, "/audit")) == [("thread_marked", "ada", None, said)]


def test_exports_of_submissions_are_told(organizer: Person, ada: Person, competition: dict[str, Any]) -> None:
    ada.submit(competition)
    export = organizer.call("POST", phase_of(competition, "/parcels"), {}).body["id"]
    assert organizer.call("POST", phase_of(competition, "/parcels"), {}).status == 409
    assert told(organizer, phase_of(competition, "/deeds")) == [
        ("packed", None, None, {"export": export, "submissions": None})
    ]
