"""Taking part: who is let in, why not, and the table of participants that organizers work with."""

import csv
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import pytest

from chalicelib.domain.bundle.group import Group
from chalicelib.domain.bundle.leaderboard import Column
from chalicelib.store import writes
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant
from tests.api import phases
from tests.api.conftest import Answer, Person, Site, sender


@pytest.fixture
def competition(organizer: Person) -> dict[str, Any]:
    return organizer.competition(auto_approve=False)


@contextmanager
def counting(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The names of all calls of AWS."""
    from botocore.client import BaseClient

    real, calls = BaseClient._make_api_call, list[str]()

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        calls.append(operation)
        return real(self, operation, arguments)

    with monkeypatch.context() as patch:
        patch.setattr(BaseClient, "_make_api_call", call)
        yield calls


def path_of(competition: dict[str, Any]) -> str:
    return f"/competitions/{competition['id']}"


def decide(
    organizer: Person, competition: dict[str, Any], people: Sequence[Person], status: str, reason: str = ""
) -> Answer:
    body = {"participants": [person.id for person in people], "status": status, "reason": reason}
    return organizer.call("POST", f"{path_of(competition)}/participants/decide", body)


def listed(organizer: Person, competition: dict[str, Any], query: str = "") -> dict[str, dict[str, Any]]:
    found = organizer.call("GET", f"{path_of(competition)}/participants{query}").body["participants"]
    return {one["username"]: one for one in found}


def exported(organizer: Person, competition: dict[str, Any], **asked: Any) -> list[dict[str, str]]:
    answer = organizer.call("POST", f"{path_of(competition)}/participants/exports", asked)
    file = sender().get(answer.body["url"])
    return list(csv.DictReader(io.StringIO(file.text)))


def log(organizer: Person, competition: dict[str, Any]) -> list[dict[str, Any]]:
    return organizer.call("GET", f"{path_of(competition)}/audit").body["deeds"]  # type: ignore[no-any-return]


# Deciding


def test_who_is_denied_reads_why(organizer: Person, ada: Person, competition: dict[str, Any]) -> None:
    ada.join(competition)
    path = f"{path_of(competition)}/participants/{ada.id}"
    denied = organizer.call("PATCH", path, {"status": "denied", "reason": "Members of the lab are jurors."})
    assert (denied.body["status"], denied.body["reason"]) == ("denied", "Members of the lab are jurors.")
    shown = ada.call("GET", path_of(competition)).body
    assert (shown["my_status"], shown["my_reason"]) == ("denied", "Members of the lab are jurors.")
    refused = ada.submit(competition)
    assert (refused.status, "Members of the lab are jurors." in refused.body["detail"]) == (403, True)


def test_an_approval_is_revoked_with_a_reason_and_given_again_without(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    ada.join(competition)
    path = f"{path_of(competition)}/participants/{ada.id}"
    counts = []
    for status, reason in (("approved", ""), ("denied", "Two accounts."), ("approved", "")):
        assert organizer.call("PATCH", path, {"status": status, "reason": reason}).status == 200
        counts.append(site.call("GET", path_of(competition)).body["participants"])
    assert (counts, ada.call("GET", path_of(competition)).body["my_reason"]) == ([1, 0, 1], "")
    assert ada.submit(competition).status == 201


def test_several_are_decided_about_at_once_and_who_is_not_there_is_told(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    bob, eve, stan = site.person("bob"), site.person("eve"), site.person("stan")
    for person in (ada, bob, eve):
        person.join(competition)
    answer = decide(organizer, competition, [ada, stan, bob, ada], "approved", "Welcome.")
    assert (answer.status, answer.body["done"], set(answer.body["refused"])) == (200, [ada.id, bob.id], {stan.id})
    statuses = {name: one["status"] for name, one in listed(organizer, competition).items()}
    assert statuses == {"ada": "approved", "bob": "approved", "eve": "pending"}
    assert site.call("GET", path_of(competition)).body["participants"] == 2
    assert ada.call("GET", path_of(competition)).body["my_reason"] == "Welcome."


def test_what_has_been_decided_so_already_is_neither_written_nor_noted_again(
    organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    ada.join(competition)
    for _ in range(2):
        assert decide(organizer, competition, [ada], "denied", "No.").body["done"] == [ada.id]
    (entry,) = log(organizer, competition)
    facts = ("by", "what", "participant", "before", "after", "reason", "submission")
    assert [entry[name] for name in facts] == ["olga", "denied", "ada", "pending", "denied", "No.", None]


def test_of_two_decisions_at_once_one_is_told_so(
    organizer: Person, ada: Person, competition: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada.join(competition)
    real = participants.decide

    def late(participant: Any, *decision: Any) -> None:
        monkeypatch.setattr(participants, "decide", real)
        decide(organizer, competition, [ada], "denied", "First.")
        real(participant, *decision)

    monkeypatch.setattr(participants, "decide", late)
    refused = decide(organizer, competition, [ada], "approved").body["refused"]
    assert "just decided" in refused[ada.id]
    assert [entry["what"] for entry in log(organizer, competition)] == ["denied"]


# The table


def test_the_table_tells_of_each_what_they_have_done_in_a_phase(site: Site, organizer: Person, ada: Person) -> None:
    first, second = phases.phase(0), phases.phase(1, start=phases.NOW - phases.DAY / 2)
    phase = phases.competition(organizer, phases=[first, second])
    of, later = {"id": phase.partition("-")[0]}, f"{phase[:-1]}1"
    bob = site.person("bob")
    for person in (ada, bob):
        phases.join(person, phase)
    phases.score(ada, phase, {"accuracy": 0.75, "seconds": 2})
    upload = ada.upload(b"PK\5\6" + bytes(18))
    taken = ada.call("POST", f"/phases/{phase}/submissions", {"upload": upload})
    assert taken.status == 201
    table = listed(organizer, of, f"?phase={phase}")
    told = {name: (one["attempts"], one["last_submission_at"] is not None, one["score"]) for name, one in table.items()}
    assert told == {"ada": (1, True, 0.75), "bob": (0, False, None)}
    answer = organizer.call("GET", f"{path_of(of)}/participants").body
    assert (answer["phase"], answer["column"]) == (later, "Accuracy")
    assert {one["attempts"] for one in answer["participants"]} == {0}
    assert organizer.call("GET", f"{path_of(of)}/participants?phase=other-0").status == 404


def test_a_score_is_found_under_the_key_that_its_column_had(organizer: Person, ada: Person) -> None:
    renamed = phases.board(Column("exactness", "Exactness", 0, former_keys=("accuracy",)))
    phase = phases.competition(organizer, renamed)
    phases.join(ada, phase)
    phases.score(ada, phase, {"accuracy": 0.25})
    assert listed(organizer, {"id": phase.partition("-")[0]})["ada"]["score"] == 0.25


def test_a_members_score_is_the_teams(site: Site, organizer: Person, ada: Person) -> None:
    phase = phases.competition(organizer, enable_teams=True, require_team_approval=False)
    of = {"id": phase.partition("-")[0]}
    phases.join(ada, phase)
    team = ada.call("POST", f"{path_of(of)}/teams", {"name": "Owls"}).body["id"]
    phases.score(ada, phase, {"accuracy": 0.5, "seconds": 1}, team=team, team_name="Owls")
    told = listed(organizer, of)["ada"]
    assert (told["team"], told["score"]) == ("Owls", 0.5)


def test_participants_are_found_by_status_and_by_what_stands_in_a_name(
    site: Site, organizer: Person, competition: dict[str, Any]
) -> None:
    people = [site.person(name) for name in ("ada", "adam", "bob")]
    for person in people:
        person.join(competition)
    decide(organizer, competition, people[1:], "approved")
    assert set(listed(organizer, competition, "?search=ADA")) == {"ada", "adam"}
    assert set(listed(organizer, competition, "?status=approved")) == {"adam", "bob"}
    assert set(listed(organizer, competition, "?status=approved&search=ad")) == {"adam"}
    assert organizer.call("GET", f"{path_of(competition)}/participants?status=friendly").status == 422


def test_a_page_costs_the_same_however_many_there_are_and_pages_leave_nobody_out(
    site: Site, organizer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    phase = phases.competition(organizer)
    of = phase.partition("-")[0]
    for number in range(230):
        someone = Person(site, f"p{number:03}{'-owl' if number % 40 == 0 else ''}", "", f"{number:03}")
        phases.join(someone, phase)
    monkeypatch.setattr(participants, "LOOKED_THROUGH", 110)
    for query, expected in (("?", 230), ("?search=OWL&", 6), ("?status=denied&", 0)):
        found, cursor, costs = list[str](), "", set[int]()
        while cursor is not None:
            with counting(monkeypatch) as calls:
                page = organizer.call("GET", f"/competitions/{of}/participants{query}{cursor and f'cursor={cursor}'}").body
            costs.add(len(calls))
            found, cursor = [*found, *(one["username"] for one in page["participants"])], page["next"]
        assert (len(found), len(set(found))) == (expected, expected)
        # Whether the caller has signed out, now and then; the competition and its phases, the participants, counters, rows.
        assert max(costs) <= 5


def test_a_page_of_people_in_many_groups_is_shorter_and_costs_no_more(
    site: Site, organizer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [f"g{number}" for number in range(20)]
    phase = phases.competition(organizer, groups=tuple(Group(key, key) for key in keys))
    of = phase.partition("-")[0]
    for number in range(12):
        someone = Person(site, f"p{number:03}", "", f"{number:03}")
        phases.join(someone, phase)
        place = Participant.at(of, someone.id)
        writes.update(Participant(*place), [Participant.groups.set(set(keys))])
    found, cursor = list[str](), ""
    while cursor is not None:
        with counting(monkeypatch) as calls:
            page = organizer.call("GET", f"/competitions/{of}/participants?{cursor and f'cursor={cursor}'}").body
        assert len(calls) <= 5, calls
        found, cursor = [*found, *(one["username"] for one in page["participants"])], page["next"]
    assert found == [f"p{number:03}" for number in range(12)]


def test_joining_costs_three_calls(site: Site, organizer: Person, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    competition = organizer.competition()
    ada.call("GET", "/me")
    with counting(monkeypatch) as calls:
        assert ada.join(competition).status == 201
    assert len(calls) == 3


# The table as a file


def test_the_file_has_addresses_only_where_they_are_asked_for_which_is_noted(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    for person in (ada, site.person("bob")):
        person.join(competition)
    decide(organizer, competition, [ada], "denied", "=HYPERLINK(1)")
    (row,) = exported(organizer, competition, status="denied")
    assert (row["Username"], row["Status"], row["Reason"]) == ("ada", "denied", "'=HYPERLINK(1)")
    assert "Address" not in row and [entry["what"] for entry in log(organizer, competition)] == ["denied"]
    rows = exported(organizer, competition, addresses=True)
    assert {one["Username"]: one["Address"] for one in rows} == {"ada": "ada@example.org", "bob": "bob@example.org"}
    newest = log(organizer, competition)[0]
    assert (newest["what"], newest["by"], newest["participant"]) == ("exported", "olga", None)


def test_no_answer_but_the_file_tells_an_address(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition()
    told = [ada.join(competition), ada.call("GET", path_of(competition))]
    told += [organizer.call("GET", f"{path_of(competition)}/{name}") for name in ("participants", "audit")]
    assert not [answer for answer in told if "example.org" in str(answer.body)]


def test_more_participants_than_there_is_time_for_are_refused_with_what_to_do(
    organizer: Person, ada: Person, competition: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import timedelta

    from chalicelib.actions.people import participant_table

    ada.join(competition)
    monkeypatch.setattr(participant_table, "PAGE_SIZE", 1)
    monkeypatch.setattr(participant_table, "PATIENCE", timedelta(0))
    answer = organizer.call("POST", f"{path_of(competition)}/participants/exports", {})
    assert (answer.status, "by name" in answer.body["detail"]) == (413, True)


# Who may join by their address


def test_only_addresses_that_are_allowed_join_and_who_takes_part_stays(
    site: Site, organizer: Person, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    competition = organizer.competition(extra="agon: {allowed_addresses: [uni.example], refused_addresses: []}")
    refused = ada.join(competition)
    assert (refused.status, "Only some e-mail addresses" in refused.body["detail"]) == (403, True)
    assert listed(organizer, competition) == {}
    change = {"agon": {"allowed_addresses": ["ada@example.org"]}}
    assert organizer.call("PATCH", f"{path_of(competition)}/settings", change, If_Match="*").status == 200
    assert (ada.join(competition).status, site.person("bob").join(competition).status) == (201, 403)
    change = {"agon": {"allowed_addresses": [], "refused_addresses": ["example.org"]}}
    assert organizer.call("PATCH", f"{path_of(competition)}/settings", change, If_Match="*").status == 200
    assert "do not let your e-mail address" in site.person("bob").join(competition).body["detail"]
    assert ada.submit(competition).status == 201


def test_nobody_but_organizers_reads_the_lists(site: Site, organizer: Person, ada: Person) -> None:
    competition = organizer.competition(extra="agon: {allowed_addresses: [secret@uni.example]}")
    told = [person.call("GET", path_of(competition)) for person in (ada, organizer)]
    told += [ada.join(competition), ada.call("GET", f"{path_of(competition)}/settings")]
    assert not [answer for answer in told if "uni.example" in str(answer.body)]


def test_a_phase_may_be_for_some_addresses_alone_and_all_see_it(
    site: Site, organizer: Person, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    competition = organizer.competition(phase_extra="agon: {allowed_addresses: [uni.example]}")
    phase = f"/phases/{competition['phases'][0]['id']}"
    bob = site.person("bob")
    assert (ada.join(competition).status, bob.join(competition).status) == (201, 201)
    refused = ada.submit(competition)
    assert (refused.status, "the one that you joined with is not among them" in refused.body["detail"]) == (403, True)
    quota = ada.call("GET", f"{phase}/quota").body
    assert (quota["reason"], quota["opens_at"]) == (refused.body["detail"], None)
    assert organizer.submit(competition).status == 201
    change = {"agon": {"allowed_addresses": ["Ada@example.org"]}}
    settings = f"{path_of(competition)}/settings/phases/0"
    assert organizer.call("PATCH", settings, change, If_Match="*").status == 200
    assert ada.call("GET", f"{phase}/quota").body["reason"] == ""
    assert (ada.submit(competition).status, bob.submit(competition).status) == (201, 403)
    told = [
        person.call("GET", path) for person in (ada, bob, site) for path in (path_of(competition), f"{phase}/submissions")
    ]
    assert not [answer for answer in told if "ada@example.org" in str(answer.body).lower()]


def test_a_robot_that_organizers_admitted_submits_whatever_its_address(site: Site, organizer: Person) -> None:
    competition = organizer.competition(phase_extra="agon: {allowed_addresses: [uni.example]}")
    robot = site.person("robot")
    robots = f"{path_of(competition)}/robots"
    assert organizer.call("POST", robots, {"username": "robot"}).body["status"] == "approved"
    assert robot.submit(competition).status == 201


# Questions at registration

ASKED = """
agon:
  registration_questions:
    lab: {key: lab, type: text, title: Your lab, selection: "", is_required: "true"}
    level: {key: level, type: select, title: Level, selection: [student, senior], is_required: "false"}
    news: {key: news, type: checkbox, title: News, selection: [true, false], is_required: "false"}
"""


def test_who_joins_answers_what_the_organizers_ask(organizer: Person, ada: Person) -> None:
    competition = organizer.competition(extra=ASKED)
    shown = ada.call("GET", path_of(competition)).body["registration_questions"]
    assert [(one["key"], one["type"], one["required"], one["choices"]) for one in shown] == [
        ("lab", "text", True, []), ("level", "select", False, ["student", "senior"]), ("news", "checkbox", False, []),
    ]  # fmt: skip
    path = f"{path_of(competition)}/participants"
    refused = ada.call("POST", path, {"accept_terms": True, "answers": {"level": "king", "age": "7"}})
    assert (refused.status, [one["place"] for one in refused.body["errors"]]) == (
        422, ["answers.age", "answers.lab", "answers.level"],
    )  # fmt: skip
    answers = {"lab": "=Vision", "level": "senior", "news": True}
    assert ada.call("POST", path, {"accept_terms": True, "answers": answers}).status == 201
    assert listed(organizer, competition)["ada"]["answers"] == answers
    (row,) = exported(organizer, competition)
    assert (row["Your lab"], row["Level"], row["News"]) == ("'=Vision", "senior", "true")
