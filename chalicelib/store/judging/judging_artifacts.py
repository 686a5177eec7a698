"""Files of a submission for one task that jurors look at, under an id that tells nobody whose they are."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UnicodeSetAttribute

from chalicelib.store import table, writes
from chalicelib.store.leaderboards import boards
from chalicelib.store.leaderboards.boards import BoardRow
from chalicelib.store.patience import patiently
from chalicelib.store.submissions.submissions import Submission
from chalicelib.store.table import Place
from chalicelib.store.writes import Action, ConditionFailed, Transaction

NEW, READY, BROKEN, WITHDRAWN = "new", "ready", "broken", "withdrawn"
#: An unpacking whose message was lost is asked for again after this time.
OVERDUE = timedelta(minutes=2)


class JudgingArtifact(table.Item, discriminator="exhibit"):
    """The output of a submission for one task. `bucket` and `object_key` are of the archive, `files` what it was
    unpacked to. What was handed in as a `plain` file has its extension there.

    `username` is a team's name where `team` has its id. In pairs, `given` counts the comparisons that it stands in or will,
    and `met` has the artifacts of those.
    """

    id = UnicodeAttribute()
    phase = UnicodeAttribute()
    task = UnicodeAttribute()
    submission = UnicodeAttribute()
    user = UnicodeAttribute()
    username = UnicodeAttribute()
    team = UnicodeAttribute(null=True)
    bucket = UnicodeAttribute()
    object_key = UnicodeAttribute()
    plain = UnicodeAttribute(null=True)
    state = UnicodeAttribute(default=NEW)
    files = JSONAttribute(null=True)
    problem = UnicodeAttribute(null=True)
    given = NumberAttribute(default=0)
    met = UnicodeSetAttribute(null=True)

    @property
    def owners(self) -> frozenset[str]:
        """The accounts that must not judge it: its participant, and whoever is in the team."""
        return frozenset({self.user, self.team} - {None})

    @classmethod
    def at(cls, phase: str, artifact: str) -> Place["JudgingArtifact"]:
        """The place of an artifact of a phase."""
        return Place(cls, f"JUDGING#{phase}", f"EXHIBIT#{artifact}")


def to_compare(phase: str, limit: int) -> list[JudgingArtifact]:
    """Artifacts that can be compared, those with the fewest comparisons first."""
    return patiently(lambda: list(JudgingArtifact.listed.query(_list(phase), limit=limit)))


def add(artifact: JudgingArtifact, now: datetime) -> None:
    """Keep an artifact that is yet to be unpacked. Does nothing when it is there already."""
    artifact.wake_at(now + OVERDUE)
    with suppress(ConditionFailed):
        writes.put(artifact, JudgingArtifact.pk.does_not_exist())


def admitting(write: Transaction, artifact: JudgingArtifact, files: list[dict[str, Any]], is_compared: bool) -> None:
    """Within a transaction: an artifact can be looked at. On condition that it could not yet."""
    actions = [
        JudgingArtifact.state.set(READY),
        JudgingArtifact.files.set(files),
        JudgingArtifact.problem.remove(),
        *JudgingArtifact.asleep(),
    ]
    listing = _listing(artifact, int(artifact.given)) if is_compared else []
    write.update(artifact, actions=[*actions, *listing], condition=JudgingArtifact.state == NEW)


def pairing(write: Transaction, artifact: JudgingArtifact, other: JudgingArtifact, wanted: int) -> None:
    """Within a transaction: an artifact is to be compared with another by so many. On condition that nothing changed."""
    given = int(artifact.given) + wanted
    actions = [JudgingArtifact.given.set(given), JudgingArtifact.met.add({other.id}), *_listing(artifact, given)]
    same = (JudgingArtifact.given == artifact.given) & (JudgingArtifact.state == READY)
    write.update(artifact, actions=actions, condition=same)


def refuse(artifact: JudgingArtifact, problem: str) -> None:
    """An archive cannot be shown."""
    actions = [JudgingArtifact.state.set(BROKEN), JudgingArtifact.problem.set(problem), *JudgingArtifact.asleep()]
    writes.update_if(artifact, actions, JudgingArtifact.state == NEW)


def retry(phase: str, artifact: str, now: datetime) -> bool:
    """An archive that could not be shown is to be looked at again. False when there is none."""
    actions = [
        JudgingArtifact.state.set(NEW),
        JudgingArtifact.problem.remove(),
        *JudgingArtifact.waking_at(now + OVERDUE),
    ]
    place = JudgingArtifact.at(phase, artifact)
    return writes.update_if(JudgingArtifact(*place), actions, JudgingArtifact.state == BROKEN)


def of_account(phase: str, user: str) -> list[JudgingArtifact]:
    """A phase's artifacts whose submissions an account made, its teams' too: all of the phase are looked through."""
    pk, start = JudgingArtifact.at(phase, "")
    theirs = JudgingArtifact.user == user
    return patiently(lambda: list(JudgingArtifact.query(pk, JudgingArtifact.sk.startswith(start), theirs)))


def succeed(artifact: JudgingArtifact, user: str, username: str) -> None:
    """Have it be another account's; one of a team goes on under the team's name."""
    actions = [JudgingArtifact.user.set(user)]
    actions += [] if artifact.team else [JudgingArtifact.username.set(username)]
    writes.update_if(artifact, actions, JudgingArtifact.pk.exists())


def wait_again(artifact: JudgingArtifact, now: datetime) -> None:
    """The sweeper asks for an unpacking whose message was lost, and later once more."""
    writes.update(artifact, JudgingArtifact.waking_at(now + OVERDUE))


def withdraw(artifact: JudgingArtifact) -> None:
    """An artifact's submission stands on the board no more."""
    nowhere = [JudgingArtifact.list_pk.remove(), JudgingArtifact.list_sk.remove(), *JudgingArtifact.asleep()]
    actions = [JudgingArtifact.state.set(WITHDRAWN), *nowhere]
    if writes.update_if(artifact, actions, JudgingArtifact.state == artifact.state):
        artifact.state = WITHDRAWN


def restore(artifact: JudgingArtifact, is_compared: bool, now: datetime) -> None:
    """An artifact's submission stands on the board again. What could not be shown is tried once more."""
    if artifact.files is None:
        actions = [JudgingArtifact.state.set(NEW), *JudgingArtifact.waking_at(now)]
    else:
        listing = _listing(artifact, int(artifact.given)) if is_compared else []
        actions = [JudgingArtifact.state.set(READY), *listing]
    writes.update_if(artifact, actions, JudgingArtifact.state == WITHDRAWN)


def rescore(
    phase: str,
    row: BoardRow,
    submission: Submission,
    artifacts: dict[str, str],
    scores: dict[str, float],
    stored: dict[str, float],
    notes: list[str],
    now: datetime,
) -> bool:
    """Give a row other scores and its submission those that are `stored`, and have the board made anew when they differ.

    False when one of the two changed meanwhile.
    """
    same = (BoardRow.submission == row.submission) & (BoardRow.scores == row.scores)

    def compose(write: Transaction) -> None:
        write.update(row, actions=[BoardRow.scores.set(scores), BoardRow.artifacts.set(artifacts)], condition=same)
        if scores != row.scores:
            actions: list[Action] = [Submission.scores.set(stored), Submission.notes.set(notes)]
            write.update(submission, actions=actions, condition=Submission.attempt == submission.attempt)
            boards.counting(write, phase, row.user, now)

    try:
        writes.transact(compose)
    except ConditionFailed:
        return False
    return True


def _list(phase: str) -> str:
    return f"EXHIBITS#{phase}"


def _listing(artifact: JudgingArtifact, given: int) -> list[Action]:
    place = f"{given:05}#{artifact.id}"
    return [JudgingArtifact.list_pk.set(_list(artifact.phase)), JudgingArtifact.list_sk.set(place)]
