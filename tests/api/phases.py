"""Competitions and scored submissions put straight into the table: for tests of what comes after scoring."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from chalicelib import ids
from chalicelib.actions.leaderboards import placement, visibility
from chalicelib.contract import Status
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard, SubmissionRule
from chalicelib.domain.bundle.model import Bundle, Phase, Task
from chalicelib.store import table, writes
from chalicelib.store.competitions import competitions, definition
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant
from chalicelib.store.submissions import submissions
from chalicelib.store.submissions.submissions import Submission
from tests.api.conftest import Person

NOW = datetime.now(UTC).replace(microsecond=0)
DAY = timedelta(days=1)
ACCURACY, SECONDS = Column("accuracy", "Accuracy", 0), Column("seconds", "Seconds", 1, "asc")


def board(*columns: Column, key: str = "main", rule: str = "Force_Best", **settings: Any) -> Leaderboard:
    """A leaderboard, of accuracy and seconds unless told otherwise."""
    return Leaderboard(
        0, key.title(), key, columns=columns or (ACCURACY, SECONDS), submission_rule=SubmissionRule(rule), **settings
    )


def phase(index: int = 0, tasks: Sequence[int] = (0,), **settings: Any) -> Phase:
    """A phase that began yesterday and ends tomorrow."""
    times = {"start": NOW - DAY, "end": NOW + DAY} | settings
    return Phase(index=index, name=f"Phase {index}", tasks=tuple(tasks), **times)


def competition(
    organizer: Person, *leaderboards: Leaderboard, phases: Sequence[Phase] = (), published: bool = True, **settings: Any
) -> str:
    """A competition: the id of its first phase."""
    phases = phases or (phase(),)
    tasks = sorted({task for one in phases for task in one.tasks})
    bundle = Bundle(
        version="2",
        title="Guess",
        tasks=tuple(Task(task, f"Task {task}") for task in tasks),
        phases=tuple(phases),
        leaderboards=tuple(replace(one, index=at) for at, one in enumerate(leaderboards or (board(),))),
        **settings,
    )
    id_, placed = ids.new(NOW), definition.Placed()
    stored = Competition(
        *Competition.at(id_),
        id=id_,
        organizer=organizer.username,
        organizer_ids={organizer.id},
        published=published,
        created_at=NOW,
        **definition.competition_of(bundle, placed),
    )
    for item in (stored, *definition.phases_of(id_, bundle, placed)):
        item.save()
    return f"{id_}-0"


def join(person: Person, phase_id: str, *groups: str) -> None:
    """Take part, in these groups."""
    competition_id = competitions.competition_of(phase_id)
    place = Participant.at(competition_id, person.id)
    facts = {"user": person.id, "username": person.username, "competition": competition_id, "joined_at": NOW}
    facts |= {"owner_pk": f"PARTICIPANT#{person.id}", "owner_sk": competition_id}
    participants.add(Participant(*place, status="approved", groups=set(groups) or None, **facts))


def score(person: Person, phase_id: str, scores: Mapping[str, float], minute: int = 0, **attributes: Any) -> str:
    """A submission that has finished with these scores, and what comes of it on the boards: its id."""
    at = NOW - timedelta(hours=1) + timedelta(minutes=minute)
    id_ = ids.new(at)
    facts = {
        "id": id_,
        "competition": competitions.competition_of(phase_id),
        "phase": phase_id,
        "task": "0",
        "user": person.id,
        "username": person.username,
        "name": f"try {minute}",
        "status": Status.FINISHED,
        "attempt": 1,
        "queue": "default",
        "object_key": "uploads/x",
        "filename": "x.zip",
        "size_bytes": 1,
        "sha256": "0" * 64,
        "created_at": at,
        "finished_at": at,
        "scores": dict(scores),
        "list_pk": submissions.list_key(phase_id),
        "list_sk": id_,
        "owner_pk": submissions.owner_key(person.id, phase_id),
        "owner_sk": id_,
    }
    submission = Submission(*Submission.at(id_), **(facts | attributes))
    submission.save()
    if submission.status == Status.FINISHED:
        found = table.read_all(placement.keys_needed(phase_id, submission.competitor, id_, submission.group))
        change = placement.place(submission, _setup(phase_id), scores, found)
        writes.transact(lambda write: placement.changing(write, change, phase_id, NOW, found))
    return id_


def _setup(phase_id: str) -> visibility.BoardSetup:
    competition, phase = table.read(*competitions.places_of_phase(phase_id))
    assert competition and phase
    return visibility.setup_of(competition, phase, NOW)
