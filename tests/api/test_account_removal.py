"""Removal of accounts: what is told before, what goes, what stays under which name, and what is in the way."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.administration import departing
from chalicelib.actions.background import sweep
from chalicelib.actions.bundles import imports
from chalicelib.actions.people import accounts
from chalicelib.aws import accounts as cognito
from chalicelib.deadlines import OutOfTime
from chalicelib.store import table
from chalicelib.store.background import jobs
from chalicelib.store.bundles import imports as stored_imports
from chalicelib.store.metering import storage
from chalicelib.store.metering.storage import StorageCounter
from chalicelib.store.people import account_jobs
from tests import builders
from tests.api.conftest import PASSWORD, Answer, Person, Site
from tests.api.test_storage import review

REASON = "Asked for it by letter, which was answered to the address of the account."
#: Kinds of items that keep a name by decision: entries of audit logs are never changed.
KEPT = {"deed"}


@pytest.fixture
def root(deployed: Site) -> Person:
    return deployed.person("root", admin=True)


@pytest.fixture
def eve(site: Site) -> Person:
    """Somebody new in each test: her account is gone after it."""
    return newcomer(site, f"eve-{datetime.now(UTC):%H%M%S%f}")


def newcomer(site: Site, username: str) -> Person:
    person = site.person(username)
    site.people.pop((username, False))
    return person


def remove(person: Person, password: str = PASSWORD) -> Answer:
    return person.call("POST", "/me/removal", {"password": password})


def settle(site: Site, person: Person) -> None:
    """Run what is on the queue, and the second round a minute later."""
    while site.work():
        pass
    later(person)
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=3))
    while site.work():
        pass


def later(person: Person) -> None:
    """Have the removal be of a minute ago, so that nothing can come in any more."""
    job = account_jobs.find(account_jobs.departure_of(person.id))
    assert job is not None
    at = datetime.now(UTC) - timedelta(minutes=2)
    job.update(actions=[account_jobs.AccountJob.created_at.set(at)])


def job_of(person: Person) -> account_jobs.AccountJob:
    job = account_jobs.find(account_jobs.departure_of(person.id))
    assert job is not None
    return job


def named(person: Person) -> str:
    return departing.nobody(person.id).username


def rows_with(site: Site, *texts: str) -> dict[str, list[str]]:
    """The kinds of items in which one of some texts stands, with the attributes."""
    found: dict[str, list[str]] = {}
    for row in site.rows():
        at = [name for name, value in row.items() if any(text in str(value) for text in texts)]
        if at and row.get("kind") not in KEPT:
            found.setdefault(str(row["kind"]), []).extend(at)
    return found


def scored(site: Site, person: Person, competition: dict[str, Any]) -> str:
    submission = str(person.submit(competition).body["id"])
    job = site.claim(submission, site.runner_token(site.person("root", admin=True))).body
    assert site.finish(job, {"accuracy": 0.5, "seconds": 1.0}).status == 200
    return submission


def board(site: Site, competition: dict[str, Any], person: Person) -> list[str]:
    while site.work():
        pass
    found = person.call("GET", f"/phases/{competition['phases'][0]['id']}/leaderboard").body
    return [row["participant"] for row in found["rows"]]


def test_it_is_told_before_what_stays_and_what_goes(site: Site, organizer: Person, eve: Person) -> None:
    competition = organizer.competition(extra="agon: {enable_teams: true, require_team_approval: false}")
    eve.join(competition)
    eve.call("POST", f"/competitions/{competition['id']}/teams", {"name": "Owls"})
    told = eve.call("GET", "/me/removal").body
    assert (told["competitions"], told["teams"], told["obstacles"], told["status"]) == (1, ["Owls"], [], None)
    assert told["known_as"] == named(eve) and told["known_as"].startswith("deleted-user-")
    assert any("scores" in one for one in told["stays"]) and any("sign-in" in one for one in told["goes"])


def test_scores_stay_under_a_name_that_tells_nobody(site: Site, organizer: Person, eve: Person, ada: Person) -> None:
    competition = organizer.competition()
    for person in (ada, eve):
        person.join(competition)
        submission = scored(site, person, competition)
    assert set(board(site, competition, ada)) == {eve.username, "ada"}
    assert remove(eve).status == 202
    settle(site, eve)
    assert job_of(eve).status == jobs.FINISHED
    assert set(board(site, competition, ada)) == {named(eve), "ada"}
    shown = organizer.call("GET", f"/submissions/{submission}").body
    assert (shown["participant"], shown["scores"]["accuracy"]) == (named(eve), 0.5)
    there = organizer.call("GET", f"/competitions/{competition['id']}/participants").body["participants"]
    assert {one["username"] for one in there} == {named(eve), "ada"}


ASKED = """
agon:
  enable_teams: true
  require_team_approval: false
  registration_questions:
    lab: {key: lab, type: text, title: Your lab, selection: "", is_required: "true"}
"""


def done(answer: Answer) -> Any:
    """The answer to what went well."""
    assert answer.status < 300, answer
    return answer.body


def test_nothing_that_is_stored_tells_the_name_or_the_address_any_more(
    site: Site, organizer: Person, ada: Person, eve: Person
) -> None:
    competition = organizer.competition(extra=ASKED)
    path = f"/competitions/{competition['id']}"
    for person, lab in ((eve, "At home"), (ada, "Sea")):
        done(person.call("POST", f"{path}/participants", {"accept_terms": True, "answers": {"lab": lab}}))
    done(eve.call("POST", "/tokens", {"name": "laptop"}))
    done(eve.call("POST", "/me/calendar"))
    done(eve.call("PATCH", "/me/mail", {"kinds": {"letters": False}}))
    done(eve.call("POST", "/organizations", {"name": "Eves House"}))
    done(eve.call("POST", f"{path}/threads", {"title": "Hello", "text": "Words."}))
    other = done(ada.call("POST", f"{path}/threads", {"title": "Hi", "text": "Words."}))["thread"]
    done(eve.call("POST", f"{path}/threads/{other}/posts", {"text": "Mine."}))
    done(eve.call("POST", f"{path}/threads/{other}/posts/1/reports", {"reason": "Rude."}))
    (report,) = done(organizer.call("GET", f"{path}/reports"))["reports"]
    done(organizer.call("PATCH", f"{path}/reports/{report['id']}", {"decision": "kept", "reason": "It is not."}))
    done(eve.call("POST", f"{path}/teams", {"name": "Team of hers"}))
    done(eve.submit(competition))
    upload = eve.upload(builders.archive({"metadata": "command: x"}), "dataset")
    done(eve.call("POST", "/datasets", {"upload": upload, "type": "scoring_program", "name": "D"}))
    done(eve.call("POST", "/queues", {"name": "Hers"}))
    done(organizer.call("POST", f"{path}/organizers", {"username": eve.username, "role": "organizer"}))
    done(eve.call("POST", f"{path}/organizers/accept", {"role": "organizer"}))
    done(eve.call("POST", f"{path}/reports", {"reason": "It copies mine."}))
    eve.competition(publish=False)
    review()
    done(eve.call("POST", f"{path}/announcements", {"title": "News", "text": "From me."}))
    done(organizer.call("POST", f"{path}/organizers", {"username": eve.username, "role": "owner"}))
    done(organizer.call("POST", f"{path}/jurors", {"username": eve.username}))
    done(organizer.call("POST", f"{path}/guests", {"addresses": [f"{eve.username}@example.org"]}))
    before = set(rows_with(site, eve.username))
    assert before >= {
        *("access_token", "announcement", "calendar_key", "dataset", "guest", "juror", "offer", "organization_member"),
        *("organizer", "participant", "participant_name", "post", "post_report", "queue", "submission", "team", "thread"),
        *("import", "site_report", "storage_finding"),
    }
    assert _counted_as(eve) == eve.username
    assert remove(eve).status == 202
    settle(site, eve)
    assert job_of(eve).status == jobs.FINISHED, job_of(eve).reason
    assert _counted_as(eve) == named(eve)
    # The organization in which nobody else was, and the datasets and queues that nobody uses, are the sweeper's.
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=3))
    # Letters on their way, and what others were told of, go with their expiry.
    assert set(rows_with(site, eve.username, "At home")) <= {"mail", "event", "notification"}
    assert cognito.find(eve.username) is None
    assert not digests_of(site, f"{eve.username}@example.org")


def _counted_as(person: Person) -> str | None:
    """The name under which it is counted what somebody stores."""
    (counter,) = table.read(StorageCounter.at(storage.account(person.id)))
    assert counter is not None
    return counter.username


def digests_of(site: Site, address: str) -> list[str]:
    """The keys of items that are stored under an address's digest."""
    digest = accounts.digest_of(address)
    return [str(key) for row in site.rows() for key in (row["pk"], row.get("owner_pk")) if digest in str(key)]


def test_sign_in_stops_at_once_by_whatever_one_has(site: Site, eve: Person) -> None:
    session = site.call("POST", "/sessions", {"username": eve.username, "password": PASSWORD}).body
    token = eve.call("POST", "/tokens", {"name": "laptop"}).body["token"]
    assert site.call("GET", "/me", token=token).status == 200
    assert remove(eve).status == 202
    for shown in (eve.token, token, session["access_token"]):
        assert site.call("GET", "/me", token=shown).status == 401
    assert site.call("POST", "/sessions", {"username": eve.username, "password": PASSWORD}).status == 403
    assert site.call("POST", "/sessions/refresh", {"refresh_token": session["refresh_token"]}).status == 401
    settle(site, eve)
    assert site.call("POST", "/sessions", {"username": eve.username, "password": PASSWORD}).status == 401
    # The access token is good by itself for a while yet.
    assert site.call("GET", "/me", token=eve.token).status == 401


def test_only_the_password_removes_an_account(site: Site, eve: Person) -> None:
    token = eve.call("POST", "/tokens", {"name": "laptop"}).body["token"]
    assert remove(eve, "not the password").status == 403
    assert site.call("POST", "/me/removal", {"password": PASSWORD}, token=token).status == 403
    assert eve.call("GET", "/me").status == 200


def test_the_name_is_nobodys_again_and_the_address_may_have_another_account(site: Site, eve: Person) -> None:
    remove(eve)
    settle(site, eve)
    account = {"username": eve.username, "email": f"{eve.username}@example.org", "password": PASSWORD}
    for name in (eve.username, eve.username.upper(), "deleted-user-1", "Deleted-User-0a1b2c3d"):
        refused = site.call("POST", "/accounts", account | {"username": name})
        assert (refused.status, "taken" in refused.body["detail"]) == (409, True)
    again = f"{eve.username}-2"
    assert site.call("POST", "/accounts", account | {"username": again}).status == 201


def test_who_owns_a_competition_that_is_in_use_hands_it_over_first(site: Site, eve: Person, ada: Person) -> None:
    competition = eve.competition(title="Hers")
    told = eve.call("GET", "/me/removal").body["obstacles"]
    assert [(one["what"], one["id"], one["title"]) for one in told] == [("competition", competition["id"], "Hers")]
    refused = remove(eve)
    assert (refused.status, "Hers" in refused.body["detail"]) == (409, True)
    assert eve.call("GET", "/me").status == 200
    path = f"/competitions/{competition['id']}/organizers"
    eve.call("POST", path, {"username": "ada", "role": "owner"})
    assert ada.call("POST", f"{path}/accept", {"role": "owner"}).status == 200
    assert remove(eve).status == 202
    settle(site, eve)
    there = ada.call("GET", path).body["organizers"]
    assert [one["username"] for one in there] == ["ada"]


def test_a_draft_in_which_nobody_takes_part_stays_and_is_in_nobodys_way(site: Site, root: Person, eve: Person) -> None:
    draft = eve.competition(publish=False, title="Never done")
    assert remove(eve).status == 202
    settle(site, eve)
    assert job_of(eve).status == jobs.FINISHED, job_of(eve).reason
    assert root.call("GET", f"/competitions/{draft['id']}").body["organizer"] == named(eve)


def test_who_owns_an_organization_with_others_in_it_hands_it_over_first(site: Site, eve: Person, ada: Person) -> None:
    house = eve.call("POST", "/organizations", {"name": f"House of {eve.username[-6:]}"}).body
    eve.call("POST", f"/organizations/{house['id']}/invitations", {"username": "ada"})
    (asked,) = ada.call("GET", "/me/invitations").body["invitations"]
    assert ada.call("POST", f"/me/invitations/{asked['id']}/accept").status == 200
    (told,) = eve.call("GET", "/me/removal").body["obstacles"]
    assert (told["what"], told["title"]) == ("organization", house["name"])
    assert remove(eve).status == 409


def test_a_team_goes_on_without_who_is_removed_and_keeps_what_they_submitted_for_it(
    site: Site, organizer: Person, eve: Person, ada: Person
) -> None:
    competition = organizer.competition(extra="agon: {enable_teams: true, require_team_approval: false}")
    path = f"/competitions/{competition['id']}/teams"
    for person in (eve, ada):
        person.join(competition)
    team = eve.call("POST", path, {"name": "Owls"}).body
    assert ada.call("POST", f"{path}/join", {"code": team["code"]}).status == 200
    submission = scored(site, eve, competition)
    remove(eve)
    settle(site, eve)
    assert [one["username"] for one in ada.call("GET", f"{path}/{team['id']}").body["members"]] == ["ada"]
    shown = ada.call("GET", f"/submissions/{submission}").body
    assert shown["participant"] == named(eve) and board(site, competition, ada) == ["Owls"]


def test_what_was_submitted_for_a_team_that_was_left_since_is_cancelled_and_called_so_too(
    site: Site, organizer: Person, eve: Person, ada: Person
) -> None:
    competition = organizer.competition(extra="agon: {enable_teams: true, require_team_approval: false}")
    path = f"/competitions/{competition['id']}/teams"
    for person in (eve, ada):
        person.join(competition)
    team = done(ada.call("POST", path, {"name": "Owls"}))
    done(eve.call("POST", f"{path}/join", {"code": team["code"]}))
    ended, waiting = scored(site, eve, competition), eve.submit(competition).body["id"]
    done(eve.call("DELETE", f"{path}/{team['id']}/members/{eve.id}"))
    remove(eve)
    settle(site, eve)
    assert job_of(eve).status == jobs.FINISHED, job_of(eve).reason
    shown = [ada.call("GET", f"/submissions/{one}").body for one in (ended, waiting)]
    assert [(one["participant"], one["status"]) for one in shown] == [(named(eve), "Finished"), (named(eve), "Cancelled")]


def test_the_last_one_of_a_team_that_has_submitted_leaves_its_rows(site: Site, organizer: Person, eve: Person) -> None:
    competition = organizer.competition(extra="agon: {enable_teams: true, require_team_approval: false}")
    path = f"/competitions/{competition['id']}/teams"
    eve.join(competition)
    team = eve.call("POST", path, {"name": "Alone"}).body
    scored(site, eve, competition)
    remove(eve)
    settle(site, eve)
    shown = organizer.call("GET", f"{path}/{team['id']}").body
    assert (shown["status"], shown["members"]) == ("disbanded", [])
    assert board(site, competition, organizer) == ["Alone"]


def test_what_is_in_progress_is_cancelled(site: Site, organizer: Person, eve: Person) -> None:
    competition = organizer.competition()
    eve.join(competition)
    submission = eve.submit(competition).body["id"]
    remove(eve)
    settle(site, eve)
    shown = organizer.call("GET", f"/submissions/{submission}").body
    assert (shown["status"], shown["participant"]) == ("Cancelled", named(eve))


def test_what_another_process_took_meanwhile_is_found_in_the_second_round(
    site: Site, organizer: Person, eve: Person
) -> None:
    competition = organizer.competition()
    eve.join(competition)
    remove(eve)
    site.work()
    assert job_of(eve).status == jobs.WAITING
    accounts._going_on[eve.id, eve.session] = datetime.now(UTC)
    late = eve.submit(competition).body["id"]
    settle(site, eve)
    shown = organizer.call("GET", f"/submissions/{late}").body
    assert (shown["status"], shown["participant"]) == ("Cancelled", named(eve))
    assert cognito.find(eve.username) is None


def test_an_import_in_progress_is_waited_for_with_what_it_makes(site: Site, eve: Person) -> None:
    upload = eve.upload(builders.bundle(), "bundle")
    id_ = eve.call("POST", "/competitions", {"upload": upload}).body["id"]
    site.messages()
    import_, now = stored_imports.find(id_), datetime.now(UTC)
    assert jobs.begin(import_, now)
    assert remove(eve).status == 202
    site.messages()
    for minutes in (0, 5, 10):
        walk(eve, now + timedelta(minutes=minutes))
    assert job_of(eve).status == jobs.WAITING
    imports.work(import_, now, now + timedelta(minutes=10))
    for minutes in (15, 20):
        walk(eve, now + timedelta(minutes=minutes))
    assert job_of(eve).status == jobs.FINISHED
    assert not rows_with(site, eve.username)


def test_what_an_import_made_behind_a_walk_is_found_by_the_next(
    site: Site, eve: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload = eve.upload(builders.bundle(), "bundle")
    id_ = eve.call("POST", "/competitions", {"upload": upload}).body["id"]
    site.messages()
    import_, now = stored_imports.find(id_), datetime.now(UTC)
    assert jobs.begin(import_, now)
    assert remove(eve).status == 202
    site.messages()
    walk(eve, now)

    def ending(account: str, before: str | None, limit: int) -> Any:
        monkeypatch.setattr(departing, "_STEPS", steps)
        imports.work(import_, now, now + timedelta(minutes=10))
        return page(account, before, limit)

    steps = departing._STEPS
    page, verb = steps[account_jobs.IMPORTS]
    monkeypatch.setattr(departing, "_STEPS", {**steps, account_jobs.IMPORTS: (ending, verb)})
    for minutes in (5, 10):
        walk(eve, now + timedelta(minutes=minutes))
    assert job_of(eve).status == jobs.FINISHED
    assert not rows_with(site, eve.username)


def walk(person: Person, now: datetime) -> None:
    """A function does a round of the removal at a time."""
    job = job_of(person)
    assert jobs.begin(job, now)
    departing.work(job, now, now + timedelta(minutes=10))


def test_it_goes_on_wherever_it_broke_off(
    site: Site, organizer: Person, eve: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    competitions = [organizer.competition(title=f"The {number}.") for number in range(3)]
    for competition in competitions:
        eve.join(competition)
        scored(site, eve, competition)
    remove(eve)
    site.messages()
    later(eve)
    monkeypatch.setattr(departing, "is_late", lambda _deadline: True)
    monkeypatch.setattr(departing, "PAGE_SIZE", 1)
    functions, now = 0, datetime.now(UTC)
    while (job := job_of(eve)).status != jobs.FINISHED:
        assert jobs.begin(job, now)
        functions += 1
        try:
            departing.work(job, now, now)
        except OutOfTime:
            jobs.pause(job, now)
    assert functions > 8
    assert eve.username not in json.dumps([row for row in site.rows() if row["kind"] == "submission"], default=str)


def test_a_crash_after_the_pool_forgot_the_account_is_no_harm(
    site: Site, eve: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    remove(eve)
    site.messages()
    later(eve)
    cognito.remove(eve.username)
    job, now = job_of(eve), datetime.now(UTC)
    assert jobs.begin(job, now)
    departing.work(job, now, now + timedelta(minutes=10))
    assert job_of(eve).status == jobs.FINISHED and job_of(eve).username == named(eve)


def test_an_administrator_removes_on_request_with_a_reason_and_it_is_written_down(
    site: Site, root: Person, eve: Person
) -> None:
    path = f"/site/accounts/{eve.username}/removal"
    assert root.call("POST", path, {"reason": " "}).status == 422
    assert root.call("POST", path, {"reason": REASON}).status == 202
    assert root.call("GET", path).body["status"] == "Waiting"
    assert root.call("POST", path, {"reason": REASON}).status == 409
    assert eve.call("GET", "/me").status == 401
    (entry, *_) = root.call("GET", "/site/audit").body["deeds"]
    told = (entry["what"], entry["participant"], entry["by"], entry["reason"])
    assert told == ("account_removed", eve.username, "root", REASON)
    assert root.call("POST", "/site/accounts/root/removal", {"reason": REASON}).status == 409
    assert root.call("POST", "/site/accounts/nobody-at-all/removal", {"reason": REASON}).status == 404


def test_of_who_removes_themselves_the_log_has_the_new_name_alone(site: Site, root: Person, eve: Person) -> None:
    remove(eve)
    settle(site, eve)
    log = root.call("GET", "/site/audit").body["deeds"]
    assert [(one["what"], one["participant"], one["by"]) for one in log] == [("account_removed", named(eve), named(eve))]
    assert not [row for row in site.rows() if eve.username in str(row)]


@pytest.fixture
def failed(site: Site, root: Person, eve: Person, ada: Person) -> str:
    """The removal of an account came to nothing: meanwhile an administrator gave it a competition, whose path this is."""
    path = f"/competitions/{ada.competition(title='Handed')['id']}/organizers"
    remove(eve)
    site.messages()
    hand_over(root, path, eve)
    later(eve)
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=3))
    site.work()
    return path


def hand_over(root: Person, path: str, to: Person) -> None:
    body = {"username": to.username, "role": "owner", "reason": "By mistake."}
    assert root.call("POST", path, body).status in (200, 201)


def listed(root: Person) -> list[dict[str, Any]]:
    """The list of failures, as administrators read it."""
    return list(root.call("GET", "/site/failures").body["failures"])


def test_a_removal_that_came_to_nothing_says_why_and_is_ordered_again(
    site: Site, root: Person, eve: Person, ada: Person, failed: str
) -> None:
    path = f"/site/accounts/{eve.username}/removal"
    told = root.call("GET", path).body
    assert (told["status"], "Handed" in told["reason"], len(told["obstacles"])) == ("Failed", True, 1)
    (told,) = listed(root)
    assert ("Handed" in told["error"], told["dead"], eve.id in told["item"]) == (True, True, True)
    hand_over(root, failed, ada)
    assert root.call("POST", path, {"reason": REASON}).status == 202
    assert listed(root) == []
    settle(site, eve)
    assert job_of(eve).status == jobs.FINISHED


def test_a_removal_that_came_to_nothing_is_tried_again_from_the_list_of_failures(
    site: Site, root: Person, eve: Person, ada: Person, failed: str
) -> None:
    (told,) = listed(root)
    for _ in range(2):
        assert root.call("POST", f"/site/failures/{told['id']}/retry").status == 200
        sweep.sweep(datetime.now(UTC) + timedelta(seconds=1))
        site.work()
        # It comes to nothing again, and is told of again.
        assert [one["id"] for one in listed(root)] == [told["id"]]
    hand_over(root, failed, ada)
    assert root.call("POST", f"/site/failures/{told['id']}/retry").status == 200
    sweep.sweep(datetime.now(UTC) + timedelta(seconds=1))
    settle(site, eve)
    assert job_of(eve).status == jobs.FINISHED
    sweep.sweep(datetime.now(UTC) + timedelta(minutes=10))
    assert listed(root) == []
