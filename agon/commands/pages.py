"""`agon competitions pages`: what a competition's pages say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from agon import screen, sign_in
from agon.commands.competitions import Id, Link
from agon.errors import AgonError

if TYPE_CHECKING:
    from agon import api_types as api

Which = Annotated[str, typer.Argument(metavar="[PAGE]", help="By number or title. Else all are listed.", show_default=False)]


def pages(
    competition: Id, page: Which = "", link: Link = "", form: screen.Format = "table", json: screen.Json = False
) -> None:
    """List a competition's pages, or read one of them."""
    with sign_in.client(signed_in=False) as client:
        client.use_link(link)
        listed = client.competition(competition)["pages"]
        if page:
            found = client.page(competition, _number_of(page, listed))
            screen.answer(found, json, lambda: screen.page(found["content"], found["format"] == "markdown"))
            return
    rows = [(one["index"], one["title"], "participants" if one.get("participants_only") else "") for one in listed]
    screen.answer({"pages": listed}, json, lambda: screen.table("", ["Page", "Title", "For"], rows, right=["Page"]))


def _number_of(page: str, listed: list[api.PageTitle]) -> int:
    for one in listed:
        if page == str(one["index"]) or page.casefold() == one["title"].strip().casefold():
            return one["index"]
    raise AgonError(f"There is no page {page}. There are: {', '.join(one['title'] for one in listed) or 'none'}.")
