"""GET /phases/{phase}/leaderboard."""

from typing import Any

from tests.api.conftest import Person, Site


def score(site: Site, person: Person, admin: Person, competition: dict[str, Any], accuracy: float) -> None:
    job = site.claim(person.submit(competition).body["id"], site.runner_token(admin)).body
    assert site.finish(job, {"accuracy": accuracy, "seconds": 1.0}).status == 200


def test_the_better_participant_comes_first(site: Site, organizer: Person, admin: Person, ada: Person) -> None:
    competition = organizer.competition()
    grace = site.person("grace")
    for person, accuracy in ((ada, 0.5), (grace, 0.9)):
        person.join(competition)
        score(site, person, admin, competition, accuracy)
    site.work()
    board = site.call("GET", f"/phases/{competition['phases'][0]['id']}/leaderboard").body
    assert [(row["rank"], row["participant"]) for row in board["rows"]] == [(1, "grace"), (2, "ada")]
    assert (board["count"], board["page"], board["pages"]) == (2, 1, 1)


def test_an_unchanged_board_is_not_sent_again(site: Site, organizer: Person, admin: Person, ada: Person) -> None:
    competition = organizer.competition()
    path = f"/phases/{competition['phases'][0]['id']}/leaderboard"
    etag = site.call("GET", path).headers["etag"]
    assert site.call("GET", path, If_None_Match=etag).status == 304
    ada.join(competition)
    score(site, ada, admin, competition, 0.5)
    site.work()
    changed = site.call("GET", path, If_None_Match=etag)
    assert (changed.status, changed.headers["etag"] != etag) == (200, True)


def test_a_rush_costs_one_rebuild(site: Site, organizer: Person, admin: Person, ada: Person) -> None:
    competition = organizer.competition()
    ada.join(competition)
    for accuracy in (0.1, 0.2, 0.3):
        score(site, ada, admin, competition, accuracy)
    assert [message["task"] for message in site.messages()] == ["rebuild"]


def test_the_board_of_a_draft_does_not_exist_for_a_stranger(site: Site, organizer: Person) -> None:
    draft = organizer.competition(publish=False)
    assert site.call("GET", f"/phases/{draft['phases'][0]['id']}/leaderboard").status == 404


def test_a_page_beyond_the_last_does_not_exist(site: Site, organizer: Person) -> None:
    path = f"/phases/{organizer.competition()['phases'][0]['id']}/leaderboard"
    assert (site.call("GET", f"{path}?page=2").status, site.call("GET", f"{path}?page=x").status) == (404, 422)
