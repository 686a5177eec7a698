"""`agon submissions board`, `choose`, `mark`, `score`, `restore`: what is done to a submission by hand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated

import typer

from agon import screen, sign_in, words
from agon.commands.submissions import Id
from agon.errors import AgonError

if TYPE_CHECKING:
    from agon import api_types as api

Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it stands in the log of the phase.")]


def board(
    submission: Id,
    off: Annotated[bool, typer.Option("--off", help="Take it off.")] = False,
    json: screen.Json = False,
) -> None:
    """Put a submission on the leaderboard, or take it off, where the phase's rule leaves that to you."""
    with sign_in.client() as client:
        found = client.take_off_board(submission) if off else client.put_on_board(submission)
    said = "is off the leaderboard" if off else "is on the leaderboard"
    screen.answer(found, json, lambda: screen.show(f"{submission} {said}."))


def choose(
    submission: Id,
    off: Annotated[bool, typer.Option("--off", help="Take that back.")] = False,
    json: screen.Json = False,
) -> None:
    """Choose one of your submissions to count when the phase is over. Of those that you choose, the best does."""
    with sign_in.client() as client:
        found = client.choose_no_more(submission) if off else client.choose(submission)
    end = f" You can change that until {words.time(found['closes_at'])}." if found["closes_at"] else ""
    said = f"{submission} is {'not ' if off else ''}chosen: {len(found['chosen'])} of {found['most']} are.{end}"
    screen.answer(found, json, lambda: screen.show(said))


def mark(
    submission: Id,
    baseline: Annotated[bool | None, typer.Option("--baseline/--no-baseline", help="To be compared with.")] = None,
    verified: Annotated[bool | None, typer.Option("--verified/--no-verified", help="You have looked at it.")] = None,
    disqualified: Annotated[
        bool | None, typer.Option("--disqualified/--no-disqualified", help="It has no rank. Say --reason.")
    ] = None,
    reason: Why = "",
    json: screen.Json = False,
) -> None:
    """For organizers: mark a submission on the leaderboard. Marks that are not said stay."""
    said = {"baseline": baseline, "verified": verified, "disqualified": disqualified}
    marks = {name: value for name, value in said.items() if value is not None}
    if not marks:
        raise AgonError("Say which mark: --baseline, --verified or --disqualified, or --no- before one.")
    if disqualified and not reason:
        raise AgonError("Who disqualifies says why: --reason TEXT.")
    with sign_in.client() as client:
        found = client.mark(submission, {**marks, **({"reason": reason} if reason else {})})
    told = ", ".join(name if value else f"not {name}" for name, value in marks.items())
    screen.answer(found, json, lambda: screen.show(f"{submission} is {told}."))


def score(
    submission: Id,
    scores: Annotated[
        list[str], typer.Argument(metavar="KEY=NUMBER…", help="By the column's key; nothing behind = takes a score away.")
    ],
    reason: Annotated[str, typer.Option("--reason", metavar="TEXT", help="Why; it stands in the log of the phase.")],
    json: screen.Json = False,
) -> None:
    """For organizers: set a submission's scores by hand."""
    wanted = dict(map(_score, scores))
    with sign_in.client() as client:
        found = client.set_scores(submission, wanted, reason)
    screen.answer(found, json, lambda: screen.show(f"{submission} has the scores {', '.join(wanted)} by your hand."))


def restore(submission: Id, json: screen.Json = False) -> None:
    """For organizers: take back that you withdrew a submission."""
    with sign_in.client() as client:
        found: api.Submission = client.restore(submission)
    screen.answer(found, json, lambda: screen.show(f"{submission} counts again."))


def _score(text: str) -> tuple[str, float | None]:
    key, is_score, written = text.partition("=")
    try:
        value = float(written) if written.strip() else None
    except ValueError:
        value = math.nan
    if not is_score or not key.strip() or (value is not None and not math.isfinite(value)):
        raise AgonError(f"{text} is no score. Write KEY=NUMBER, such as accuracy=0.91.")
    return key.strip(), value
