"""Leaderboards."""

from chalice import Response

from chalicelib import requests, responses
from chalicelib.actions.leaderboards import detailed_results, exports, moderation, reading, score_history, snapshots
from chalicelib.http import HEADERS, Access, Call, Routes, cursor, dumps, flag, page_number

routes = Routes(__name__)
_PHASE = "/v1/phases/{phase}"
_PARTICIPANT = f"{_PHASE}/participants/{{username}}"
_TEAM = f"{_PHASE}/teams/{{team}}"
_SUBMISSION = "/v1/submissions/{submission}"
_BOARD = {"board": "The board's key. Without it the first one."}
_QUERY = {"page": "Which page, from 1.", **_BOARD, "final": "`true` for the final ranking, if you organize."}


@routes.get(f"{_PHASE}/leaderboards", access=Access.ANYONE, answer=responses.Leaderboards)
def list_all(call: Call, phase: str) -> responses.Leaderboards:
    """List a phase's leaderboards, and how submissions get onto them."""
    return reading.list_all(phase, call.account, call.now)


@routes.get(f"{_PHASE}/leaderboard", access=Access.ANYONE, answer=responses.Leaderboard, query=_QUERY)
def read(call: Call, phase: str) -> Response:
    """Read a page of a phase's leaderboard. Send its ETag as If-None-Match to learn whether it changed."""
    known, wants_final = call.headers.get("if-none-match"), flag(call.query, "final")
    which = (call.query.get("board"), page_number(call.query), wants_final)
    page, etag = reading.read(phase, *which, known, call.account, call.now)
    return Response(dumps(page) if page else "", {**_REVALIDATED, "ETag": etag}, 200 if page else 304)


@routes.post(f"{_PHASE}/leaderboard/exports", access=Access.SIGNED_IN, body=requests.Export, answer=responses.Download)
def export(call: Call, phase: str) -> responses.Download:
    """Export leaderboards to a file, for organizers."""
    return exports.export(phase, call.body, call.account, call.now)


@routes.get(f"{_PARTICIPANT}/rank", access=Access.ANYONE, answer=responses.Ranks, query=_BOARD)
def rank(call: Call, phase: str, username: str) -> responses.Ranks:
    """Tell where a participant stands."""
    whose = snapshots.participant_key(username)
    return reading.rank(phase, call.query.get("board"), whose, call.account, call.now)


@routes.get(f"{_PARTICIPANT}/history", access=Access.ANYONE, answer=responses.History, query=_BOARD)
def history(call: Call, phase: str, username: str) -> responses.History:
    """Tell a participant's scores over time."""
    whose = snapshots.participant_key(username)
    return score_history.tell(phase, call.query.get("board"), whose, call.account, call.now)


@routes.get(f"{_TEAM}/rank", access=Access.ANYONE, answer=responses.Ranks, query=_BOARD)
def rank_of_team(call: Call, phase: str, team: str) -> responses.Ranks:
    """Tell where a team stands."""
    whose = snapshots.team_key(team)
    return reading.rank(phase, call.query.get("board"), whose, call.account, call.now)


@routes.get(f"{_TEAM}/history", access=Access.ANYONE, answer=responses.History, query=_BOARD)
def history_of_team(call: Call, phase: str, team: str) -> responses.History:
    """Tell a team's scores over time."""
    whose = snapshots.team_key(team)
    return score_history.tell(phase, call.query.get("board"), whose, call.account, call.now)


@routes.post(f"{_SUBMISSION}/leaderboard", access=Access.SIGNED_IN, answer=responses.BoardEntry)
def add(call: Call, submission: str) -> responses.BoardEntry:
    """Put a submission on the leaderboard."""
    return moderation.add(submission, call.account, call.now)


@routes.delete(f"{_SUBMISSION}/leaderboard", access=Access.SIGNED_IN, answer=responses.BoardEntry)
def remove(call: Call, submission: str) -> responses.BoardEntry:
    """Take a submission off the leaderboard."""
    return moderation.remove(submission, call.account, call.now)


@routes.get(f"{_SUBMISSION}/detailed-results", access=Access.ANYONE, answer=responses.DetailedResults)
def show_results(call: Call, submission: str) -> responses.DetailedResults:
    """Get the pages of detailed results behind a leaderboard's row."""
    return detailed_results.show(submission, call.account, call.now)


@routes.patch(f"{_SUBMISSION}/marks", access=Access.SIGNED_IN, body=requests.Mark, answer=responses.BoardEntry)
def mark(call: Call, submission: str) -> responses.BoardEntry:
    """Mark a submission as a baseline, verified or disqualified, as an organizer."""
    return moderation.mark(submission, call.body, call.account, call.now)


@routes.patch(f"{_SUBMISSION}/scores", access=Access.SIGNED_IN, body=requests.EditScores, answer=responses.BoardEntry)
def edit_scores(call: Call, submission: str) -> responses.BoardEntry:
    """Set a submission's scores by hand, as an organizer."""
    return moderation.edit_scores(submission, call.body, call.account, call.now)


@routes.get(
    f"{_PHASE}/deeds", access=Access.SIGNED_IN, answer=responses.AuditLog, query={"cursor": "The former page's `next`."}
)
def list_deeds(call: Call, phase: str) -> responses.AuditLog:
    """List what was done to a phase's leaderboards by hand, for organizers."""
    return moderation.list_audit(phase, call.account, cursor(call.query))


_REVALIDATED = {**HEADERS, "Cache-Control": "private, no-cache", "Content-Type": "application/json"}
