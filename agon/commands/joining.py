"""`agon join` and `agon invitations`: taking part in a competition."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agon import fact_sheet, screen, sign_in, terminal, words
from agon.client import Client
from agon.commands.competitions import Id, Link
from agon.errors import AgonError

if TYPE_CHECKING:
    from agon import api_types as api


def join(
    competition: Id,
    accept_terms: Annotated[
        bool, typer.Option("--accept-terms", help="You have read the terms, and accept them: do not ask.")
    ] = False,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", metavar="FILE", help="Lines of KEY: ANSWER, to what organizers ask."),
    ] = None,
    link: Link = "",
    json: screen.Json = False,
) -> None:
    """Take part in a competition, or accept its terms again where they have changed. They are shown, and you are asked."""
    with sign_in.client() as client:
        client.use_link(link)
        found = client.competition(competition)
        terms = found["terms"]
        if terms and not terms["accepted"] and not accept_terms:
            _ask_about_terms(client, competition, terms)
        participant = _join(client, found, answers)
    sentences = {
        "approved": f"You take part. Hand in with: agon submit {competition} FILE --wait",
        "pending": "You have asked to take part. The organizer decides.",
        "denied": "The organizer does not let you take part.",
    }
    screen.answer(participant, json, lambda: screen.show(sentences[participant["status"]]))


def invitations(form: screen.Format = "table", json: screen.Json = False) -> None:
    """What your e-mail address is invited to: there you take part at once, when you join."""
    with sign_in.client() as client:
        found = list(client.guest_lists())
    screen.answer({"guests": found}, json, lambda: _invitations(found))


def _invitations(found: Sequence[api.GuestList]) -> None:
    if not found:
        screen.say("You are invited to nothing at this moment.")
        return
    rows = [(one["competition"], one["title"], one["by"], words.deadline(one["expires_at"], is_end=True)) for one in found]
    screen.table("", ["Id", "Title", "By", "Until"], rows)


def _join(client: Client, found: api.Competition, file: Path | None) -> api.Participant:
    terms = found["terms"]
    if terms and not terms["accepted"] and found["my_status"] in ("approved", "pending", "denied"):
        return client.accept_terms(found["id"], terms["version"])
    asked = found["registration_questions"]
    answers = fact_sheet.fill_in(asked, file, may_ask=True, about="The organizers ask those who join.", option="--answers")
    return client.join(found["id"], terms_version=terms["version"] if terms else None, answers=answers)


def _ask_about_terms(client: Client, competition: str, terms: api.Terms) -> None:
    """Show the terms, and ask. Raises AgonError for who does not accept them, or cannot be asked."""
    screen.say(client.page(competition, terms["page"])["content"].strip())
    if not sys.stdin.isatty():
        raise AgonError(f"These are the terms. Accept them with: agon join {competition} --accept-terms")
    if not terminal.is_agreed("Do you accept these terms?"):
        raise AgonError("You do not take part, because you did not accept the terms.")


def collect(
    competition: Annotated[str, typer.Argument(metavar="ID", help="The competition's slug, as listed, or its id.")],
    json: screen.Json = False,
) -> None:
    """Have as your own what organizers brought from another site under your address. Join the competition first."""
    with sign_in.client() as client:
        found = client.collect(competition)
    count, left = words.count(found["submissions"], "submission"), found["left"]
    told = f"{count} from another site {'is' if found['submissions'] == 1 else 'are'} yours."
    if left:
        told += f" {left} are being run again at this moment: collect them in a while."
    nothing = "Nothing was brought from another site under your address."
    screen.answer(found, json, lambda: screen.show(told if found["submissions"] or left else nothing))
