"""`agon mail`, `agon participants mail`, and `agon mailbox` of the stack on this machine."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from agon import config, screen, sign_in, terminal, words
from agon.errors import AgonError

if TYPE_CHECKING:
    from agon import api_types as api

app = screen.group("Mail: what you get; for administrators, addresses that take none.")
Competition = Annotated[str, typer.Argument(metavar="ID", help="The competition's id.")]
Kinds = Annotated[list[str] | None, typer.Option(metavar="KIND")]
Language = Annotated[Literal["en", "fr"] | None, typer.Option(help="The language of what you are mailed.")]
_LANGUAGES = {"en": "English", "fr": "French"}


@app.command("preferences")
def preferences(on: Kinds = None, off: Kinds = None, language: Language = None, json: screen.Json = False) -> None:
    """Which kinds of mail you get, and in which language. Switch them with --on KIND and --off KIND."""
    changes = {**dict.fromkeys(on or [], True), **dict.fromkeys(off or [], False)}
    with sign_in.client() as client:
        found = client.choose_mail(changes, language) if changes or language else client.mail_preferences()

    def show() -> None:
        rows = [(one["name"], "on" if one["wanted"] else "off", one["about"]) for one in found["kinds"]]
        screen.table("", ["Kind", "You get it", "What it is about"], rows)
        if not found["sends_mail"]:
            screen.say("This site sends no mail.")
        elif chosen := found.get("language"):
            screen.say(f"You are written to in {_LANGUAGES[chosen]}. Change that with --language.")

    screen.answer(found, json, show)


@app.command("suppressions")
def suppressions(form: screen.Format = "table", json: screen.Json = False) -> None:
    """For administrators: addresses that take no mail, because it bounced or their reader complained."""
    with sign_in.client() as client:
        found = list(client.suppressions())
    rows = [(one["digest"], one["why"], one["said"], words.time(one["since"])) for one in found]
    columns = ["Digest", "Why", "Reason", "Since"]
    if not rows and not json:
        screen.say("Mail goes to every address.")
        return
    screen.answer({"suppressions": found}, json, lambda: screen.table("", columns, rows))


@app.command("lift")
def lift(
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="The address, or its digest as listed.")],
    json: screen.Json = False,
) -> None:
    """For administrators: have mail sent to an address again."""
    # The address itself stays on this machine.
    digest = hashlib.sha256(address.strip().lower().encode()).hexdigest() if "@" in address else address
    with sign_in.client() as client:
        client.lift_suppression(digest)
    screen.answer({"digest": digest}, json, lambda: screen.show("Mail is sent there again."))


def write(
    competition: Competition,
    subject: Annotated[str, typer.Option(help="The subject.")],
    file: Annotated[Path, typer.Option(metavar="FILE", help="The text, in Markdown.")],
    team: Annotated[str, typer.Option(metavar="NAME", help="To this team alone.")] = "",
    in_team: Annotated[bool | None, typer.Option("--in-team/--no-team", help="To those in a team, or in none.")] = None,
    submitted: Annotated[
        bool | None, typer.Option("--submitted/--not-submitted", help="To those who have submitted, or have not.")
    ] = None,
    phase: Annotated[str, typer.Option(metavar="PHASE", help="The phase that they submitted to; else any.")] = "",
    group: Annotated[str, typer.Option(metavar="KEY", help="To those in this group.")] = "",
    preview: Annotated[bool, typer.Option("--preview", help="Show it and count, and send nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    json: screen.Json = False,
) -> None:
    """Write to those whom you have admitted, or to some of them."""
    try:
        text = file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise AgonError(f"{file} cannot be read as text: {error}") from error
    wanted = {"team": team or None, "in_team": in_team, "submitted": submitted, "phase": phase or None}
    wanted["group"] = group or None
    letter = {"subject": subject, "text": text, **{name: said for name, said in wanted.items() if said is not None}}
    with sign_in.client() as client:
        seen = client.preview_letter(competition, letter)
        if preview:
            screen.answer(seen, json, lambda: _preview(seen))
            return
        if not (yes or json or terminal.is_agreed(f"Write to {_readers(seen)}?")):
            raise AgonError("Nothing was sent.")
        ordered = client.write_letter(competition, letter)
    told = f"It is on its way to {_readers(seen)}. See how far it is: agon participants letters {competition}"
    screen.answer(ordered, json, lambda: screen.show(told))


def letters(competition: Competition, form: screen.Format = "table", json: screen.Json = False) -> None:
    """What was written to participants, and how far it is, newest first."""
    with sign_in.client() as client:
        found = list(client.letters(competition))
    rows = [
        (words.time(one["created_at"]), one["by"] or "the site", one["subject"], one["status"])
        + (one["sent"], one["left_out"], one["uncertain"])
        for one in found
    ]
    columns = ["When", "By", "Subject", "Status", "Sent", "Left out", "Uncertain"]
    screen.answer(
        {"mailings": found}, json, lambda: screen.table("", columns, rows, right=["Sent", "Left out", "Uncertain"])
    )


def mailbox(form: screen.Format = "table", json: screen.Json = False) -> None:
    """The mails that the stack on this machine would have sent, the newest last."""
    from agon.local import mailbox as local
    from agon.local.state import StackState

    found = local.read(StackState(config.read().state))
    screen.answer({"mails": found}, json, lambda: _mails(found))


def _mails(found: Sequence[dict[str, str]]) -> None:
    for one in found:
        screen.pairs([("To", one["to"]), ("At", one["at"]), ("Subject", one["subject"])])
        screen.show(one["text"])


def _preview(seen: api.MailingPreview) -> None:
    screen.pairs([("To", _readers(seen)), ("Answers to", seen["reply_to"] or "nobody"), ("Subject", seen["subject"])])
    screen.show(seen["text"])


def _readers(seen: api.MailingPreview) -> str:
    count = words.count(seen["readers"], "participant")
    return count if seen["complete"] else f"more than {count}"
