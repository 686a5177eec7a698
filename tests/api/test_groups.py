"""Groups of participants: who is put where, and which queue, limits and phases each has."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import dispatch, sweep
from chalicelib.domain.bundle.group import Group, GroupLimits
from chalicelib.store import table, writes
from chalicelib.store.competitions.competitions import competition_of
from chalicelib.store.people import group_jobs, participants
from chalicelib.store.people.participants import Participant
from chalicelib.store.queues.queues import Queue
from chalicelib.store.submissions.submissions import Submission
from tests import clock
from tests.api import phases
from tests.api.conftest import Answer, Person, Site
from tests.api.test_participants import counting, exported, listed, log

STUDENTS = Group("students", "Students")
GROUPS = "agon: {groups: [{key: students, title: Students}, {key: industry, title: Industry}]}"
QUESTION = """\
agon:
  registration_questions:
    work: {key: work, type: select, title: Work?, selection: [university, company], is_required: "true"}
  groups:
    - {key: students, title: Students, addresses: [example.org]}
    - {key: industry, title: Industry, question: work, answers: [company]}"""


@pytest.fixture
def phase(organizer: Person) -> str:
    return str(organizer.competition(extra=GROUPS)["phases"][0]["id"])


def path_of(phase: str) -> str:
    return f"/competitions/{competition_of(phase)}"


def assign(organizer: Person, phase: str, group: str, *people: Person, **said: Any) -> Answer:
    body = {"group": group, "participants": [person.id for person in people], **said}
    return organizer.call("POST", f"{path_of(phase)}/groups/assign", body)


def submit(person: Person, phase: str, **said: Any) -> Answer:
    upload = person.upload(b"PK\5\6" + bytes(18))
    return person.call("POST", f"/phases/{phase}/submissions", {"upload": upload, **said})


def groups_of(person: Person, phase: str) -> set[str]:
    (stored,) = table.read(Participant.at(competition_of(phase), person.id))
    return set(stored.groups or ()) if stored else set()


def jobs(organizer: Person, phase: str) -> list[dict[str, Any]]:
    return organizer.call("GET", f"{path_of(phase)}/groups").body["jobs"]  # type: ignore[no-any-return]


# By hand


def test_organizers_put_several_in_a_group_and_take_them_out_with_a_reason_in_the_log(
    site: Site, organizer: Person, ada: Person, phase: str
) -> None:
    bob, eve = site.person("bob"), site.person("eve")
    for person in (ada, bob):
        phases.join(person, phase)
    put = assign(organizer, phase, "students", ada, bob, eve, reason="They study.")
    assert (put.body["done"], list(put.body["refused"])) == ([ada.id, bob.id], [eve.id])
    assert assign(organizer, phase, "students", bob, remove=True).body["done"] == [bob.id]
    assert (groups_of(ada, phase), groups_of(bob, phase)) == ({"students"}, set())
    entry = log(organizer, {"id": competition_of(phase)})[-1]
    facts = [entry[name] for name in ("what", "by", "before", "after", "reason")]
    assert facts == ["grouped", "olga", {"groups": []}, {"groups": ["students"]}, "They study."]


def test_what_somebody_submitted_is_looked_at_once_more_by_the_sweeper_and_then_it_is_over(
    site: Site, organizer: Person, ada: Person, phase: str
) -> None:
    phases.join(ada, phase)
    assert assign(organizer, phase, "students", ada).status == 200
    # Neither a message that is lost nor the minute between both looks leaves it undone.
    site.messages()
    for minutes, status in ((2, "Waiting"), (4, "Finished")):
        now = datetime.now(UTC) + timedelta(minutes=minutes)
        sweep.sweep(now)
        for message in site.messages():
            dispatch.perform({"body": json.dumps(message)}, now, now + timedelta(minutes=15))
        assert [job["status"] for job in jobs(organizer, phase)] == [status]


def test_who_is_in_a_group_already_is_neither_written_nor_noted_again(organizer: Person, ada: Person, phase: str) -> None:
    phases.join(ada, phase, "students")
    assert assign(organizer, phase, "students", ada).body["done"] == [ada.id]
    assert (log(organizer, {"id": competition_of(phase)}), jobs(organizer, phase)) == ([], [])


def test_nobody_is_put_in_a_group_that_there_is_not(organizer: Person, ada: Person, phase: str) -> None:
    phases.join(ada, phase)
    refused = assign(organizer, phase, "staff", ada)
    assert (refused.status, "`students`, `industry`" in refused.body["errors"][0]["message"]) == (422, True)


def test_of_two_changes_at_once_one_is_told_so(
    organizer: Person, ada: Person, phase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    phases.join(ada, phase)
    real = participants.regroup

    def late(participant: Any, *change: Any) -> None:
        monkeypatch.setattr(participants, "regroup", real)
        assign(organizer, phase, "industry", ada)
        real(participant, *change)

    monkeypatch.setattr(participants, "regroup", late)
    assert "just changed" in assign(organizer, phase, "students", ada).body["refused"][ada.id]
    assert groups_of(ada, phase) == {"industry"}


def test_the_table_shows_groups_and_is_filtered_by_one_as_its_file_is(
    site: Site, organizer: Person, ada: Person, phase: str
) -> None:
    bob = site.person("bob")
    phases.join(ada, phase, "industry", "students")
    phases.join(bob, phase)
    of = {"id": competition_of(phase)}
    assert {name: one["groups"] for name, one in listed(organizer, of).items()} == {
        "ada": ["students", "industry"],
        "bob": [],
    }
    assert set(listed(organizer, of, "?group=students")) == {"ada"}
    (row,) = exported(organizer, of, group="industry")
    assert (row["Username"], row["Groups"]) == ("ada", "students industry")


# By rules


def test_who_joins_is_put_where_address_and_answers_say(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition(extra=QUESTION)
    body = {"accept_terms": True, "answers": {"work": "company"}}
    joined = ada.call("POST", f"/competitions/{competition['id']}/participants", body)
    assert joined.body["groups"] == ["industry", "students"]
    shown = ada.call("GET", f"/competitions/{competition['id']}").body
    assert shown["my_groups"] == ["students", "industry"]
    assert [one["title"] for one in shown["participant_groups"]] == ["Students", "Industry"]


def test_rules_that_come_later_are_applied_to_all_on_demand_and_take_nobody_out(
    site: Site, organizer: Person, ada: Person, phase: str
) -> None:
    people = [ada, *(site.person(f"p{number}") for number in range(3))]
    for person in people:
        phases.join(person, phase, "industry")
    change = {"agon": {"groups": [{"key": "students", "title": "Students", "addresses": ["example.org"]}]}}
    assert organizer.call("PATCH", f"{path_of(phase)}/settings", change, If_Match="*").status == 200
    for person in people[:3]:
        place = Participant.at(competition_of(phase), person.id)
        writes.update(Participant(*place), [Participant.address.set(f"{person.username}@cs.example.org")])
    begun = organizer.call("POST", f"{path_of(phase)}/groups/apply")
    assert (begun.status, begun.body["work"]) == (202, "rules")
    assert organizer.call("POST", f"{path_of(phase)}/groups/apply").status == 409
    site.work()
    (done,) = [job for job in jobs(organizer, phase) if job["work"] == "rules"]
    assert (done["status"], done["done"], done["changed"]) == ("Finished", 4, 3)
    assert [groups_of(person, phase) for person in people] == [{"industry", "students"}] * 3 + [{"industry"}]
    assert {entry["reason"] for entry in log(organizer, {"id": competition_of(phase)}) if entry["what"] == "grouped"} == {
        "By the rules of the competition."
    }


def test_applying_the_rules_goes_on_page_by_page_from_where_it_broke_off(
    site: Site, organizer: Person, ada: Person, phase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chalicelib.actions.people import groups

    monkeypatch.setattr(groups, "PAGE_SIZE", 2)
    people = [ada, *(site.person(f"p{number}") for number in range(3))]
    for person in people:
        phases.join(person, phase)
        place = Participant.at(competition_of(phase), person.id)
        writes.update(Participant(*place), [Participant.address.set(f"{person.username}@example.org")])
    change = {"agon": {"groups": [{"key": "students", "title": "Students", "addresses": ["example.org"]}]}}
    organizer.call("PATCH", f"{path_of(phase)}/settings", change, If_Match="*")
    job = organizer.call("POST", f"{path_of(phase)}/groups/apply").body["id"]
    real, pages = group_jobs.advance, list[str | None]()

    def broken(stored: Any, cursor: str | None, *more: Any) -> None:
        pages.append(cursor)
        if len(pages) == 1:
            raise ConnectionError("The power is gone.")
        real(stored, cursor, *more)

    monkeypatch.setattr(group_jobs, "advance", broken)
    with pytest.raises(ConnectionError):
        site.run({"version": 1, "task": "group", "id": job})
    (stored,) = table.read(group_jobs.GroupJob.at(job))
    assert stored is not None
    writes.update(stored, [group_jobs.GroupJob.status.set("Waiting")])
    site.run({"version": 1, "task": "group", "id": job})
    assert [groups_of(person, phase) for person in people] == [{"students"}] * 4
    # Who was changed before the power went is not changed, nor noted, again.
    noted = [entry["what"] for entry in log(organizer, {"id": competition_of(phase)})]
    assert noted.count("grouped") == 4


# Submitting


def test_who_is_in_one_group_submits_for_it_and_who_is_in_several_chooses(
    site: Site, organizer: Person, ada: Person, phase: str
) -> None:
    bob, eve = site.person("bob"), site.person("eve")
    phases.join(ada, phase, "students")
    phases.join(bob, phase, "students", "industry")
    phases.join(eve, phase)
    assert submit(ada, phase).body["group"] == "students"
    assert submit(eve, phase).body["group"] is None
    asked = submit(bob, phase)
    assert (asked.status, asked.body["errors"][0]["place"]) == (422, "group")
    assert "`students`, `industry`" in asked.body["errors"][0]["message"]
    assert submit(bob, phase, group="industry").body["group"] == "industry"
    foreign = submit(ada, phase, group="industry")
    assert (foreign.status, "You are not in a group `industry`" in foreign.body["errors"][0]["message"]) == (422, True)
    # Organizers try any, and none unless they say so.
    assert [submit(organizer, phase, **said).body["group"] for said in ({}, {"group": "industry"})] == [None, "industry"]


def test_a_group_that_is_gone_stands_for_nothing_and_its_members_have_it_again_when_it_is_back(
    organizer: Person, ada: Person, phase: str
) -> None:
    phases.join(ada, phase, "students", "industry")
    settings = f"{path_of(phase)}/settings"
    before = organizer.call("GET", settings).body["settings"]["agon"]["groups"]
    assert organizer.call("PATCH", settings, {"agon": {"groups": before[:1]}}, If_Match="*").status == 200
    assert submit(ada, phase).body["group"] == "students"
    assert ada.call("GET", path_of(phase)).body["my_groups"] == ["students"]
    organizer.call("PATCH", settings, {"agon": {"groups": before}}, If_Match="*")
    assert ada.call("GET", path_of(phase)).body["my_groups"] == ["students", "industry"]


def test_a_groups_limits_stand_in_place_of_the_phases_and_two_groups_double_nothing(
    site: Site, organizer: Person, ada: Person
) -> None:
    clock.within_one(clock.DAY)
    few, many = GroupLimits(max_submissions_per_day=1), GroupLimits(max_submissions_per_day=3)
    groups = (Group("few", "Few", limits=(few,)), Group("many", "Many", limits=(many,)))
    phase = phases.competition(organizer, phases=[phases.phase(max_submissions_per_day=2)], groups=groups)
    bob = site.person("bob")
    phases.join(ada, phase, "few", "many")
    phases.join(bob, phase)
    assert [submit(bob, phase).status for _ in range(3)] == [201, 201, 429]
    told = ada.call("GET", f"/phases/{phase}/quota?group=many").body
    assert (told["group"], told["today"]) == ("many", {"limit": 3, "left": 3})
    assert submit(ada, phase, group="few").status == 201
    assert submit(ada, phase, group="few").status == 429
    # What was submitted for one group counts for the other.
    assert [submit(ada, phase, group="many").status for _ in range(3)] == [201, 201, 429]
    assert ada.call("GET", f"/phases/{phase}/quota").body["group"] == "few"


def test_a_limit_of_one_phase_goes_before_that_of_all(organizer: Person, ada: Person) -> None:
    lines = (GroupLimits(max_submissions=0), GroupLimits(1, max_submissions=1))
    phase = phases.competition(
        organizer, phases=[phases.phase(0), phases.phase(1)], groups=(Group("students", "Students", limits=lines),)
    )
    phases.join(ada, phase, "students")
    assert submit(ada, phase).status == 429
    assert submit(ada, f"{phase[:-1]}1").status == 201


def test_what_a_group_submits_waits_on_its_queue_at_three_calls(
    site: Site, organizer: Person, ada: Person, phase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bob = site.person("bob")
    queue = organizer.call("POST", "/queues", {"name": "Fast"}).body["id"]
    groups = [{"key": "students", "title": "Students", "queue": queue}, {"key": "industry", "title": "Industry"}]
    change = organizer.call("PATCH", f"{path_of(phase)}/settings", {"agon": {"groups": groups}}, If_Match="*")
    assert change.status == 200, change.body
    phases.join(ada, phase, "students")
    phases.join(bob, phase, "industry")
    made = [submit(person, phase).body["id"] for person in (ada, bob)]
    stored = table.read(*map(Submission.at, made))
    assert [one.queue for one in stored if one] == [queue, "default"]
    for person in (ada, bob):
        upload = person.upload(b"PK\5\6" + bytes(18))
        with counting(monkeypatch) as calls:
            assert person.call("POST", f"/phases/{phase}/submissions", {"upload": upload}).status == 201
        assert calls == ["BatchGetItem", "TransactWriteItems", "SendMessage"]
    rerun = Submission.at(made[0])
    writes.update(Submission(*rerun), [Submission.status.set("Finished"), Submission.waiting_pk.remove()])
    assert organizer.call("POST", f"/submissions/{made[0]}/rerun").status == 200
    (again,) = table.read(rerun)
    assert again is not None and again.queue == queue


def test_a_queue_stays_as_long_as_a_group_uses_it(organizer: Person, phase: str) -> None:
    queue = organizer.call("POST", "/queues", {"name": "Fast"}).body["id"]
    settings, uses = f"{path_of(phase)}/settings", list[int]()
    for own in (queue, queue, None):
        group = {"key": "students", "title": "Students"} | ({"queue": own} if own else {})
        assert organizer.call("PATCH", settings, {"agon": {"groups": [group]}}, If_Match="*").status == 200
        (stored,) = table.read(Queue.at(queue))
        uses.append(int(stored.uses) if stored else -1)
    assert uses == [1, 1, 0]
    assert organizer.call("DELETE", f"/queues/{queue}").status in (200, 204)


# Phases


def test_a_phase_that_a_group_names_is_for_its_members_alone(site: Site, organizer: Person, ada: Person) -> None:
    groups = (Group("finalists", "Finalists", phases=(1,)), STUDENTS)
    phase = phases.competition(organizer, phases=[phases.phase(0), phases.phase(1)], groups=groups)
    organizer.call("POST", f"{path_of(phase)}/publish")
    final, bob = f"{phase[:-1]}1", site.person("bob")
    phases.join(ada, phase, "finalists", "students")
    phases.join(bob, phase, "students")
    reads = ("leaderboards", "leaderboard", "quota", "submissions", "handouts", "shared", "participants/ada/rank")
    for read in reads:
        assert bob.call("GET", f"/phases/{final}/{read}").status == 404, read
        assert organizer.call("GET", f"/phases/{final}/leaderboard").status == 200
    assert [site.call("GET", f"/phases/{one}/leaderboard").status for one in (phase, final)] == [200, 404]
    assert submit(bob, final).status == 404
    assert [len(one.call("GET", path_of(phase)).body["phases"]) for one in (ada, bob, organizer)] == [2, 1, 2]
    assert ada.call("GET", f"/phases/{final}/leaderboard").status == 200
    own = [person.call("POST", "/me/calendar").body["path"].removeprefix("/v1") for person in (ada, bob)]
    everybodys = [f"{path_of(phase)}/{what}" for what in ("calendar", "feed", "croissant")]
    assert ["Phase 1" in site.call("GET", path).body for path in (*everybodys, *own)] == [False, False, False, True, False]
    # Of her groups one alone takes part there, so there is nothing to choose.
    assert submit(ada, final).body["group"] == "finalists"
    assert submit(ada, phase).status == 422


def test_who_was_turned_away_is_in_no_group(organizer: Person, ada: Person) -> None:
    phase = phases.competition(organizer, groups=(Group("finalists", "Finalists", phases=(0,)),))
    phases.join(ada, phase, "finalists")
    assert ada.call("GET", f"/phases/{phase}/leaderboard").status == 200
    denied = organizer.call("PATCH", f"{path_of(phase)}/participants/{ada.id}", {"status": "denied"})
    assert (denied.status, ada.call("GET", f"/phases/{phase}/leaderboard").status) == (200, 404)


def test_what_is_shared_in_a_phase_of_others_cannot_be_started_from(site: Site, organizer: Person, ada: Person) -> None:
    groups = (Group("finalists", "Finalists", phases=(1,)),)
    phase = phases.competition(organizer, phases=[phases.phase(0), phases.phase(1)], groups=groups)
    bob = site.person("bob")
    phases.join(ada, phase, "finalists")
    phases.join(bob, phase)
    shared = phases.score(ada, f"{phase[:-1]}1", {"accuracy": 1.0}, public=True, licence="MIT")
    assert submit(ada, phase, forked_from=shared).status == 201
    refused = submit(bob, phase, forked_from=shared)
    assert (refused.status, refused.body["errors"][0]["place"]) == (422, "forked_from")
    assert bob.call("GET", f"/shared/{shared}").status == 404
