"""Leaderboards."""

from chalice.app import Response

from chalicelib import parameters, requests, responses
from chalicelib.actions.leaderboards import detailed_results, exports, moderation, reading, score_history, snapshots
from chalicelib.actions.leaderboards.reading import Which
from chalicelib.answers import json_response
from chalicelib.errors import Conflict, NotAllowed
from chalicelib.http import Access, Call, Routes, Tagged

routes = Routes(__name__)
CURSOR = parameters.cursor("The former page's `next`.")
_BOARD = parameters.text("board", "The board's key. Without it the first one.", most=36)
_GROUP = parameters.text("group", "The group's key, for a board of its own. Without it everybody's.", most=40)
_PAGE = parameters.page("Which page, from 1.")
_FINAL = parameters.flag("final", "`true` for the final ranking, if you organize.")
_TOP = parameters.at_most("top", "So many of the first.", 10, 5)
_PACKED = parameters.flag("packed", "`true` for the rows as columns, in `packed`: about a quarter of what they else take.")
_PHASE = "/v1/phases/{phase}"
_PARTICIPANT = f"{_PHASE}/participants/{{username}}"
_TEAM = f"{_PHASE}/teams/{{team}}"
_SUBMISSION = "/v1/submissions/{submission}"


@routes.get(f"{_PHASE}/leaderboards", access=Access.ANYONE, answer=responses.Leaderboards)
def list_all(call: Call[None], phase: str) -> responses.Leaderboards:
    """List a phase's leaderboards, and how submissions get onto them."""
    return reading.list_all(phase, call.visitor, call.now)


@routes.get(
    f"{_PHASE}/leaderboard",
    access=Access.ANYONE,
    answer=responses.Leaderboard,
    query=(_PAGE, _BOARD, _GROUP, _FINAL, _PACKED),
    errors=(NotAllowed,),
    tagged=Tagged.KNOWN,
    shared=True,
)
def read(call: Call[None], phase: str) -> Response:
    """Read a page of a phase's leaderboard. Send its ETag as If-None-Match to learn whether it changed."""
    which = (_which(call), call.asked(_PAGE), call.asked(_FINAL))
    page, etag = reading.read(phase, *which, call.known, call.visitor, call.now, call.asked(_PACKED))
    return json_response(page, 200 if page else 304, {**_REVALIDATED, "ETag": etag})


@routes.get(
    f"{_PHASE}/leaderboard/history",
    access=Access.ANYONE,
    answer=responses.Leaders,
    query=(_TOP, _BOARD, _GROUP),
    errors=(NotAllowed,),
    tagged=Tagged.KNOWN,
    shared=True,
)
def show_leaders(call: Call[None], phase: str) -> Response:
    """Tell how the first of a phase's leaderboard got there. Send its ETag as If-None-Match to learn whether it changed."""
    most = call.asked(_TOP)
    told, etag = score_history.show_leaders(phase, _which(call), most, call.known, call.visitor, call.now)
    return json_response(told, 200 if told else 304, {**_REVALIDATED, "ETag": etag})


@routes.post(
    f"{_PHASE}/leaderboard/exports",
    body=requests.Export,
    access=Access.SIGNED_IN,
    answer=responses.Download,
    errors=(NotAllowed,),
)
def export(call: Call[requests.Export], phase: str) -> responses.Download:
    """Export leaderboards to a file, for organizers."""
    return exports.export(phase, call.body, call.account, call.now)


@routes.get(
    f"{_PARTICIPANT}/rank", access=Access.ANYONE, answer=responses.Ranks, query=(_BOARD, _GROUP), errors=(NotAllowed,)
)
def rank(call: Call[None], phase: str, username: str) -> responses.Ranks:
    """Tell where a participant stands."""
    whose = snapshots.participant_key(username)
    return reading.rank(phase, _which(call), whose, call.visitor, call.now)


@routes.get(
    f"{_PARTICIPANT}/history", access=Access.ANYONE, answer=responses.History, query=(_BOARD, _GROUP), errors=(NotAllowed,)
)
def history(call: Call[None], phase: str, username: str) -> responses.History:
    """Tell a participant's scores over time."""
    whose = snapshots.participant_key(username)
    return score_history.show(phase, _which(call), whose, call.visitor, call.now)


@routes.get(f"{_TEAM}/rank", access=Access.ANYONE, answer=responses.Ranks, query=(_BOARD, _GROUP), errors=(NotAllowed,))
def rank_of_team(call: Call[None], phase: str, team: str) -> responses.Ranks:
    """Tell where a team stands."""
    whose = snapshots.team_key(team)
    return reading.rank(phase, _which(call), whose, call.visitor, call.now)


@routes.get(f"{_TEAM}/history", access=Access.ANYONE, answer=responses.History, query=(_BOARD, _GROUP), errors=(NotAllowed,))
def history_of_team(call: Call[None], phase: str, team: str) -> responses.History:
    """Tell a team's scores over time."""
    whose = snapshots.team_key(team)
    return score_history.show(phase, _which(call), whose, call.visitor, call.now)


@routes.post(
    f"{_SUBMISSION}/leaderboard", access=Access.SIGNED_IN, answer=responses.BoardEntry, errors=(Conflict, NotAllowed)
)
def add(call: Call[None], submission: str) -> responses.BoardEntry:
    """Put a submission on the leaderboard."""
    return moderation.add(submission, call.account, call.now)


@routes.delete(
    f"{_SUBMISSION}/leaderboard", access=Access.SIGNED_IN, answer=responses.BoardEntry, errors=(Conflict, NotAllowed)
)
def remove(call: Call[None], submission: str) -> responses.BoardEntry:
    """Take a submission off the leaderboard."""
    return moderation.remove(submission, call.account, call.now)


@routes.get(f"{_SUBMISSION}/detailed-results", access=Access.ANYONE, answer=responses.DetailedResults, errors=(NotAllowed,))
def show_results(call: Call[None], submission: str) -> responses.DetailedResults:
    """Get the pages of detailed results behind a leaderboard's row."""
    return detailed_results.show(submission, call.visitor, call.now)


@routes.patch(
    f"{_SUBMISSION}/marks",
    body=requests.Mark,
    access=Access.SIGNED_IN,
    answer=responses.BoardEntry,
    errors=(Conflict, NotAllowed),
)
def mark(call: Call[requests.Mark], submission: str) -> responses.BoardEntry:
    """Mark a submission as a baseline, verified or disqualified, as an organizer."""
    return moderation.mark(submission, call.body, call.account, call.now)


@routes.patch(
    f"{_SUBMISSION}/scores",
    body=requests.EditScores,
    access=Access.SIGNED_IN,
    answer=responses.BoardEntry,
    errors=(Conflict, NotAllowed),
)
def edit_scores(call: Call[requests.EditScores], submission: str) -> responses.BoardEntry:
    """Set a submission's scores by hand, as an organizer."""
    return moderation.edit_scores(submission, call.body, call.account, call.now)


@routes.get(f"{_PHASE}/deeds", access=Access.SIGNED_IN, answer=responses.AuditLog, query=(CURSOR,), errors=(NotAllowed,))
def list_deeds(call: Call[None], phase: str) -> responses.AuditLog:
    """List what was done to a phase's leaderboards by hand, for organizers."""
    return moderation.list_audit(phase, call.account, call.asked(CURSOR))


def _which(call: Call[None]) -> Which:
    return Which(call.asked(_BOARD), call.asked(_GROUP))


_REVALIDATED = {"Cache-Control": "private, no-cache"}
