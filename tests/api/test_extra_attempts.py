"""Attempts that organizers give one participant or one team beside the limits."""

from typing import Any

import pytest

from chalicelib.store import writes
from tests import clock
from tests.api import phases
from tests.api.conftest import Answer, Person, Site


@pytest.fixture
def phase(organizer: Person, ada: Person) -> str:
    clock.within_one(clock.DAY)
    made = phases.competition(
        organizer,
        phases=[phases.phase(max_submissions_per_day=1, max_submissions=2, max_submissions_per_month=2)],
        enable_teams=True,
        require_team_approval=False,
    )
    phases.join(ada, made)
    return made


def submit(person: Person, phase: str) -> Answer:
    return person.call("POST", f"/phases/{phase}/submissions", {"upload": person.upload(b"PK\5\6" + bytes(18))})


def give(organizer: Person, phase: str, to: str, attempts: int, reason: str = "The queue stood still.") -> Answer:
    body = {"phase": phase, "attempts": attempts, "reason": reason}
    return organizer.call("POST", f"/competitions/{phase.partition('-')[0]}/{to}/attempts", body)


def quota(person: Person, phase: str) -> Any:
    return person.call("GET", f"/phases/{phase}/quota").body


def log(organizer: Person, phase: str) -> list[dict[str, Any]]:
    return organizer.call("GET", f"/competitions/{phase.partition('-')[0]}/audit").body["deeds"]  # type: ignore[no-any-return]


def test_who_has_none_left_gets_as_many_as_are_given_and_the_quota_tells_of_them(
    organizer: Person, ada: Person, phase: str
) -> None:
    assert [submit(ada, phase).status for _ in range(2)] == [201, 429]
    assert give(organizer, phase, f"participants/{ada.id}", 2).body == {"phase": phase, "extra": 2}
    told = quota(ada, phase)
    assert (told["extra"], told["today"], told["in_all"]) == (2, {"limit": 3, "left": 2}, {"limit": 4, "left": 3})
    assert [submit(ada, phase).status for _ in range(3)] == [201, 201, 429]
    assert "used all 3 attempts today" in quota(ada, phase)["reason"]


def test_the_table_counts_attempts_and_not_what_was_given(organizer: Person, ada: Person, phase: str) -> None:
    give(organizer, phase, f"participants/{ada.id}", 2)
    submit(ada, phase)
    (row,) = organizer.call("GET", f"/competitions/{phase.partition('-')[0]}/participants").body["participants"]
    assert row["attempts"] == 1


def test_what_is_given_stands_in_the_log_with_its_reason(organizer: Person, ada: Person, phase: str) -> None:
    give(organizer, phase, f"participants/{ada.id}", 2)
    (entry,) = log(organizer, phase)
    facts = [entry[name] for name in ("what", "by", "participant", "before", "after", "reason")]
    before, after = {"phase": phase, "extra": 0}, {"phase": phase, "extra": 2}
    assert facts == ["extended", "olga", "ada", before, after, "The queue stood still."]


def test_no_more_is_taken_back_than_was_given(organizer: Person, ada: Person, phase: str) -> None:
    give(organizer, phase, f"participants/{ada.id}", 2)
    assert give(organizer, phase, f"participants/{ada.id}", -5, "A mistake.").body["extra"] == 0
    told = quota(ada, phase)
    assert (told["extra"], told["today"]["left"], told["in_all"]["left"]) == (0, 1, 2)
    assert submit(ada, phase).status == 201 and submit(ada, phase).status == 429


def test_a_refund_gives_back_what_was_used_and_nothing_of_what_was_given(organizer: Person, ada: Person, phase: str) -> None:
    give(organizer, phase, f"participants/{ada.id}", 1)
    made = submit(ada, phase).body["id"]
    assert ada.call("POST", f"/submissions/{made}/cancel").status == 200
    assert (quota(ada, phase)["today"]["left"], quota(ada, phase)["in_all"]["left"]) == (2, 3)


def test_a_team_gets_attempts_with_which_any_member_submits(site: Site, organizer: Person, ada: Person, phase: str) -> None:
    bob, path = site.person("bob"), f"/competitions/{phase.partition('-')[0]}/teams"
    phases.join(bob, phase)
    team = ada.call("POST", path, {"name": "Owls"}).body
    assert bob.call("POST", f"{path}/join", {"code": team["code"]}).status == 200
    assert [submit(ada, phase).status, submit(bob, phase).status] == [201, 429]
    alone = give(organizer, phase, f"participants/{ada.id}", 1)
    assert (alone.status, "Give the attempts to the team" in alone.body["detail"]) == (409, True)
    assert give(organizer, phase, f"teams/{team['id']}", 1).body["extra"] == 1
    assert quota(bob, phase)["extra"] == 1
    assert [submit(ada, phase).status, submit(bob, phase).status] == [201, 429]


@pytest.mark.parametrize(("attempts", "reason"), [(0, "Why."), (101, "Why."), (1, " ")])
def test_a_number_and_a_reason_are_needed(organizer: Person, ada: Person, phase: str, attempts: int, reason: str) -> None:
    assert give(organizer, phase, f"participants/{ada.id}", attempts, reason).status == 422
    assert log(organizer, phase) == []


def test_a_phase_of_another_competition_is_not_found(organizer: Person, ada: Person, phase: str) -> None:
    other = phases.competition(organizer)
    body = {"phase": other, "attempts": 1, "reason": "Why."}
    path = f"/competitions/{phase.partition('-')[0]}/participants/{ada.id}/attempts"
    assert organizer.call("POST", path, body).status == 404


def test_of_two_who_give_at_once_one_is_told_so(
    organizer: Person, ada: Person, phase: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = writes.transact

    def late(*composed: Any, **said: Any) -> None:
        monkeypatch.setattr(writes, "transact", real)
        give(organizer, phase, f"participants/{ada.id}", 5)
        real(*composed, **said)

    monkeypatch.setattr(writes, "transact", late)
    assert give(organizer, phase, f"participants/{ada.id}", 1).status == 409
    assert quota(ada, phase)["extra"] == 5
