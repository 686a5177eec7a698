"""The boards of both sites, row by row: which submissions stand there, in which order, with which scores."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from io import StringIO

from agon.client import Client
from agon.migration.shapes import Participant, Row
from chalicelib.domain import tables

_WAIT_SECONDS, _PAUSE_SECONDS = 60.0, 1.0
_NAMED = 10
#: A row's scores by columns' keys, of several tasks as `task/key`.
Scores = Mapping[str, float]


def there(
    rows: Iterable[Row], submissions: Mapping[int, int], done: Mapping[int, str], tasks: Mapping[int, int]
) -> dict[str, Scores]:
    """The rows of the other site in their order, by the ids that their submissions have here, or what they are called there.

    `submissions` has the number of each by those of its runs, `done` what each has become, `tasks` the indexes of tasks.
    """
    found: dict[str, Scores] = {}
    for row in rows:
        number = submissions.get(row.submission, row.submission)
        name = done.get(number, f"number {number} of {row.owner}")
        of_tasks = {task: own for task, own in row.scores.items() if task in tasks}
        if len(tasks) > 1:
            scores = {f"{tasks[task or 0]}/{key}": score for task, own in of_tasks.items() for key, score in own.items()}
        else:
            scores = {key: score for own in row.scores.values() for key, score in own.items()}
        found[name] = scores
    return found


def here(client: Client, phase: str, expected: Collection[str], sleep: Callable[[float], None]) -> dict[str, Scores]:
    """The rows of a phase's board here in their order, once it has been built for all that came: those are `expected`."""
    waited = 0.0
    while True:
        found = dict(_rows(client, phase))
        # As many rows are no sign: somebody's former submission stands where the better one will.
        if found.keys() >= set(expected) or waited >= _WAIT_SECONDS:
            return found
        sleep(_PAUSE_SECONDS)
        waited += _PAUSE_SECONDS


def differences(wanted: Mapping[str, Scores], got: Mapping[str, Scores]) -> list[str]:
    """The differences of two boards in sentences: none where the same rows stand in the same order with the same scores."""
    lacking, strange = [one for one in wanted if one not in got], [one for one in got if one not in wanted]
    found: list[str] = []
    if lacking:
        found.append(f"Not on it here: {_named(lacking)}")
    if strange:
        found.append(f"On it here alone: {_named(strange)}")
    both = [one for one in wanted if one in got]
    if moved := [one for one, other in zip(both, (one for one in got if one in wanted), strict=True) if one != other]:
        found.append(f"In another order here, from {moved[0]} on. That site breaks ties by all of its columns.")
    if other := [one for one in both if not _same(wanted[one], got[one])]:
        found.append(f"With other scores here: {_named(other)}")
    return found


def people_csv(people: Sequence[Participant]) -> str:
    """The participants there with their addresses, as a table in which no cell is taken for a formula."""
    target = StringIO()
    tables.write(target, ("username", "address", "status"), ((one.username, one.address, one.status) for one in people))
    return target.getvalue()


def _rows(client: Client, phase: str) -> Iterator[tuple[str, Scores]]:
    for page in client.leaderboard_pages(phase):
        for row in page["rows"]:
            yield row["submission"], {key: score for key, score in row["scores"].items() if score is not None}


def _same(one: Scores, other: Scores) -> bool:
    """True where every score of there is here, rounded as that site rounds what it tells."""
    return all(key in other and abs(other[key] - score) <= _tolerance(score) for key, score in one.items())


def _tolerance(score: float) -> float:
    digits = len(repr(score).partition(".")[2].partition("e")[0]) if "." in repr(score) else 0
    return 0.5000001 * 10.0**-digits + 1e-9 * abs(score)


def _named(some: Sequence[str]) -> str:
    more = f" and {len(some) - _NAMED} more" if len(some) > _NAMED else ""
    return ", ".join(some[:_NAMED]) + more
