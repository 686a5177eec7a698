"""What jurors look at: a submission's files for one task, under an id that tells nobody whose they are."""

from datetime import datetime, timedelta
from typing import Any

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UnicodeSetAttribute
from pynamodb.exceptions import PutError, TransactWriteError, UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.transactions import TransactWrite

from chalicelib.store import table
from chalicelib.store.leaderboards import boards
from chalicelib.store.leaderboards.boards import BoardRow
from chalicelib.store.submissions.submissions import Submission

NEW, READY, BROKEN, WITHDRAWN = "new", "ready", "broken", "withdrawn"
#: An unpacking whose message was lost is asked for again after this time.
OVERDUE = timedelta(minutes=2)
_FAILED = "ConditionalCheckFailedException"


class Exhibit(table.Item, discriminator="exhibit"):
    """What a submission put out for one task. `bucket` and `object_key` are of the archive, `files` what it was unpacked to.

    `username` is a team's name where `team` has its id. In pairs, `given` counts the comparisons that it stands in or will,
    and `met` has the exhibits of those.
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
    state = UnicodeAttribute(default=NEW)
    files = JSONAttribute(null=True)
    problem = UnicodeAttribute(null=True)
    given = NumberAttribute(default=0)
    met = UnicodeSetAttribute(null=True)

    @property
    def owners(self) -> frozenset[str]:
        """Those who must not judge it: its participant, and whoever is in the team."""
        return frozenset({self.user, self.team} - {None})


def key(phase: str, exhibit: str) -> table.Key:
    return f"JUDGING#{phase}", f"EXHIBIT#{exhibit}"


def to_compare(phase: str, limit: int) -> list[Exhibit]:
    """Exhibits that can be compared, those with the fewest comparisons first."""
    return list(Exhibit.listed.query(_list(phase), limit=limit))


def add(exhibit: Exhibit, now: datetime) -> None:
    """Keep an exhibit that is yet to be unpacked. Does nothing when it is there already."""
    exhibit.wake_at(now + OVERDUE)
    try:
        exhibit.save(condition=Exhibit.pk.does_not_exist())
    except PutError as error:
        if error.cause_response_code != _FAILED:
            raise


def admitting(write: TransactWrite, exhibit: Exhibit, files: list[dict[str, Any]], is_compared: bool) -> None:
    """Within a transaction: an exhibit can be looked at. On condition that it could not yet."""
    actions = [Exhibit.state.set(READY), Exhibit.files.set(files), Exhibit.problem.remove(), *Exhibit.asleep()]
    listing = _listing(exhibit, int(exhibit.given)) if is_compared else []
    write.update(exhibit, actions=[*actions, *listing], condition=Exhibit.state == NEW)


def pairing(write: TransactWrite, exhibit: Exhibit, other: Exhibit, wanted: int) -> None:
    """Within a transaction: an exhibit is to be compared with another by so many. On condition that nothing changed."""
    given = int(exhibit.given) + wanted
    actions = [Exhibit.given.set(given), Exhibit.met.add({other.id}), *_listing(exhibit, given)]
    write.update(exhibit, actions=actions, condition=(Exhibit.given == exhibit.given) & (Exhibit.state == READY))


def refuse(exhibit: Exhibit, problem: str) -> None:
    """An archive cannot be shown."""
    actions = [Exhibit.state.set(BROKEN), Exhibit.problem.set(problem), *Exhibit.asleep()]
    unless_lost(exhibit, actions, Exhibit.state == NEW)


def retry(phase: str, exhibit: str, now: datetime) -> bool:
    """An archive that could not be shown is to be looked at again. False when there is none."""
    actions = [Exhibit.state.set(NEW), Exhibit.problem.remove(), *Exhibit.waking_at(now + OVERDUE)]
    return unless_lost(Exhibit(*key(phase, exhibit)), actions, Exhibit.state == BROKEN)


def withdraw(exhibit: Exhibit) -> None:
    """An exhibit's submission stands on the board no more."""
    nowhere = [Exhibit.list_pk.remove(), Exhibit.list_sk.remove(), *Exhibit.asleep()]
    if unless_lost(exhibit, [Exhibit.state.set(WITHDRAWN), *nowhere], Exhibit.state == exhibit.state):
        exhibit.state = WITHDRAWN


def restore(exhibit: Exhibit, is_compared: bool, now: datetime) -> None:
    """An exhibit's submission stands on the board again. What could not be shown is tried once more."""
    if exhibit.files is None:
        actions = [Exhibit.state.set(NEW), *Exhibit.waking_at(now)]
    else:
        actions = [Exhibit.state.set(READY), *(_listing(exhibit, int(exhibit.given)) if is_compared else [])]
    unless_lost(exhibit, actions, Exhibit.state == WITHDRAWN)


def rows(phase: str) -> list[BoardRow]:
    """What stands on a phase's board, consistently."""
    pk, _ = boards.key(phase)
    return list(BoardRow.query(pk, BoardRow.sk.startswith("ROW#"), consistent_read=True))


def rescore(
    phase: str,
    row: BoardRow,
    submission: Submission,
    exhibits: dict[str, str],
    scores: dict[str, float],
    notes: list[str],
    now: datetime,
) -> bool:
    """Give a row and its submission other scores, and ask for the board to be made anew when they differ.

    False when one of the two changed meanwhile.
    """
    same = (BoardRow.submission == row.submission) & (BoardRow.scores == row.scores)

    def compose(write: TransactWrite) -> None:
        write.update(row, actions=[BoardRow.scores.set(scores), BoardRow.exhibits.set(exhibits)], condition=same)
        if scores != row.scores:
            told = [Submission.scores.set(scores), Submission.notes.set(notes)]
            write.update(submission, actions=told, condition=Submission.attempt == submission.attempt)
            boards.counting(write, phase, row.user, now)

    try:
        table.commit(compose)
    except TransactWriteError as error:
        if not table.failed_conditions(error):
            raise
        return False
    return True


def unless_lost(item: table.Item, actions: list[Any], condition: Condition) -> bool:
    """Update an item. False when the condition failed: somebody else was faster."""
    try:
        item.update(actions=actions, condition=condition)
    except UpdateError as error:
        if error.cause_response_code != _FAILED:
            raise
        return False
    return True


def _list(phase: str) -> str:
    return f"EXHIBITS#{phase}"


def _listing(exhibit: Exhibit, given: int) -> list[Any]:
    return [Exhibit.list_pk.set(_list(exhibit.phase)), Exhibit.list_sk.set(f"{given:05}#{exhibit.id}")]
