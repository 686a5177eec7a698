"""`agon competitions`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
import yaml

from agon import downloads, screen, sign_in, terminal, words
from agon.client import Client
from agon.errors import AgonError
from chalicelib.contract import plain_files

if TYPE_CHECKING:
    from agon import api_types as api

app = screen.group("Find competitions; make and publish your own.")
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask, whatever it does to the rows of boards.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="The competition's slug, as listed, or its id.")]
Link = Annotated[str, typer.Option("--link", metavar="TOKEN", help="The token of a draft's secret link.")]


@app.command("feature")
def feature(
    competition: Id,
    no_more: Annotated[bool, typer.Option("--no-more", help="Point to it no more.")] = False,
    json: screen.Json = False,
) -> None:
    """For administrators: point to a competition. Lists can be asked for what is featured."""
    with sign_in.client() as client:
        found = client.feature(competition, not no_more)
    said = "is featured" if found["featured"] else "is not featured any more"
    screen.answer(found, json, lambda: screen.show(f"{found['title']} {said}."))


@app.command("show")
def show(competition: Id, link: Link = "", json: screen.Json = False) -> None:
    """One competition with its phases, their dates and limits."""
    with sign_in.client(signed_in=False) as client:
        client.use_link(link)
        found = client.competition(competition)
    screen.answer(found, json, lambda: _show(found))


@app.command("create")
def create(
    bundle: Annotated[Path, typer.Argument(metavar="BUNDLE", help="A zip, or a folder that holds competition.yaml.")],
    publish: Annotated[bool, typer.Option("--publish", help="Show it to everybody at once.")] = False,
    lower_is_better: screen.LowerIsBetter = None,
    json: screen.Json = False,
) -> None:
    """Make a competition of a bundle, or of one of another platform. Everything that is wrong with it is listed."""
    with sign_in.client() as client:
        state = _import(client, _upload(client, bundle, lower_is_better))
        screen.complaints(state, aside=True)
        competition = state["competition"]
        if state["status"] != "Finished" or competition is None:
            _refuse(bundle, state, json)
        made = client.publish(competition) if publish else client.competition(competition)
    name = words.called(made)
    public = "and published" if made["published"] else "and waits for the approval of the site's administrators"
    seen = public if publish else f"as a draft. Show it to everybody: agon competitions publish {name}"
    screen.answer(state, json, lambda: screen.show(f"{name} is made {seen}"))


@app.command("publish")
def publish(competition: Id, json: screen.Json = False) -> None:
    """Show a competition to everybody."""
    with sign_in.client() as client:
        found = client.publish(competition)
    said = "is published" if found["published"] else "waits for the approval of the site's administrators"
    screen.answer(found, json, lambda: screen.show(f"{found['title']} {said}."))


@app.command("unpublish")
def unpublish(competition: Id, json: screen.Json = False) -> None:
    """Show a competition to nobody but those who run it and who take part."""
    with sign_in.client() as client:
        found = client.unpublish(competition)
    screen.answer(found, json, lambda: screen.show(f"{found['title']} is a draft again."))


@app.command("archive")
def archive_(
    competition: Id,
    no_more: Annotated[bool, typer.Option("--no-more", help="Have it take submissions again.")] = False,
    json: screen.Json = False,
) -> None:
    """Keep a competition to be read: nobody joins, submits or posts any more, and lists leave it out."""
    with sign_in.client() as client:
        found = client.archive(competition, not no_more)
    said = "is archived no more" if no_more else "is archived. Lists have it with --archived"
    screen.answer(found, json, lambda: screen.show(f"{competition} {said}."))


@app.command("delete")
def delete(
    competition: Id,
    slug: Annotated[str, typer.Option("--confirm", metavar="SLUG", help="Its slug. Without it, you are asked.")] = "",
    json: screen.Json = False,
) -> None:
    """Delete a competition that is not published, as its owner, with all that was handed in. It does not come back."""
    with sign_in.client() as client:
        found = client.competition(competition)
        title, taking_part = found["title"], words.count(found["participants"], "participant")
        if not slug:
            screen.say(f"“{title}” has {taking_part}. It goes with its pages, its scores and what was handed in.")
            slug = terminal.ask(f"Type {words.called(found)} to delete it for good")
        client.delete_competition(competition, slug.strip())
    screen.answer(
        {"deleted": found["id"]}, json, lambda: screen.show(f"{title} is deleted. What it stored goes in a while.")
    )


@app.command("link")
def link(
    competition: Id,
    revoke: Annotated[bool, typer.Option("--revoke", help="Have it open nothing any more.")] = False,
    json: screen.Json = False,
) -> None:
    """Make a draft's secret link: whoever has it sees the draft and joins it. The former one opens nothing any more."""
    with sign_in.client() as client:
        if revoke:
            client.revoke_link(competition)
            screen.answer({"revoked": competition}, json, lambda: screen.show("The link opens nothing any more."))
            return
        made = client.make_link(competition)
    told = f"Told this once. They take part with: agon join {competition} --link {made['token']}"
    screen.answer(made, json, lambda: screen.show(told))


@app.command("update")
def update(
    competition: Id,
    bundle: Annotated[Path, typer.Argument(metavar="BUNDLE", help="A zip, or a folder that holds competition.yaml.")],
    yes: Yes = False,
    lower_is_better: screen.LowerIsBetter = None,
    json: screen.Json = False,
) -> None:
    """Put a new bundle in the place of a competition's definition. Participants and submissions stay.

    What it does to the rows of boards is told first.
    """
    with sign_in.client() as client:
        upload = _upload(client, bundle, lower_is_better)
        agree(client.check_bundle(upload, competition).get("effects", []), yes)
        state = _import(client, upload, competition)
    screen.complaints(state, aside=True)
    if state["status"] != "Finished":
        _refuse(bundle, state, json)
    screen.answer(state, json, lambda: screen.show(f"{competition} is now what {bundle} says."))


@app.command("settings")
def settings(competition: Id, json: screen.Json = False) -> None:
    """All settings of a competition, as a bundle would say them."""
    with sign_in.client() as client:
        found = client.settings(competition)
    written = yaml.safe_dump(found["settings"], sort_keys=False, allow_unicode=True, width=100)
    screen.answer(found, json, lambda: screen.show(written.rstrip()))


@app.command("edit")
def edit(
    competition: Id,
    changes: Annotated[
        list[str], typer.Argument(metavar="KEY=VALUE…", help="As in competition.yaml. With nothing behind =, the default.")
    ],
    part: Annotated[
        str, typer.Option("--part", metavar="PART", help="Such as phases/0 or leaderboards/0/columns/1. Else the whole.")
    ] = "",
    yes: Yes = False,
    json: screen.Json = False,
) -> None:
    """Change single settings, of the competition or of one of its parts. What it does to boards is told first."""
    wanted, part = changes_of(changes), part.strip("/")
    with sign_in.client() as client:
        seen = client.settings(competition)["revision"]
        told = client.change_settings(competition, part, wanted, seen, preview=True)
        agree(told.get("effects", []), yes, told.get("ranking"))
        found = client.change_settings(competition, part, wanted, seen)
    screen.answer(found, json, lambda: screen.show(f"Changed {', '.join(wanted)} of {part or competition}."))


@app.command("dump")
def dump(
    competition: Id,
    light: Annotated[
        bool, typer.Option("--light", help="Keys of datasets in the place of files, for this same site.")
    ] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", metavar="PATH", help="Else ID.zip here.")] = None,
    json: screen.Json = False,
) -> None:
    """Download a competition as a bundle, from which it can be made again."""
    target = downloads.place(output, f"{competition}.zip")
    with sign_in.client() as client, screen.waiting("The competition is packed") as changed:
        made = client.dump(competition, "light" if light else "full", on_change=lambda state: changed(state["status"]))
    if made["url"] is not None:
        with sign_in.client() as client, screen.download_bar(target.name) as progress:
            downloads.fetch(lambda: client.dumped(competition, made["id"])["url"] or "", target, progress)
    screen.complaints({"errors": [], "warnings": made["complaints"]}, aside=True)
    if made["status"] != "Finished":
        raise AgonError("The competition could not be packed. Try again, or ask the administrators.")
    screen.answer({**made, "file": str(target)}, json, lambda: screen.show(f"{target} holds the competition."))


@app.command("clone")
def clone(
    competition: Id,
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="Else it is called a copy.")] = "",
    json: screen.Json = False,
) -> None:
    """Make a draft with the same definition and data, without sending anything again."""
    with sign_in.client() as client:
        made = client.clone(competition, title)
    screen.answer(made, json, lambda: screen.show(f"{words.called(made)} is made as a draft: {made['title']}"))


def changes_of(texts: Sequence[str]) -> dict[str, Any]:
    """Settings and their values, of texts such as max_submissions=50. Raises AgonError."""
    return dict(map(_change, texts))


def _change(text: str) -> tuple[str, Any]:
    key, is_change, written = text.partition("=")
    if not is_change or not key.strip():
        raise AgonError(f"{text} is no change. Write KEY=VALUE, such as max_submissions=50.")
    try:
        value = yaml.safe_load(written)
    except yaml.YAMLError as error:
        raise AgonError(f"{written} cannot be read as a value. Put quotes around a text with special signs.") from error
    return key.strip(), written.strip() if isinstance(value, date) else value


def agree(effects: Sequence[api.BoardEffect], yes: bool, ranking: api.RankedPreview | None = None) -> None:
    """Tell what a change does to boards, and ask whether to go on. Raises typer.Abort."""
    told = [*words.effects(effects), *(words.ranking(ranking) if ranking else ())]
    for sentence in told:
        screen.say(sentence)
    if told and not yes and not terminal.is_agreed("Change it?"):
        raise typer.Abort


def _upload(client: Client, bundle: Path, lower_is_better: bool | None) -> str:
    """Send a bundle: the upload's id."""
    # All that knows formats is as much to import as all the rest of a command.
    from agon import foreign

    with (
        foreign.packed(bundle, lower_is_better, screen.packing_bar) as zipped,
        screen.upload_bar(bundle.name, zipped.stat().st_size) as progress,
    ):
        return client.upload(zipped, "bundle", progress)["id"]


def _import(client: Client, upload: str, competition: str | None = None) -> api.Import:
    with screen.waiting("The bundle is read") as changed:
        begun = client.import_bundle(upload, competition)
        return client.wait_for_import(begun["id"], on_change=lambda state: changed(_progress(state)))


def _progress(state: api.Import) -> str:
    if state["status"] == "Running" and state["total"]:
        under_way = [file for file in state.get("files", []) if 0 < file["bytes_done"] < file["bytes_total"]]
        at = (
            f", {under_way[0]['name']} {100 * under_way[0]['bytes_done'] // under_way[0]['bytes_total']} %"
            if under_way
            else ""
        )
        return f"{state['done']} of {state['total']} files copied{at}"
    return str(state["status"])


def _refuse(bundle: Path, state: api.Import, as_json: bool) -> NoReturn:
    if as_json:
        screen.print_json(state)
        raise typer.Exit(1)
    raise AgonError(f"{bundle} did not become a competition. Change what is listed above, and try again.")


def _facts(competition: api.Competition, phase: api.Phase) -> list[tuple[str, str]]:
    began, ended = not words.left(phase["starts_at"]), not words.left(phase["ends_at"])
    freezes, extensions = phase.get("freezes_at"), phase.get("submission_extensions")
    return [
        ("Id", f"{words.called(competition)}-{phase['index']}"),
        ("State", phase["state"]),
        ("Began" if began else "Begins", _instant(phase["starts_at"], is_end=False)),
        ("Ended" if ended and phase["ends_at"] else "Ends", _instant(phase["ends_at"], is_end=True)),
        *([("Boards freeze", _instant(freezes, is_end=False))] if freezes and phase["state"] != "closed" else []),
        ("Submissions", words.limits(phase)),
        *([("Takes", f"one file, {plain_files.listed(extensions)}, as it is")] if extensions else []),
    ]


def _teams(competition: api.Competition) -> str:
    """Whether people may form teams, and until when these may merge."""
    until = competition.get("team_merge_deadline")
    if not competition.get("teams"):
        return "Everybody competes alone."
    if competition.get("team_merges") == "never":
        return "Teams are allowed. They do not merge."
    return f"Teams are allowed. They may merge {f'until {_instant(until, is_end=True)}' if until else 'at any time'}."


def _instant(stamp: str | None, is_end: bool) -> str:
    left = words.left(stamp)
    return words.deadline(stamp, is_end) + (f", in {left}" if left else "")


def seen(competition: api.CompetitionCard | api.Competition) -> str:
    if competition.get("archived") and competition["published"]:
        return "archived"
    if competition.get("waiting_since"):
        return "waits for approval"
    if refusal := competition.get("refusal"):
        return f"draft, not approved: {refusal}"
    return "published" if competition["published"] else "draft"


def _show(found: api.Competition) -> None:
    screen.show(found["title"], style="bold")
    roles = {
        "organizer": "you organize it",
        "approved": "you take part",
        "pending": "you wait to be let in",
        "denied": "you are not let in",
    }
    facts = [f"by {found['organizer']}", seen(found), f"participants: {found['participants']}"]
    mine = ["you view all of it"] if found.get("my_role") == "viewer" else []
    screen.show(" · ".join(filter(None, [*facts, *mine, roles.get(found["my_status"] or "")])), style="dim")
    if found["my_reason"]:
        screen.show(f"The organizers say: {found['my_reason']}", style="yellow")
    if found["reward"]:
        screen.show(f"To be won: {found['reward']}")
    if contact := found.get("contact"):
        screen.show(f"Questions go to: {contact}")
    if found["tags"]:
        screen.show(f"Tags: {', '.join(found['tags'])}", style="dim")
    if sponsors := found.get("sponsors"):
        named = [f"{one['name']} ({one['url']})" if one["url"] else one["name"] for one in sponsors]
        screen.show(f"Sponsored by {', '.join(named)}", style="dim")
    if in_groups := found.get("my_groups"):
        screen.show(f"your groups: {', '.join(in_groups)}", style="dim")
    if found["description"]:
        screen.show(f"\n{found['description'].strip()}\n")
    for phase in found["phases"]:
        screen.show(f"\n{phase['name']}", style="bold")
        screen.pairs(_facts(found, phase))
    screen.show("")
    screen.show(_teams(found))
    for phase in found["phases"]:
        if phase["keeps_best_and_last_only"]:
            screen.show(f"{phase['name']} keeps each participant's best and last submissions; others are deleted.", "yellow")
        if most := phase.get("final_selection"):
            screen.show(f"In {phase['name']} you choose up to {most} submissions; at its end the best of them counts.")
        if licence := phase["licence_at_end"]:
            screen.show(f"When {phase['name']} is over, everybody may have what was submitted, under {licence}.", "yellow")
    if found["leaderboard"] is not None:
        scores = words.scores_of(found["leaderboard"]["columns"])
        columns = sorted(scores, key=lambda column: (not column["primary"], column["index"]))
        ranked = ", then ".join(words.heading(column) for column in columns)
        screen.show(f"Ranked by {ranked}  (↑ more is better, ↓ less is better)")
    if found["pages"]:
        titles = ", ".join(page["title"] for page in found["pages"])
        screen.say(f"Pages: {titles}. Read one: agon competitions pages {words.called(found)} 0")
