"""GET /site/usage: what happened on the site by day, and what is counted of it."""

from datetime import UTC, datetime
from typing import Any

from tests.api.conftest import Person, Site


def today(admin: Person) -> dict[str, Any]:
    day: dict[str, Any] = admin.call("GET", "/site/usage").body["days"][-1]
    assert day["day"] == datetime.now(UTC).date().isoformat()
    return {name: count for name, count in day.items() if count and name != "day"}


def test_a_days_submissions_their_ends_and_who_made_them_are_counted(
    site: Site, admin: Person, organizer: Person, ada: Person
) -> None:
    grace = site.person("grace")
    competition = organizer.competition()
    assert today(admin) == {"competitions": 1}
    for person in (ada, grace):
        person.join(competition)
    runner = site.runner_token(admin)
    made = [person.submit(competition).body["id"] for person in (ada, ada, ada, grace)]
    assert today(admin) == {"competitions": 1, "submissions": 4, "participants": 2}
    site.finish(site.claim(made[0], runner).body, {"accuracy": 1.0})
    site.finish(site.claim(made[1], runner).body, fault="participant", reason="It broke.")
    assert ada.call("POST", f"/submissions/{made[2]}/cancel").status == 200
    counted = today(admin)
    counted.pop("runner_seconds", None)
    assert counted == {"competitions": 1, "submissions": 4, "participants": 2, "finished": 1, "failed": 1, "cancelled": 1}


def test_several_tasks_are_one_submission(site: Site, admin: Person, organizer: Person, ada: Person) -> None:
    competition = organizer.competition(tasks=("Cats", "Dogs"))
    ada.join(competition)
    runner, made = site.runner_token(admin), ada.submit(competition).body["id"]
    for _ in range(2):
        site.finish(site.claim(made, runner).body, {"accuracy": 1.0})
    assert (today(admin)["submissions"], today(admin)["finished"]) == (1, 1)


def test_a_competition_that_is_taken_off_the_list_and_put_back_was_published_once(
    site: Site, admin: Person, organizer: Person
) -> None:
    path = f"/competitions/{organizer.competition()['id']}"
    for verb in ("unpublish", "publish"):
        assert organizer.call("POST", f"{path}/{verb}").status == 200
    assert today(admin) == {"competitions": 1}


def test_a_month_is_read_by_its_name(site: Site, admin: Person) -> None:
    last = admin.call("GET", "/site/usage?month=2024-02").body
    assert (len(last["days"]), last["days"][0]["submissions"]) == (29, 0)
    assert admin.call("GET", "/site/usage?month=2999-01").body["days"] == []
    for wrong in ("2024-13", "now", "2024"):
        assert admin.call("GET", f"/site/usage?month={wrong}").status == 422
