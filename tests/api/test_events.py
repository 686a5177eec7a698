"""The outbox: what happens is written down with it, where somebody listens, and told until all have heard of it."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from benchmarks.counting import Counter
from chalicelib.actions.background import sweep
from chalicelib.domain.events.kinds import EventKind
from chalicelib.store import table
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition
from tests import builders
from tests.api.conftest import Person, Site

ALL = frozenset(EventKind)


def listen(made: dict[str, Any], *kinds: EventKind) -> None:
    """Have a competition ask for events of these kinds, or of all."""
    competition, phases = competitions.find(made["id"])
    competition.update(actions=[Competition.asked_events.set(set(kinds or ALL))])
    competitions.wind(phases, datetime.now(UTC))


def told(site: Site) -> list[str]:
    """What was written down, in order."""
    rows = [row for row in site.rows() if row["kind"] == "event"]
    return [row["event"] for row in sorted(rows, key=lambda row: row["sk"])]


def untold(site: Site) -> list[str]:
    return [row["event"] for row in site.rows() if row["kind"] == "event" and "due_at" in row]


def later(**passed: float) -> datetime:
    return datetime.now(UTC) + timedelta(**passed)


@pytest.fixture
def competition(organizer: Person) -> dict[str, Any]:
    return organizer.competition(auto_approve=False)


def let_in(organizer: Person, competition: dict[str, Any], person: Person, status: str = "approved") -> None:
    path = f"/competitions/{competition['id']}/participants/{person.id}"
    assert organizer.call("PATCH", path, {"status": status}).status == 200


def test_where_nobody_listens_nothing_is_written_down(
    site: Site, organizer: Person, ada: Person, admin: Person, competition: dict[str, Any]
) -> None:
    ada.join(competition)
    let_in(organizer, competition, ada)
    job = site.claim(ada.submit(competition).body["id"], site.runner_token(admin)).body
    assert site.finish(job, {"accuracy": 0.5}).status == 200
    assert "event" not in {message["task"] for message in site.messages()}
    assert told(site) == []


def test_what_happens_is_written_down_in_order(
    site: Site, organizer: Person, ada: Person, admin: Person, competition: dict[str, Any]
) -> None:
    listen(competition)
    path, runner = f"/competitions/{competition['id']}", site.runner_token(admin)
    assert ada.join(competition).status == 201
    let_in(organizer, competition, ada)
    job = site.claim(ada.submit(competition).body["id"], runner).body
    assert site.finish(job, {"accuracy": 0.5}).status == 200
    site.work()
    failed = site.claim(ada.submit(competition).body["id"], runner).body
    site.finish(failed, fault="participant", reason="No.")
    assert organizer.call("POST", f"/submissions/{job['submission']}/fail", {"reason": "A slip."}).status == 200
    ada.call("POST", f"/submissions/{ada.submit(competition).body['id']}/cancel")
    organizer.call("POST", f"{path}/unpublish")
    organizer.call("POST", f"{path}/publish")
    let_in(organizer, competition, ada, "denied")
    names = ["participant.joined", "participant.approved", "submission.submitted", "submission.finished"]
    names += ["leaderboard.changed", "submission.submitted", "submission.failed", "submission.failed"]
    names += ["submission.submitted", "submission.cancelled", "competition.published", "participant.denied"]
    assert told(site) == names


def test_only_what_is_asked_for_is_written_down(site: Site, ada: Person, competition: dict[str, Any]) -> None:
    listen(competition, EventKind.PHASE_ENDED)
    ada.join(competition)
    assert told(site) == []


def test_what_changes_nothing_is_no_event(site: Site, organizer: Person, ada: Person, competition: dict[str, Any]) -> None:
    ada.join(competition)
    let_in(organizer, competition, ada)
    listen(competition)
    let_in(organizer, competition, ada)
    assert ada.join(competition).status == 409
    organizer.call("POST", f"/competitions/{competition['id']}/publish")
    used = ada.upload(builders.submission())
    phase = competition["phases"][0]["id"]
    assert [ada.call("POST", f"/phases/{phase}/submissions", {"upload": used}).status for _ in range(2)] == [201, 201]
    assert told(site) == ["submission.submitted"]


def test_a_re_run_that_comes_to_nothing_is_no_event(
    site: Site, organizer: Person, ada: Person, admin: Person, competition: dict[str, Any]
) -> None:
    ada.join(competition)
    let_in(organizer, competition, ada)
    runner, made = site.runner_token(admin), ada.submit(competition).body["id"]
    site.finish(site.claim(made, runner).body, {"accuracy": 0.5})
    listen(competition)
    for outcome in ({"fault": "organizer", "reason": "No disk."}, {"scores": {"accuracy": 0.75}}):
        assert organizer.call("POST", f"/submissions/{made}/rerun").status == 200
        site.finish(site.claim(made, runner).body, **outcome)
    assert told(site) == ["submission.finished"]


def test_of_several_tasks_the_submission_has_one_end(site: Site, organizer: Person, ada: Person, admin: Person) -> None:
    made = organizer.competition(tasks=("One", "Two"))
    ada.join(made)
    listen(made, EventKind.SUBMISSION_FINISHED)
    submission = ada.submit(made).body["id"]
    for task in (0, 1):
        site.finish(site.claim(f"{submission}-{task}", site.runner_token(admin)).body, {"accuracy": 0.5})
    assert told(site) == ["submission.finished"]


def test_an_event_is_told_once_all_have_heard_of_it(site: Site, organizer: Person, ada: Person) -> None:
    # Nobody waits here, of which organizers would be mailed at the next full hour.
    competition = organizer.competition()
    listen(competition, EventKind.PARTICIPANT_JOINED)
    ada.join(competition)
    assert untold(site) == ["participant.joined"]
    site.work()
    assert untold(site) == []
    assert sweep.sweep(later(minutes=5)) == 0


def test_an_event_whose_message_was_lost_is_told_all_the_same(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    listen(competition, EventKind.PARTICIPANT_JOINED)
    ada.join(competition)
    site.messages()
    assert sweep.sweep(later(seconds=30)) == 0
    assert sweep.sweep(later(seconds=90)) == 1
    assert sweep.sweep(later(seconds=100)) == 0
    site.work()
    assert untold(site) == []


def test_the_table_forgets_events_after_a_month(site: Site, ada: Person, competition: dict[str, Any]) -> None:
    listen(competition)
    ada.join(competition)
    (event,) = [row for row in site.rows() if row["kind"] == "event"]
    assert 29 < (table.instant(float(event["ttl"])) - datetime.now(UTC)).days + 1 <= 30


@pytest.mark.parametrize("asked_for", [(), tuple(EventKind)])
def test_the_hot_verbs_make_no_call_more_than_the_message(
    site: Site, organizer: Person, ada: Person, admin: Person, competition: dict[str, Any], asked_for: Collection[EventKind]
) -> None:
    ada.join(competition)
    let_in(organizer, competition, ada)
    if asked_for:
        listen(competition, *asked_for)
    runner, counter, counts = site.runner_token(admin), Counter(), []
    upload = ada.upload(builders.submission())
    with counter.counting() as count:
        made = ada.call("POST", f"/phases/{competition['phases'][0]['id']}/submissions", {"upload": upload}).body["id"]
    counts.append(count.calls)
    with counter.counting() as count:
        job = site.claim(made, runner).body
    counts.append(count.calls)
    with counter.counting() as count:
        site.finish(job, {"accuracy": 0.5})
    counts.append(count.calls)
    assert counts == ([4, 3, 4] if asked_for else [3, 3, 3])


def test_a_phase_tells_its_beginning_and_its_end_once(site: Site, organizer: Person) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    start, end = now + timedelta(hours=1), now + timedelta(hours=2)
    made = organizer.competition(start=f"{start:%Y-%m-%d %H:%M:%S}", end=f"{end:%Y-%m-%d %H:%M:%S}")
    listen(made)
    sweep.sweep(start - timedelta(minutes=1))
    assert told(site) == []
    sweep.sweep(start + timedelta(minutes=1))
    assert told(site) == ["phase.started"]
    path = f"/competitions/{made['id']}/settings/phases/0"
    assert organizer.call("PATCH", path, {"name": "Another"}, If_Match="*").status == 200
    sweep.sweep(start + timedelta(minutes=2))
    assert told(site) == ["phase.started"]
    for minutes in (1, 2):
        sweep.sweep(end + timedelta(minutes=minutes))
    assert told(site) == ["phase.started", "phase.ended"]


def test_who_begins_to_listen_is_not_told_of_what_was_before(site: Site, organizer: Person) -> None:
    made = organizer.competition(start=f"{later(hours=-3):%Y-%m-%d %H:%M}")
    listen(made)
    sweep.sweep(later(minutes=5))
    assert told(site) == []
