"""`agon competitions list` and `search`: what competitions there are, and whether they are open."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from agon import screen, sign_in, words
from agon.commands.competitions import seen

if TYPE_CHECKING:
    from agon import api_types as api

_PAGE_SIZE = 50
Mine = Annotated[bool, typer.Option("--mine", help="Only those that you organize, drafts too.")]
Joined = Annotated[bool, typer.Option("--joined", help="Only those that you take part in, or have asked to.")]
IsOpen = Annotated[bool, typer.Option("--open", help="Only those that have begun and have not ended.")]
Reward = Annotated[bool, typer.Option("--reward", help="Only those where there is something to be won.")]
Featured = Annotated[bool, typer.Option("--featured", help="Only those that the site's administrators point to.")]
Archived = Annotated[bool, typer.Option("--archived", help="Only those that are kept to be read.")]
Page = Annotated[int | None, typer.Option("--page", min=1, help="Which page. Programs get all, unless they say one.")]
PageSize = Annotated[int | None, typer.Option("--page-size", min=1, max=1000, help="How many are on a page: else 50.")]
Order = Annotated[str, typer.Option("--sort", metavar="ORDER", help="recent, popular, ending or relevance.")]


def list_competitions(
    search: Annotated[str, typer.Option("--search", "-s", metavar="WORDS", help="That have all these words.")] = "",
    mine: Mine = False,
    joined: Joined = False,
    is_open: IsOpen = False,
    reward: Reward = False,
    featured: Featured = False,
    archived: Archived = False,
    sort: Order = "",
    page: Page = None,
    page_size: PageSize = None,
    form: screen.Format = "table",
    json: screen.Json = False,
) -> None:
    """Competitions that you may see, newest first, and whether they are open: 50 on a page."""
    flags = {"mine": mine, "joined": joined, "open": is_open, "reward": reward, "featured": featured}
    _tell(
        {**flags, "archived": archived, "sort": sort, "search": search},
        _stretch(page, page_size, form == "table" and not json),
        json,
    )


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORD…", help="In title, tags, organizer or description.")],
    mine: Mine = False,
    joined: Joined = False,
    is_open: IsOpen = False,
    reward: Reward = False,
    featured: Featured = False,
    archived: Archived = False,
    sort: Order = "",
    page: Page = None,
    page_size: PageSize = None,
    form: screen.Format = "table",
    json: screen.Json = False,
) -> None:
    """Competitions that have all these words, or words that begin so; the best match first."""
    list_competitions(" ".join(words), mine, joined, is_open, reward, featured, archived, sort, page, page_size, form, json)


def _stretch(page: int | None, page_size: int | None, is_for_people: bool) -> slice:
    """Which of all competitions are told: a page, or, to programs that name none, all."""
    if page is None and page_size is None and not is_for_people:
        return slice(0, None)
    size = page_size or _PAGE_SIZE
    return slice(((page or 1) - 1) * size, (page or 1) * size)


def _tell(wanted: Mapping[str, str | bool], stretch: slice, json: bool) -> None:
    """The competitions that are looked for: no more of them are asked for than are told, and one."""
    most = None if stretch.stop is None else stretch.stop + 1
    with sign_in.client(signed_in=bool(wanted["mine"] or wanted["joined"])) as client:
        asked = list(islice(client.competitions(**wanted), stretch.start, most))
    found = asked[: stretch.stop - stretch.start] if stretch.stop else asked
    screen.answer({"competitions": found}, json, lambda: _list(found, any(wanted.values()) or bool(stretch.start)))
    if len(asked) > len(found) and not json:
        screen.say(f"There are more: --page {stretch.stop // (stretch.stop - stretch.start) + 1}")


def _state(card: api.CompetitionCard) -> str:
    """Whether one can take part now, of what is published."""
    if (told := seen(card)) != "published":
        return told
    if words.left(card.get("starts_at")):
        return "upcoming"
    return "closed" if card["ends_at"] and not words.left(card["ends_at"]) else "open"


def _list(found: list[api.CompetitionCard], is_wanted: bool) -> None:
    if not found and is_wanted:
        screen.say("There is no such competition. All that you may see: agon competitions list")
        return
    if not found:
        screen.say(
            "Nothing is published yet. Yours: agon competitions list --mine. Make one: agon competitions create BUNDLE"
        )
        return
    rows = [
        (
            words.called(one),
            one["title"],
            one["organizer"],
            _state(one),
            words.deadline(one["ends_at"], is_end=True),
            one["participants"],
        )
        for one in found
    ]
    screen.table("", ["Slug", "Title", "Organizer", "State", "Ends", "Participants"], rows, right=["Participants"])
