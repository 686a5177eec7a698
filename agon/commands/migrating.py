"""`agon migrate`: a competition comes here from another platform."""

from __future__ import annotations

import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agon import config, screen, sign_in, terminal
from agon.errors import BadFile

if TYPE_CHECKING:
    from agon.migration.moving import Findings
    from agon.migration.report import Report
    from agon.migration.site import Address, CodabenchSite

app = screen.group("Move a competition here from another platform.")
#: A token is 40 letters there; whatever is much longer is another file.
_MOST_TOKEN_BYTES = 4096
_OTHERS_READ = stat.S_IRWXG | stat.S_IRWXO
_LISTED = 20


@app.callback()
def migrate() -> None:
    """Move a competition here from another platform."""


Url = Annotated[str, typer.Argument(metavar="URL", help="Its page there: https://www.codabench.org/competitions/123/")]
Kept = Annotated[
    Path | None,
    typer.Option("--folder", metavar="DIR", help="Keeps what came. The same one again goes on.", file_okay=False),
]
TokenFile = Annotated[
    Path | None,
    typer.Option("--token-file", metavar="FILE", help="Has your token there. Else CODABENCH_TOKEN, else you are asked."),
]
Username = Annotated[str, typer.Option("--username", metavar="NAME", help="Sign in there by your password instead.")]
Dump = Annotated[
    Path | None,
    typer.Option("--dump", metavar="ZIP", help="A full dump from there, in place of a new one.", dir_okay=False),
]
Image = Annotated[
    str,
    typer.Option("--image", metavar="NAME", help="The Docker image that its programs run in here, if not that of there."),
]
Invite = Annotated[bool, typer.Option("--invite", help="Mail who takes part there, that they join here.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Only tell what would come. Nothing changes anywhere.")]


@app.command("codabench")
def codabench(
    url: Url,
    folder: Kept = None,
    token_file: TokenFile = None,
    username: Username = "",
    dump: Dump = None,
    image: Image = "",
    invite: Invite = False,
    dry_run: DryRun = False,
    json: screen.Json = False,
) -> None:
    """Bring a competition from a Codabench site as its organizer: definition, submissions, scores and who took part.

    It becomes a draft. Run it again, and it goes on where it was broken off.
    """
    from agon.migration import moving
    from agon.migration.folder import MigrationFolder
    from agon.migration.site import address_of

    address = address_of(url)
    site = _signed_in(address, token_file, username)
    try:
        found = moving.look(site, address, screen.say)
        if dry_run:
            screen.answer(_counts(found), json, lambda: _preview(found))
            return
        with sign_in.client() as client:
            subject = {"from": address.site, "competition": address.competition, "to": client.http.api}
            kept = MigrationFolder(
                folder or Path(f"codabench-{address.host.replace(':', '-')}-{address.competition}"), subject
            )
            move = moving.Move(site, address, client, kept, found, screen.say, time.sleep)
            competition = move.define(dump, image)
            try:
                move.bring(competition)
                move.compare(competition)
                move.tell_people(competition, invite)
                move.tell_rest()
            finally:
                written = move.write_report()
    finally:
        site.close()
    screen.answer(move.report.to_json(), json, lambda: _show(move.report, written))


def _signed_in(address: Address, file: Path | None, username: str) -> CodabenchSite:
    """The site with a token, which came by no argument: those stand in the list of processes, and in the shell's history."""
    from agon.migration.site import CodabenchSite

    if username:
        site = CodabenchSite(address.site, "")
        site.sign_in(username, terminal.ask_secret(f"Password of {username} at {address.host}"))
        return site
    token = _of_file(file) if file else config.read().codabench_token
    return CodabenchSite(address.site, token or terminal.ask_secret(f"Your token at {address.host}").strip())


def _of_file(file: Path) -> str:
    """The token in a file that nobody else may read. Raises BadFile."""
    try:
        if file.stat().st_mode & _OTHERS_READ:
            raise BadFile(f"Others may read {file}, and it has a token. Keep it to yourself: chmod 600 {file}")
        with file.open("rb") as opened:
            token = opened.read(_MOST_TOKEN_BYTES).decode("ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise BadFile(f"{file} has no token that can be read: {error}") from error
    if not token or not token.isprintable() or " " in token:
        raise BadFile(f"{file} has no token. Put it there on one line, and nothing else.")
    return token


def _counts(found: Findings) -> dict[str, object]:
    there = found.competition
    submissions = [one for some in found.submissions.values() for one in some]
    left = [one for one in submissions if one.obstacle]
    return {
        "title": there.title,
        "phases": len(there.phases),
        "participants": len(found.participants),
        "submissions": len(submissions),
        "would_come": len(submissions) - len(left),
        "would_not": [{"submission": one.id, "owner": one.owner, "why": one.obstacle} for one in left],
    }


def _preview(found: Findings) -> None:
    rows = []
    for phase in found.competition.phases:
        some = found.submissions[phase.id]
        rows.append((phase.name, len(some), sum(not one.obstacle for one in some), len({one.owner for one in some})))
    counts = ["Submissions", "Would come", "By"]
    screen.table(found.competition.title, ["Phase", *counts], rows, right=counts)
    left = [(one.id, one.owner, one.obstacle) for some in found.submissions.values() for one in some if one.obstacle]
    if left:
        screen.table("What would not come", ["Submission", "By", "Why"], left[:_LISTED])
        _more(len(left))
    reached = sum(1 for one in found.participants if one.address)
    screen.show(f"Participants: {len(found.participants)}, of whom {reached} have an address there. Nothing was changed.")


def _show(report: Report, written: Path) -> None:
    lines = [(one.what, one.there, one.came, one.note) for one in report.lines]
    screen.table(report.title, ["What", "There", "Here", ""], lines, right=["There", "Here"])
    if report.left:
        left = [(one.what, one.which, " ".join(filter(None, (one.why, one.advice)))) for one in report.left]
        screen.table("What has not come", ["What", "Which", "Why, and what to do"], left[:_LISTED])
        _more(len(left))
    for note in report.notes:
        screen.show(f"- {note}")
    screen.show(f"The whole report is in {written}. Look at the draft, then: agon competitions publish {report.competition}")


def _more(count: int) -> None:
    if count > _LISTED:
        screen.show(f"And {count - _LISTED} more.")
