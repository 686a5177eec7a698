"""Leaderboards."""

from chalice import Response

from chalicelib import answers
from chalicelib.actions import leaderboards
from chalicelib.http import HEADERS, Access, Call, Routes, dumps, page_number

routes = Routes(__name__)
_QUERY = {"page": "Which page, from 1."}


@routes.get("/v1/phases/{phase}/leaderboard", access=Access.ANYONE, answer=answers.Leaderboard, query=_QUERY)
def read(call: Call, phase: str) -> Response:
    """Read a page of a phase's leaderboard. Send its ETag as If-None-Match to learn whether it changed."""
    known = call.headers.get("if-none-match")
    page, etag = leaderboards.read(phase, page_number(call.query), known, call.account)
    headers = {**HEADERS, "Cache-Control": "private, no-cache", "ETag": etag, "Content-Type": "application/json"}
    return Response(dumps(page) if page else "", headers, 200 if page else 304)
