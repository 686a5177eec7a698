"""`agon people`: the pages of people, and what one's own says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from agon import screen, sign_in, words
from agon.errors import AgonError

if TYPE_CHECKING:
    from agon import api_types as api

app = screen.group("The pages of people: what they say of themselves, and what they organize.")


@app.command("show")
def show(
    username: Annotated[str, typer.Argument(metavar="NAME", help="The name that they sign in with.")],
    json: screen.Json = False,
) -> None:
    """Somebody's page, as everybody sees it."""
    with sign_in.client(signed_in=False) as client:
        found = client.profile(username)
    screen.answer(found, json, lambda: _show(found))


@app.command("describe")
def describe(
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="What you are called.")] = None,
    affiliation: Annotated[str | None, typer.Option("--affiliation", metavar="TEXT", help="Where you work.")] = None,
    site: Annotated[str | None, typer.Option("--site", metavar="URL", help="Your own page.")] = None,
    about: Annotated[str | None, typer.Option("--about", metavar="TEXT", help="Who you are.")] = None,
    results: Annotated[
        bool | None, typer.Option("--results/--no-results", help="Whether it has your results of phases that are over.")
    ] = None,
    json: screen.Json = False,
) -> None:
    """Change what your own page says, for everybody to see. An empty text takes away what was there."""
    fields = {"display_name": name, "affiliation": affiliation, "site": site, "description": about}
    said = {key: value for key, value in {**fields, "shows_results": results}.items() if value is not None}
    if not said:
        raise AgonError("There is nothing to change. Write --name, --affiliation, --site, --about or --no-results.")
    with sign_in.client() as client:
        found = client.change_profile(**said)
    screen.answer(found, json, lambda: _show(found))


def _stood(one: api.ProfileResult) -> tuple[str, ...]:
    """A result as a line of a table, with the score that ranks."""
    ranked = next((column for column in one["columns"] if column["primary"]), None)
    score = words.score(one["scores"].get(ranked["key"]), ranked) if ranked else ""
    place = (words.ordinal(one["rank"]), f"{one['entries']:,}")
    return (*place, one["title"], one["phase_name"], score, one["team_name"] or "")


def _show(found: api.Profile) -> None:
    screen.show(found["display_name"] or found["username"], style="bold")
    called = found["username"] if found["display_name"] else ""
    for said in filter(None, (called, found["affiliation"], found["site"], found["description"])):
        screen.show(said)
    if found["results"]:
        screen.table("", ["Rank", "Of", "In", "Phase", "Score", "Team"], [_stood(one) for one in found["results"]])
    if found["competitions"]:
        screen.table("", ["Organizes", "Slug"], [(one["title"], one["slug"] or one["id"]) for one in found["competitions"]])
    if found["code"]:
        rows = [
            (one["name"] or one["submission"], one["title"], one["licence"], one["team_name"] or "") for one in found["code"]
        ]
        screen.table("", ["Shares", "In", "Licence", "Team"], rows)
    if found["organizations"]:
        screen.table("", ["Is in", "Id"], [(one["name"], one["id"]) for one in found["organizations"]])
