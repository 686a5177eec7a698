"""The final selection: people choose which of their submissions count, and when the phase is over the best of them does."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chalicelib.actions.background import phase_clock, sweep
from chalicelib.actions.leaderboards import rebuilding, reordering, visibility
from chalicelib.actions.submissions import choosing
from chalicelib.contract import Status
from chalicelib.domain.bundle.model import FinalBoard
from chalicelib.store import table, writes
from chalicelib.store.competitions.competitions import Phase
from chalicelib.store.submissions import retention, usage
from chalicelib.store.submissions.submissions import owner_key
from chalicelib.store.submissions.usage import Quota
from tests.api import phases
from tests.api.conftest import Answer, Person, Site
from tests.api.phases import DAY, NOW
from tests.api.test_final_boards import PRIVATE, PUBLIC

CHOOSING = phases.phase(final_selection=2)
#: By which of the two boards.
GOOD, FAIR, POOR = ({"public": public, "private": private} for public, private in ((0.9, 0.1), (0.6, 0.8), (0.3, 0.5)))


@pytest.fixture
def grace(site: Site) -> Person:
    return site.person("grace")


@pytest.fixture
def phase_id(organizer: Person, ada: Person, grace: Person) -> str:
    """A phase with a private board, in which two take part."""
    kept = phases.phase(final_selection=2, final_board_from=FinalBoard(leaderboard=1))
    made = phases.competition(organizer, PUBLIC, PRIVATE, phases=[kept], enable_teams=True, require_team_approval=False)
    for person in (ada, grace):
        phases.join(person, made)
    return made


def choose(person: Person, submission: str, method: str = "POST") -> Answer:
    return person.call(method, f"/submissions/{submission}/selection")


def chosen(person: Person, phase_id: str) -> list[str]:
    listed = person.call("GET", f"/phases/{phase_id}/submissions").body
    told: list[str] = listed["selection"]["chosen"]
    return told


def hand_in(person: Person, phase_id: str, *scores: dict[str, float], **facts: Any) -> list[str]:
    """Submissions with these scores, one a minute."""
    return [phases.score(person, phase_id, one, minute, **facts) for minute, one in enumerate(scores)]


def end(site: Site, phase_id: str, at: datetime = NOW - timedelta(minutes=2)) -> None:
    """Have the phase be over, and all done that its clock brings about."""
    Phase(*Phase.at(phase_id)).update(actions=[Phase.ends_at.set(at)])
    (phase,) = table.read(Phase.at(phase_id))
    assert phase is not None
    phase_clock.strike(phase, NOW)
    sweep.sweep(NOW + timedelta(minutes=1))
    while site.work():
        pass


def on_board(site: Site, phase_id: str, query: str = "") -> list[str]:
    """The submissions on the board, in its order."""
    rebuilding.rebuild(phase_id, NOW + DAY)
    return [row["submission"] for row in site.call("GET", f"/phases/{phase_id}/leaderboard{query}").body["rows"]]


# Choosing


def test_people_choose_some_of_their_submissions_and_take_that_back(ada: Person, phase_id: str) -> None:
    first, second, _ = hand_in(ada, phase_id, GOOD, FAIR, POOR)
    assert (chosen(ada, phase_id), ada.call("GET", f"/submissions/{first}").body["chosen"]) == ([], False)
    told = choose(ada, second).body
    assert (told["phase"], told["most"], told["chosen"]) == (phase_id, 2, [second])
    assert choose(ada, second).body["chosen"] == [second], "chosen once more it is chosen once"
    assert choose(ada, first).body["chosen"] == sorted([first, second])
    assert ada.call("GET", f"/submissions/{first}").body["chosen"] is True
    assert choose(ada, second, "DELETE").body["chosen"] == chosen(ada, phase_id) == [first]
    assert choose(ada, second, "DELETE").body["chosen"] == [first]


def test_nobody_chooses_more_than_so_many(ada: Person, phase_id: str) -> None:
    first, second, third = hand_in(ada, phase_id, GOOD, FAIR, POOR)
    assert [choose(ada, one).status for one in (first, second, third)] == [200, 200, 409]
    assert chosen(ada, phase_id) == sorted([first, second])
    choose(ada, first, "DELETE")
    assert choose(ada, third).status == 200


def test_two_members_who_choose_at_once_do_not_choose_too_many(
    ada: Person, phase_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = hand_in(ada, phase_id, GOOD, FAIR, POOR)
    choose(ada, first)
    check = choosing.selection.check_room

    def meanwhile(*given: int) -> None:
        monkeypatch.undo()
        check(*given)
        assert choose(ada, second).status == 200

    monkeypatch.setattr(choosing.selection, "check_room", meanwhile)
    assert choose(ada, third).status == 409
    assert chosen(ada, phase_id) == sorted([first, second])


@pytest.mark.parametrize(
    "facts",
    [
        {"status": Status.FAILED},
        {"removed_at": NOW},
        {"marks": {"disqualified": "Copied."}},
        {"marks": {"baseline": True}},
        {"solution": 0},
    ],
    ids=["failed", "withdrawn", "disqualified", "a baseline", "a solution"],
)
def test_what_is_not_in_the_running_is_not_chosen(ada: Person, phase_id: str, facts: dict[str, Any]) -> None:
    (made,) = hand_in(ada, phase_id, GOOD, **facts)
    assert choose(ada, made).status == 409


def test_a_submission_is_chosen_by_those_whose_it_is(
    site: Site, organizer: Person, ada: Person, grace: Person, phase_id: str
) -> None:
    (made,) = hand_in(ada, phase_id, GOOD)
    assert [choose(one, made).status for one in (grace, organizer, ada)] == [404, 403, 200]
    (told,) = organizer.call("GET", f"/phases/{phase_id}/submissions?everyone=true").body["submissions"]
    assert told["chosen"] is True


def test_any_member_chooses_for_a_team_and_what_one_chose_alone_stays_ones_own(
    ada: Person, grace: Person, phase_id: str
) -> None:
    (alone,) = hand_in(ada, phase_id, GOOD)
    choose(ada, alone)
    competition = phase_id.partition("-")[0]
    team = ada.call("POST", f"/competitions/{competition}/teams", {"name": "Owls"}).body
    assert grace.call("POST", f"/competitions/{competition}/teams/join", {"code": team["code"]}).status == 200
    facts = {"team": team["id"], "team_name": "Owls", "owner_pk": owner_key(team["id"], phase_id)}
    (ours,) = hand_in(ada, phase_id, FAIR, **facts)
    assert choose(grace, ours).body["chosen"] == [ours]
    assert chosen(grace, phase_id) == chosen(ada, phase_id) == [ours]
    listed = ada.call("GET", f"/phases/{phase_id}/submissions").body["submissions"]
    assert {one["id"] for one in listed if one["chosen"]} == {alone, ours}


def test_where_nobody_chooses_it_is_refused_and_said_nowhere(organizer: Person, ada: Person) -> None:
    phase_id = phases.competition(organizer)
    phases.join(ada, phase_id)
    made = phases.score(ada, phase_id, {"accuracy": 0.5})
    assert choose(ada, made).status == 409
    listed = ada.call("GET", f"/phases/{phase_id}/submissions").body
    assert (listed["selection"], listed["submissions"][0]["chosen"]) == (None, None)


def test_choosing_ends_with_the_phase_and_what_was_chosen_is_told_for_ever(site: Site, ada: Person, phase_id: str) -> None:
    first, second = hand_in(ada, phase_id, GOOD, FAIR)
    choose(ada, first)
    end(site, phase_id)
    assert [choose(ada, second).status, choose(ada, first, "DELETE").status] == [409, 409]
    assert chosen(ada, phase_id) == [first]


def test_an_end_that_is_moved_while_one_chooses_is_noticed(
    ada: Person, phase_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (made,) = hand_in(ada, phase_id, GOOD)
    transact = choosing.writes.transact

    def late(*given: Any, **named: Any) -> None:
        monkeypatch.undo()
        Phase(*Phase.at(phase_id)).update(actions=[Phase.ends_at.set(NOW - DAY / 2)])
        transact(*given, **named)

    monkeypatch.setattr(choosing.writes, "transact", late)
    assert choose(ada, made).status == 409
    assert usage.chosen(phase_id, [ada.id]) == frozenset()


def test_who_chose_what_stands_in_the_phases_log(organizer: Person, ada: Person, phase_id: str) -> None:
    (made,) = hand_in(ada, phase_id, GOOD)
    choose(ada, made)
    choose(ada, made, "DELETE")
    entries = organizer.call("GET", f"/phases/{phase_id}/deeds").body["deeds"]
    assert [(one["what"], one["by"], one["submission"]) for one in entries] == [
        ("unchosen", "ada", made),
        ("chosen", "ada", made),
    ]


# When the phase is over


def test_until_the_end_the_board_ranks_as_before(site: Site, ada: Person, phase_id: str) -> None:
    best, worse = hand_in(ada, phase_id, GOOD, FAIR)
    choose(ada, worse)
    assert on_board(site, phase_id) == [best]


def test_at_the_end_the_best_of_those_that_one_chose_counts_by_the_final_board(
    site: Site, ada: Person, grace: Person, phase_id: str
) -> None:
    best, fair, poor = hand_in(ada, phase_id, GOOD, FAIR, POOR)
    choose(ada, fair)
    choose(ada, poor)
    (hers, _) = hand_in(grace, phase_id, GOOD, FAIR)
    end(site, phase_id)
    assert on_board(site, phase_id) == [fair, hers], "who chose none has the best by the running board"
    assert on_board(site, phase_id, "?board=public") == [hers, fair]
    assert best not in on_board(site, phase_id)


def test_without_a_final_board_the_best_of_them_by_the_board_counts(site: Site, organizer: Person, ada: Person) -> None:
    phase_id = phases.competition(organizer, PUBLIC, phases=[CHOOSING])
    phases.join(ada, phase_id)
    _, fair, poor = hand_in(ada, phase_id, GOOD, FAIR, POOR)
    for one in (poor, fair):
        choose(ada, one)
    end(site, phase_id)
    assert on_board(site, phase_id) == [fair]


def test_where_a_task_of_its_own_ranks_at_last_the_best_of_them_is_by_that(
    site: Site, organizer: Person, ada: Person
) -> None:
    kept = phases.phase(tasks=(0, 1), final_selection=2, final_board_from=FinalBoard(task=1))
    phase_id = phases.competition(organizer, phases.board(phases.ACCURACY), phases=[kept])
    phases.join(ada, phase_id)
    scores = [
        {"0/accuracy": shown, "1/accuracy": secret, "accuracy": shown}
        for shown, secret in ((0.9, 0.1), (0.6, 0.8), (0.3, 0.9))
    ]
    first, second, _ = hand_in(ada, phase_id, *scores)
    for one in (first, second):
        choose(ada, one)
    end(site, phase_id)
    assert on_board(site, phase_id) == [second]


def test_where_one_stands_on_the_board_by_hand_what_one_chose_takes_the_place(
    site: Site, organizer: Person, ada: Person, grace: Person
) -> None:
    phase_id = phases.competition(organizer, phases.board(*PUBLIC.columns, key="public", rule="Add"), phases=[CHOOSING])
    for person in (ada, grace):
        phases.join(person, phase_id)
    put, other = hand_in(ada, phase_id, POOR, FAIR)
    (hers,) = hand_in(grace, phase_id, GOOD)
    for person, one in ((ada, put), (grace, hers)):
        assert person.call("POST", f"/submissions/{one}/leaderboard").status == 200
    choose(ada, other)
    end(site, phase_id)
    assert on_board(site, phase_id) == [hers, other]
    assert organizer.call("POST", f"/submissions/{put}/leaderboard").status == 403


@pytest.mark.parametrize("change", ["deleted", "withdrawn", "disqualified"])
def test_what_is_chosen_and_out_of_the_running_gives_way(
    site: Site, organizer: Person, ada: Person, phase_id: str, change: str
) -> None:
    best, fair, poor = hand_in(ada, phase_id, GOOD, FAIR, POOR)
    for one in (fair, poor):
        choose(ada, one)
    if change == "disqualified":
        assert organizer.call("PATCH", f"/submissions/{fair}/marks", {"disqualified": True, "reason": "No."}).status == 200
    else:
        assert (ada if change == "deleted" else organizer).call("DELETE", f"/submissions/{fair}").status == 200
    assert chosen(ada, phase_id) == ([poor] if change == "deleted" else [fair, poor])
    end(site, phase_id)
    assert on_board(site, phase_id) == [poor]


def test_once_all_that_one_chose_are_gone_the_board_has_ones_best(site: Site, ada: Person, phase_id: str) -> None:
    best, fair = hand_in(ada, phase_id, GOOD, FAIR)
    choose(ada, fair)
    end(site, phase_id)
    assert on_board(site, phase_id) == [fair]
    assert ada.call("DELETE", f"/submissions/{fair}").status == 200
    assert on_board(site, phase_id) == [best]


def test_another_score_after_the_end_may_make_another_of_them_the_best(
    site: Site, organizer: Person, ada: Person, phase_id: str
) -> None:
    best, fair, poor = hand_in(ada, phase_id, GOOD, FAIR, POOR)
    for one in (fair, poor):
        choose(ada, one)
    end(site, phase_id)
    assert (
        organizer.call("PATCH", f"/submissions/{poor}/scores", {"scores": {"private": 0.95}, "reason": "A slip."}).status
        == 200
    )
    assert on_board(site, phase_id) == [poor]
    assert (
        organizer.call("PATCH", f"/submissions/{best}/scores", {"scores": {"private": 0.99}, "reason": "Another."}).status
        == 200
    )
    assert on_board(site, phase_id) == [poor], "this one was not chosen"


def test_a_phase_that_is_opened_again_ranks_as_before_and_ends_once_more(
    site: Site, organizer: Person, ada: Person, phase_id: str
) -> None:
    best, fair = hand_in(ada, phase_id, GOOD, FAIR)
    choose(ada, fair)
    end(site, phase_id)
    Phase(*Phase.at(phase_id)).update(actions=[Phase.ends_at.set(NOW + DAY)])
    reordering.place_all({ada.id}, _setup(phase_id), phase_id, NOW)
    assert on_board(site, phase_id, "?board=public") == [best]
    end(site, phase_id, NOW - timedelta(minutes=1))
    assert on_board(site, phase_id) == [fair]


def test_of_more_than_may_be_the_first_count(site: Site, ada: Person, phase_id: str) -> None:
    """As of two teams that became one, or where organizers allow fewer than before."""
    best, fair, poor = hand_in(ada, phase_id, POOR, GOOD, FAIR)
    Quota(*Quota.at(phase_id, ada.id), chosen={best, fair, poor}).save()
    end(site, phase_id)
    assert on_board(site, phase_id) == [best]


def test_what_a_team_chose_goes_along_into_the_team_that_it_goes_into(phase_id: str) -> None:
    """Carried with the counters, on condition that nobody has chosen anything meanwhile."""
    pairs = usage.pairs(phase_id, "source", "target", "2026-11-30")
    for who, ids in (("source", {"a", "b"}), ("target", {"c"})):
        Quota(*Quota.at(phase_id, who), used=1, chosen=ids).save()
    found = usage.read(pairs)
    writes.transact(lambda write: usage.carrying(write, usage.uncarried(pairs, found), found, "2026-11-30"))
    assert (usage.chosen(phase_id, ["target"]), usage.chosen(phase_id, ["source"])) == ({"a", "b", "c"}, frozenset())
    with pytest.raises(writes.ConditionFailed):
        writes.transact(lambda write: usage.carrying(write, usage.uncarried(pairs, found), found, "2026-11-30"))


def test_what_is_chosen_is_not_cleared_away(site: Site, organizer: Person, ada: Person) -> None:
    phase_id = phases.competition(organizer, PUBLIC, phases=[phases.phase(final_selection=1, keeps_best_and_last_only=True)])
    phases.join(ada, phase_id)
    made = hand_in(ada, phase_id, POOR, FAIR, GOOD, POOR)
    choose(ada, made[1])
    writes.transact(lambda write: retention.asking(write, phase_id, ada.id, ada.username, NOW))
    site.run({"version": 1, "task": "clear", "id": f"{phase_id}/{ada.id}"})
    left = {one["id"] for one in ada.call("GET", f"/phases/{phase_id}/submissions").body["submissions"]}
    assert left == {*made[1:]}


def test_a_phase_wakes_at_its_end_where_people_choose(organizer: Person) -> None:
    competition = organizer.competition(end="2030-01-01", phase_extra="agon: {final_selection: 2}")
    (phase,) = table.read(Phase.at(competition["phases"][0]["id"]))
    assert phase is not None and phase.due_at is not None
    phase_clock.strike(phase, datetime.fromtimestamp(phase.due_at, UTC))
    (again,) = table.read(Phase.at(phase.id))
    assert again is not None and phase.ends_at is not None and again.due_at == phase.ends_at.timestamp()


def _setup(phase_id: str) -> Any:
    return visibility.setup_at(phase_id, NOW)
