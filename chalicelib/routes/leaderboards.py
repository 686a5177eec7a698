"""Leaderboards."""

from chalice import Response

from chalicelib import answers, bodies
from chalicelib.actions import exports, histories, leaderboards, results, snapshots, standings
from chalicelib.http import HEADERS, Access, Call, Routes, cursor, dumps, flag, page_number

routes = Routes(__name__)
_PHASE = "/v1/phases/{phase}"
_PARTICIPANT = f"{_PHASE}/participants/{{username}}"
_TEAM = f"{_PHASE}/teams/{{team}}"
_SUBMISSION = "/v1/submissions/{submission}"
_BOARD = {"board": "The board's key. Without it the first one."}
_QUERY = {"page": "Which page, from 1.", **_BOARD, "final": "`true` for the final ranking, if you organize."}


@routes.get(f"{_PHASE}/leaderboards", access=Access.ANYONE, answer=answers.Leaderboards)
def list_all(call: Call, phase: str) -> answers.Leaderboards:
    """List a phase's leaderboards, and how submissions get onto them."""
    return leaderboards.list_all(phase, call.account, call.now)


@routes.get(f"{_PHASE}/leaderboard", access=Access.ANYONE, answer=answers.Leaderboard, query=_QUERY)
def read(call: Call, phase: str) -> Response:
    """Read a page of a phase's leaderboard. Send its ETag as If-None-Match to learn whether it changed."""
    known, wants_final = call.headers.get("if-none-match"), flag(call.query, "final")
    which = (call.query.get("board"), page_number(call.query), wants_final)
    page, etag = leaderboards.read(phase, *which, known, call.account, call.now)
    return Response(dumps(page) if page else "", {**_REVALIDATED, "ETag": etag}, 200 if page else 304)


@routes.post(f"{_PHASE}/leaderboard/exports", access=Access.SIGNED_IN, body=bodies.Export, answer=answers.Download)
def export(call: Call, phase: str) -> answers.Download:
    """Export leaderboards to a file, for organizers."""
    return exports.export(phase, call.body, call.account, call.now)


@routes.get(f"{_PARTICIPANT}/rank", access=Access.ANYONE, answer=answers.Ranks, query=_BOARD)
def rank(call: Call, phase: str, username: str) -> answers.Ranks:
    """Tell where a participant stands."""
    whose = snapshots.participant_key(username)
    return leaderboards.rank(phase, call.query.get("board"), whose, call.account, call.now)


@routes.get(f"{_PARTICIPANT}/history", access=Access.ANYONE, answer=answers.History, query=_BOARD)
def history(call: Call, phase: str, username: str) -> answers.History:
    """Tell a participant's scores over time."""
    whose = snapshots.participant_key(username)
    return histories.tell(phase, call.query.get("board"), whose, call.account, call.now)


@routes.get(f"{_TEAM}/rank", access=Access.ANYONE, answer=answers.Ranks, query=_BOARD)
def rank_of_team(call: Call, phase: str, team: str) -> answers.Ranks:
    """Tell where a team stands."""
    whose = snapshots.team_key(team)
    return leaderboards.rank(phase, call.query.get("board"), whose, call.account, call.now)


@routes.get(f"{_TEAM}/history", access=Access.ANYONE, answer=answers.History, query=_BOARD)
def history_of_team(call: Call, phase: str, team: str) -> answers.History:
    """Tell a team's scores over time."""
    whose = snapshots.team_key(team)
    return histories.tell(phase, call.query.get("board"), whose, call.account, call.now)


@routes.post(f"{_SUBMISSION}/leaderboard", access=Access.SIGNED_IN, answer=answers.BoardEntry)
def add(call: Call, submission: str) -> answers.BoardEntry:
    """Put a submission on the leaderboard."""
    return standings.add(submission, call.account, call.now)


@routes.delete(f"{_SUBMISSION}/leaderboard", access=Access.SIGNED_IN, answer=answers.BoardEntry)
def remove(call: Call, submission: str) -> answers.BoardEntry:
    """Take a submission off the leaderboard."""
    return standings.remove(submission, call.account, call.now)


@routes.get(f"{_SUBMISSION}/detailed-results", access=Access.ANYONE, answer=answers.DetailedResults)
def show_results(call: Call, submission: str) -> answers.DetailedResults:
    """Get the pages of detailed results behind a leaderboard's row."""
    return results.show(submission, call.account, call.now)


@routes.patch(f"{_SUBMISSION}/marks", access=Access.SIGNED_IN, body=bodies.Mark, answer=answers.BoardEntry)
def mark(call: Call, submission: str) -> answers.BoardEntry:
    """Mark a submission as a baseline, verified or disqualified, as an organizer."""
    return standings.mark(submission, call.body, call.account, call.now)


@routes.patch(f"{_SUBMISSION}/scores", access=Access.SIGNED_IN, body=bodies.EditScores, answer=answers.BoardEntry)
def edit_scores(call: Call, submission: str) -> answers.BoardEntry:
    """Set a submission's scores by hand, as an organizer."""
    return standings.edit_scores(submission, call.body, call.account, call.now)


@routes.get(f"{_PHASE}/deeds", access=Access.SIGNED_IN, answer=answers.Deeds, query={"cursor": "The former page's `next`."})
def list_deeds(call: Call, phase: str) -> answers.Deeds:
    """List what was done to a phase's leaderboards by hand, for organizers."""
    return standings.list_deeds(phase, call.account, cursor(call.query))


_REVALIDATED = {**HEADERS, "Cache-Control": "private, no-cache", "Content-Type": "application/json"}
