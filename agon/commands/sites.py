"""`agon sites`: other sites whose competitions are listed here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from agon import screen, sign_in, terminal, words
from agon.client import Client
from agon.errors import AgonError, ProblemError, Unreachable

if TYPE_CHECKING:
    from agon import api_types as api

app = screen.group("Other sites: their competitions, and for administrators which of them are trusted.")
Words = Annotated[list[str] | None, typer.Argument(metavar="WORD…", help="In title, tags, organizer or description.")]


@app.command("search")
def search(words: Words = None, form: screen.Format = "table", json: screen.Json = False) -> None:
    """Competitions of other sites, the newest first; each leads to where it is held."""
    with sign_in.client(signed_in=False) as client:
        found = client.elsewhere(" ".join(words or []))
    screen.answer(found, json, lambda: _entries(found))


@app.command("key")
def key(
    new: Annotated[bool, typer.Option("--new", help="Sign with a new key, which the former one signs.")] = False,
    json: screen.Json = False,
) -> None:
    """The key that this site signs its list with: those who trust it compare it."""
    with sign_in.client(signed_in=new) as client:
        found = client.follow_key() if new else client.federation_key()
    screen.answer({"key": found}, json, lambda: screen.show(found))


@app.command("list")
def list_sites(form: screen.Format = "table", json: screen.Json = False) -> None:
    """The sites that are trusted, and what came of the last fetch from each."""
    with sign_in.client() as client:
        found = client.trusted_sites()
    screen.answer({"sites": found}, json, lambda: _sites(found))


@app.command("trust")
def trust(
    url: Annotated[str, typer.Argument(metavar="URL", help="The address of the other site's API, ending in /api.")],
    key: Annotated[
        str, typer.Option("--key", metavar="KEY", help="Its key, as its administrators told you. Else it is asked for.")
    ] = "",
    json: screen.Json = False,
) -> None:
    """List the competitions of another site. Its key is pinned: compare it with what its administrators say."""
    with sign_in.client() as client:
        pinned = key or _asked_for(url)
        found = client.trust(url, pinned)
    said = f"{found['url']} is trusted. Its competitions are listed in a minute or two."
    screen.answer(found, json, lambda: screen.show(said))


@app.command("distrust")
def distrust(
    site: Annotated[str, typer.Argument(metavar="SITE", help="Its id, as listed.")], json: screen.Json = False
) -> None:
    """List the competitions of another site no more."""
    with sign_in.client() as client:
        client.distrust(site)
    screen.answer({"site": site}, json, lambda: screen.show("Nothing of that site is listed any more."))


def _asked_for(url: str) -> str:
    """The key that a site says it has, once an administrator has agreed to it. Raises AgonError, typer.Abort."""
    try:
        with Client(url) as other:
            key = other.federation_key()
    except (Unreachable, ProblemError) as error:
        # Its own words are for who calls their own site.
        raise AgonError(
            f"{url} tells no key, so nothing is trusted. Look at its address, or give the key by --key."
        ) from error
    screen.say(f"{url} says that its key is {key}")
    if not terminal.is_agreed("Is that what its administrators say?"):
        raise AgonError("Nothing is trusted. Ask them for the key, and give it by --key.")
    return key


def _entries(found: api.ForeignCompetitions) -> None:
    if not found["competitions"]:
        screen.say("No other site has such a competition.")
        return
    rows = [
        (one["title"], one["organizer"], one["site_name"] + (" (silent)" if one["silent"] else ""), one["url"])
        for one in found["competitions"]
    ]
    screen.table("", ["Title", "Organizer", "Site", "Where"], rows)


def _sites(found: list[api.TrustedSite]) -> None:
    if not found:
        screen.say("No other site is trusted. Trust one: agon sites trust URL")
        return
    heard = [words.time(one["heard_at"], "never") for one in found]
    rows = [
        (one["id"], one["name"] or "", one["url"], at, one["problem"] or "") for one, at in zip(found, heard, strict=True)
    ]
    screen.table("", ["Id", "Name", "Address", "Heard of", "Problem"], rows)


@app.command("show")
def show(json: screen.Json = False) -> None:
    """This site: whether it takes submissions, and whether new competitions wait for approval."""
    with sign_in.client(signed_in=False) as client:
        found, address = client.site(), client.http.api
    taken = f"takes no submissions now. {found['message']}".strip() if found["paused"] else "takes submissions."
    waits = "Competitions wait for approval." if found["approval"] else "Competitions are published at once."
    screen.answer({**found, "api": address}, json, lambda: screen.show(f"{address} {taken} {waits}"))
