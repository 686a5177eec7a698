"""Slugs of competitions: made of the title, changed by organizers, never another's, and as good as an id in every path."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.actions.competitions import slugs as verbs
from chalicelib.actions.discovery import cataloguing
from chalicelib.contract.limits import MAX_FORMER_SLUGS
from chalicelib.store import table
from chalicelib.store.competitions import slugs
from chalicelib.store.competitions.competitions import Competition
from tests import builders
from tests.api.conftest import Answer, Person, Site
from tests.api.test_import_update import send
from tests.api.test_participants import counting

SETTINGS = "/competitions/{}/settings"


@pytest.fixture
def competition(organizer: Person) -> dict[str, Any]:
    return organizer.competition(title="Guess the Tides")


def rename(person: Person, competition: dict[str, Any], slug: str | None) -> Answer:
    return person.call("PATCH", SETTINGS.format(competition["id"]), {"agon.slug": slug}, If_Match="*")


def slug_of(person: Person, competition: str) -> str:
    return str(person.call("GET", f"/competitions/{competition}").body["slug"])


def said_of_slugs(done: dict[str, Any]) -> list[str]:
    """The warnings of an import that are about the slug."""
    return [one["key"] for one in done["warnings"] if one["key"] != "image"]


def without_slug(competition: dict[str, Any]) -> Competition:
    """A competition as a former build left it."""
    (stored,) = table.read(Competition.at(competition["id"]))
    assert stored is not None
    stored.update(actions=[Competition.slug.remove()])
    for one in slugs.Slug.query(f"SLUG#{competition['slug']}"):
        one.delete()
    return stored


def test_a_competition_is_named_after_its_title_and_answers_to_that(ada: Person, competition: dict[str, Any]) -> None:
    assert competition["slug"] == "guess-the-tides"
    for name in ("guess-the-tides", "Guess-The-Tides", competition["id"], competition["id"].upper()):
        assert ada.call("GET", f"/competitions/{name}").body["id"] == competition["id"]
    (card,) = ada.call("GET", "/competitions").body["competitions"]
    assert card["slug"] == "guess-the-tides"


def test_a_phase_goes_by_its_competitions_slug_and_its_index(
    site: Site, admin: Person, ada: Person, competition: dict[str, Any]
) -> None:
    assert ada.call("POST", "/competitions/guess-the-tides/participants", {"accept_terms": True}).status == 201
    submitted = ada.call("POST", "/phases/guess-the-tides-0/submissions", {"upload": ada.upload(builders.submission())})
    assert (submitted.status, submitted.body["phase"]) == (201, competition["phases"][0]["id"])
    job = site.claim(submitted.body["id"], site.runner_token(admin)).body
    assert site.finish(job, {"accuracy": 0.5, "seconds": 1}).status == 200
    site.work()
    assert ada.call("GET", "/phases/guess-the-tides-0/leaderboard").body["count"] == 1
    for name in ("guess-the-tides-7", "guess-the-tides", "guess-0", "-0", "guess-the-tides-x"):
        assert ada.call("GET", f"/phases/{name}/leaderboard").status == 404


def test_an_id_costs_no_call_more_and_a_slug_one(
    site: Site, competition: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    costs = []
    for name in (competition["id"], competition["slug"]):
        with counting(monkeypatch) as calls:
            assert site.call("GET", f"/competitions/{name}").status == 200
        costs.append(len(calls))
    assert costs == [1, 2]


def test_the_next_competition_of_the_same_title_gets_a_letter(organizer: Person, competition: dict[str, Any]) -> None:
    others = [organizer.competition(title="Guess the tides!", per_day=number)["slug"] for number in (1, 2)]
    assert others == ["guess-the-tides-b", "guess-the-tides-c"]


def test_two_who_take_one_slug_at_once_get_different_ones(
    site: Site, organizer: Person, competition: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    look, raced = slugs.first_free, []

    def slow(candidates: list[str], id_: str) -> str:
        found = look(candidates, id_)
        if not raced:
            # Somebody takes what was just seen to be free.
            raced.append(found)
            slugs.Slug(*slugs.Slug.at(found), slug=found, competition="x" * 26, taken_at=datetime.now(UTC)).save()
        return found

    monkeypatch.setattr(slugs, "first_free", slow)
    clone = organizer.call("POST", f"/competitions/{competition['id']}/clone", {"title": "Raced"}).body
    assert (raced, clone["slug"]) == (["raced"], "raced-b")
    raced.clear()
    upload = organizer.upload(builders.bundle(title="Imported"), "bundle")
    begun = organizer.call("POST", "/competitions", {"upload": upload}).body
    site.work()
    assert slug_of(organizer, organizer.call("GET", f"/imports/{begun['id']}").body["competition"]) == "imported-b"


def test_an_organizer_changes_it_and_the_former_one_goes_on_leading_there(
    organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    assert rename(organizer, competition, "tides-2027").status == 200
    assert slug_of(ada, competition["id"]) == "tides-2027"
    assert {slug_of(ada, name) for name in ("tides-2027", "guess-the-tides")} == {"tides-2027"}
    # Not even a competition of the same title gets it.
    assert organizer.competition(title="Guess the Tides", per_day=3)["slug"] == "guess-the-tides-b"
    assert rename(organizer, competition, "guess-the-tides").status == 200
    assert slug_of(ada, "tides-2027") == "guess-the-tides"


@pytest.mark.parametrize("title", ["Ebb and Flow", None])
def test_another_title_or_no_wish_leaves_it(organizer: Person, competition: dict[str, Any], title: str | None) -> None:
    patch = {"title": title} if title else {"agon": {"slug": None}}
    assert organizer.call("PATCH", SETTINGS.format(competition["id"]), patch, If_Match="*").status == 200
    shown = organizer.call("GET", SETTINGS.format("guess-the-tides")).body["settings"]
    assert shown["agon"]["slug"] == "guess-the-tides"


@pytest.mark.parametrize("slug", ["x", "Ä", "a b", "x" * 26, "new", "2027", "iris-2", f"{'x' * 26}-0", "x" * 61])
def test_what_is_no_slug_is_refused_with_what_to_write(organizer: Person, competition: dict[str, Any], slug: str) -> None:
    refused = rename(organizer, competition, slug)
    assert (refused.status, [one["place"] for one in refused.body["errors"]]) == (422, ["agon.slug"])
    assert "Write" in refused.body["errors"][0]["message"]


def test_nobody_takes_the_slug_that_another_competition_has_or_had(
    site: Site, organizer: Person, competition: dict[str, Any]
) -> None:
    other = site.person("mallory").competition(title="Other")
    rename(organizer, competition, "tides-2027")
    for slug in ("tides-2027", "guess-the-tides"):
        refused = rename(site.person("mallory"), other, slug)
        assert (refused.status, refused.body["errors"][0]["place"]) == (422, "agon.slug")
    assert slug_of(organizer, "guess-the-tides") == "tides-2027"


def test_who_comes_second_to_a_slug_is_told_to_look_again(
    organizer: Person, competition: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def others(slug: str) -> None:
        if not slugs.Slug.count(f"SLUG#{slug}"):
            slugs.Slug(*slugs.Slug.at(slug), slug=slug, competition="x" * 26, taken_at=datetime.now(UTC)).save()

    monkeypatch.setattr(slugs, "leads_to", others)
    refused = rename(organizer, competition, "contested")
    assert (refused.status, "taken its new slug" in refused.body["detail"]) == (412, True)
    assert slug_of(organizer, competition["id"]) == "guess-the-tides"


def test_slugs_that_one_competition_keeps_for_itself_have_an_end(organizer: Person, competition: dict[str, Any]) -> None:
    for number in range(MAX_FORMER_SLUGS):
        assert rename(organizer, competition, f"tides-{number}th").status == 200
    refused = rename(organizer, competition, "one-more")
    assert (refused.status, "tides-3th" in refused.body["errors"][0]["message"]) == (422, True)
    assert rename(organizer, competition, "tides-3th").status == 200


def test_an_update_keeps_it_and_a_bundle_that_names_another_changes_it(
    site: Site, organizer: Person, competition: dict[str, Any]
) -> None:
    assert send(site, organizer, competition, builders.bundle(title="Ebb"))["status"] == "Finished"
    assert slug_of(organizer, competition["id"]) == "guess-the-tides"
    named = builders.bundle(title="Ebb", extra="agon: {slug: ebb-2027}")
    assert send(site, organizer, competition, named)["status"] == "Finished"
    assert slug_of(organizer, "guess-the-tides") == "ebb-2027"


def test_an_update_that_names_anothers_slug_keeps_its_own_and_says_so(
    site: Site, organizer: Person, competition: dict[str, Any]
) -> None:
    organizer.competition(title="Other")
    done = send(site, organizer, competition, builders.bundle(title="Ebb", extra="agon: {slug: other}"))
    assert (done["status"], said_of_slugs(done)) == ("Finished", ["agon.slug"])
    assert "`guess-the-tides`" in str(done["warnings"])
    assert slug_of(organizer, competition["id"]) == "guess-the-tides"


def test_a_new_competition_gets_the_slug_that_its_bundle_names_or_one_like_it_and_is_told(
    site: Site, organizer: Person
) -> None:
    said = []
    for number in (1, 2):
        content = builders.bundle(title=f"Tides {number}", extra="agon: {slug: ebb-2027}")
        begun = organizer.call("POST", "/competitions", {"upload": organizer.upload(content, "bundle")}).body
        site.work()
        done = organizer.call("GET", f"/imports/{begun['id']}").body
        said.append((slug_of(organizer, done["competition"]), said_of_slugs(done)))
    assert said == [("ebb-2027", []), ("ebb-2027-b", ["agon.slug"])]


def test_a_clone_gets_a_slug_of_its_own(organizer: Person, competition: dict[str, Any]) -> None:
    clones = [organizer.call("POST", "/competitions/guess-the-tides/clone", {"title": one}) for one in ("", "Ebb")]
    assert [one.body["slug"] for one in clones] == ["guess-the-tides-copy", "ebb"]


def test_what_a_former_build_left_gets_one_when_it_is_looked_at(site: Site, competition: dict[str, Any]) -> None:
    without_slug(competition)
    assert site.call("GET", "/competitions").body["competitions"][0]["slug"] == competition["id"]
    assert [site.call("GET", f"/competitions/{competition['id']}").body["slug"] for _ in "12"] == ["guess-the-tides"] * 2
    assert site.call("GET", "/competitions/guess-the-tides").body["id"] == competition["id"]


def test_what_a_former_build_left_published_gets_one_within_a_day(site: Site, competition: dict[str, Any]) -> None:
    without_slug(competition)
    cataloguing.rebuild(cataloguing.ALL, datetime.now(UTC))
    assert slugs.leads_to("guess-the-tides") == competition["id"]


def test_two_who_look_at_it_first_give_it_one_slug(competition: dict[str, Any]) -> None:
    first, second = without_slug(competition), table.read(Competition.at(competition["id"]))[0]
    assert second is not None
    for one in (first, second):
        verbs.give(one, datetime.now(UTC))
    assert (first.slug, second.slug) == ("guess-the-tides", "guess-the-tides")
    assert slugs.leads_to("guess-the-tides-b") is None


def test_a_drafts_slug_tells_strangers_nothing(site: Site, organizer: Person, ada: Person) -> None:
    organizer.competition(publish=False, title="Secret plan")
    there, nowhere = (ada.call("GET", f"/competitions/{name}") for name in ("secret-plan", "no-plan"))
    assert (there.status, there.body["title"]) == (nowhere.status, nowhere.body["title"]) == (404, "Not found")
    assert there.body["detail"] == nowhere.body["detail"]
