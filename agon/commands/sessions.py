"""`agon sessions`: where one is signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from agon import screen, sign_in, words
from agon.errors import AgonError

if TYPE_CHECKING:
    from agon import api_types as api

app = screen.group("Where you are signed in, and the end of that.")


@app.command("list")
def list_sessions(form: screen.Format = "table", json: screen.Json = False) -> None:
    """Your sessions, the one that was used last first. End one that you do not know, and choose a new password."""
    with sign_in.client() as client:
        sessions = client.sessions()
    rows = [
        (one["id"], _client(one), words.time(one["used_at"]), words.time(one["opened_at"]), "this one" * one["current"])
        for one in sessions
    ]
    head = ["Id", "With", "Last used", "Since", ""]
    screen.answer({"sessions": sessions}, json, lambda: screen.table("", head, rows))


@app.command("end")
def end(
    session: Annotated[str | None, typer.Argument(metavar="ID", help="The session's id, as listed.")] = None,
    others: Annotated[bool, typer.Option("--others", help="All but the one of this command line.")] = False,
    json: screen.Json = False,
) -> None:
    """End a session of yours, or all others: whoever has it is signed out within ten seconds. Tokens stay."""
    if (session is None) is not others:
        raise AgonError("Name the session by its id, as `agon sessions list` has it, or say --others.")
    with sign_in.client() as client:
        if session is None:
            client.end_other_sessions()
        else:
            client.end_session(session)
    said = "All other sessions are ended." if session is None else f"{session} is ended."
    screen.answer({"id": session, "ended": True}, json, lambda: screen.show(said))


def _client(one: api.OwnSession) -> str:
    """What a session was opened with: a browser or a program, and what it runs on."""
    return " on ".join(filter(None, (one["client"], one["system"]))) or "something else"
