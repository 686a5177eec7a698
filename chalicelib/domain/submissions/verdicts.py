"""Verdicts: what an attempt's report comes to by the columns of all boards. The site judges by them, and a trial does."""

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from chalicelib.contract import Fault, Status
from chalicelib.domain.bundle.leaderboard import Leaderboard
from chalicelib.domain.leaderboards import scores
from chalicelib.domain.leaderboards.scores import Accepted
from chalicelib.domain.submissions import lifecycle

#: Of keys and columns, so many are named, and so much of each.
_MAX_NAMED = 20
_MAX_CHARACTERS = 60
_COMMA = ", "
_MORE = re.compile(r" and \d+ more$")
#: The two sentences of `_nothing` that name keys.
_NAMING = re.compile(r" (?P<begin>It should report:|It reported:) (?P<keys>.*?)\.(?= It reported:| Task |$)", re.DOTALL)


class Report(Protocol):
    """A runner's report of an attempt. Of `scores` those are None that are no finite numbers: a note tells of them."""

    @property
    def fault(self) -> str | None: ...

    @property
    def reason(self) -> str: ...

    @property
    def scores(self) -> Mapping[str, float | None]: ...

    @property
    def notes(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Verdict:
    """The end of an attempt: `reason` is why it failed, `accepted` has the scores that count and every note."""

    status: Status
    fault: Fault | None = None
    reason: str = ""
    accepted: Accepted = Accepted({})


def judge(report: Report, boards: Sequence[Leaderboard], judged: Collection[str] = ()) -> Verdict:
    """The result of the report of a scoring program (FORMATS 0). People fill the columns `judged`.

    A program that gave no number has failed its organizer. One whose numbers no column takes has run: that is Finished,
    without a row, and a note tells the organizer how to make both fit.
    """
    if report.fault is not None:
        return Verdict(Status.FAILED, Fault(report.fault), report.reason, Accepted({}, tuple(report.notes)))
    accepted = scores.accept_for(report.scores, boards, judged)
    plain = [column.key for board in boards for column in board.columns if column.computation is None]
    expected = [key for key in dict.fromkeys(plain) if key not in judged]
    numbers = {key: value for key, value in report.scores.items() if value is not None and math.isfinite(value)}
    status, fault = lifecycle.after_finish(None, numbers, is_expected=bool(expected))
    reason = report.reason if fault is None else _nothing(expected, report.scores)
    notes = (*_strays(expected, report.scores, numbers, boards, accepted.scores), *accepted.notes, *report.notes)
    return Verdict(status, fault, reason, Accepted(accepted.scores, notes))


def await_jurors(judged: Collection[str], notes: Sequence[str] = ()) -> Verdict:
    """The result of a submission that no program scores, because people alone judge it."""
    return Verdict(Status.FINISHED, accepted=Accepted({}, (*scores.noted([], {}, judged), *notes)))


def without_keys(reason: str, hidden: Collection[str]) -> str:
    """The reason of a failure without the keys that not everybody may know of, where `judge` named them."""
    cut = {key[:_MAX_CHARACTERS] for key in hidden}

    def kept(match: re.Match[str]) -> str:
        named = match["keys"].split(_COMMA)
        left = [key for key in named if _MORE.sub("", key) not in cut]
        if len(left) < len(named) or _names_one(match[0], cut):
            return f" {match['begin']} {_COMMA.join(left)}." if left and not _names_one(_COMMA.join(left), cut) else ""
        return match[0]

    return _NAMING.sub(kept, reason) if cut else reason


def _names_one(text: str, keys: Collection[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(key)}(?!\w)", text) for key in keys)


def _nothing(expected: Iterable[str], reported: Collection[str]) -> str:
    sentence = f"The scoring program reported no finite number for any column. It should report: {_named(expected)}."
    return f"{sentence} It reported: {_named(reported) if reported else 'nothing'}."


def _strays(
    expected: Collection[str],
    reported: Collection[str],
    numbers: Collection[str],
    boards: Sequence[Leaderboard],
    accepted: Collection[str],
) -> list[str]:
    """What no column takes of the `reported` `numbers`: told where no column has a score, or one was not reported."""
    if numbers and expected and not accepted:
        return [_stray(expected, numbers)]
    columns = {column.key for board in boards for column in board.columns}
    others, lacking = [key for key in numbers if key not in columns], [key for key in expected if key not in reported]
    if not (others and lacking):
        return []
    return [f"No column takes what the scoring program reported under {_named(others)}. Is {_named(lacking)} meant?"]


def _stray(expected: Iterable[str], reported: Iterable[str]) -> str:
    return (
        f"No column takes what the scoring program reported, so this stands on no leaderboard: {_named(reported)}. The "
        f"organizers should call columns so, or have the program report: {_named(expected)}."
    )


def _named(keys: Iterable[str]) -> str:
    listed = list(keys)
    left = f" and {len(listed) - _MAX_NAMED} more" if len(listed) > _MAX_NAMED else ""
    return _COMMA.join(key[:_MAX_CHARACTERS] for key in listed[:_MAX_NAMED]) + left
