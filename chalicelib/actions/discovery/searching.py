"""The search for competitions: two calls, whatever their number."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from chalicelib import responses
from chalicelib.actions.competitions import showing
from chalicelib.actions.discovery import cataloguing, snapshots
from chalicelib.aws import messages
from chalicelib.domain.discovery.catalogue import Catalogue, Cursor, Sort, Sought
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Complaint, Invalid, NotSignedIn, say
from chalicelib.parameters import CURSOR_ADVICE, NO_CURSOR
from chalicelib.store import table
from chalicelib.store.competitions import publication
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.people import organizers, participants

PAGE_SIZE = 25
#: Of the competitions that one account organizes or takes part in, so many are looked through, the newest first.
MOST_OF_ONE = 1000
#: What is searched on a site that has no catalogue yet: the newest so many. One is asked for.
_FIRST = 100


def list_some(
    sought: Sought, mine: bool, joined: bool, account: Account | None, after: str | None, now: datetime
) -> responses.Competitions:
    """One page of the competitions that are looked for: the published ones, or those that an account has to do with.

    Raises NotSignedIn for who asks for theirs as nobody, Invalid for both kinds at once and for a cursor of another list.
    """
    if not mine and not joined:
        return showing.list_published(after) if sought.everything else _of_all(sought, after, now)
    if account is None:
        raise NotSignedIn(say("mine_signed_out", "Sign in to see the competitions that you organize or take part in."))
    if mine and joined:
        raise Invalid(
            say("mine_or_joined", "Ask for `mine` or for `joined`."),
            [Complaint("joined", say("leave_one_out", "Leave one of the two out."))],
        )
    if mine and sought.everything:
        return showing.list_mine(account, after)
    # What is one's own is not looked for in vain.
    sought = sought if sought.is_archived else replace(sought, is_archived=None)
    return _of_some(_organized(account) if mine else joined_by(account.id), sought, after, now)


def newest(most: int, now: datetime) -> list[Competition]:
    """The competitions that were published last, by two calls."""
    ids, _ = _catalogue().search(Sought(sort=Sort.RECENT), table.seconds(now), None, most)
    return [one for one in table.read_many(map(Competition.at, ids)) if one.published]


def _of_all(sought: Sought, after: str | None, now: datetime) -> responses.Competitions:
    """What is told is read from the rows, and what is not published any more is left out: a page may be short."""
    ids, following = _searched(_catalogue(), sought, after, now)
    return showing.page_of([one for one in table.read_many(map(Competition.at, ids)) if one.published], following)


def _of_some(rows: list[Competition], sought: Sought, after: str | None, now: datetime) -> responses.Competitions:
    ids, following = _searched(_made_of(rows), sought, after, now)
    known = {one.id: one for one in rows}
    return showing.page_of([known[id_] for id_ in ids], following)


def _organized(account: Account) -> list[Competition]:
    """Those that an account runs in whichever role, drafts too: one call, and one for each hundred that others own."""
    found, _ = organizers.run_by(account.id, None, MOST_OF_ONE)
    return found


def joined_by(account: str) -> list[Competition]:
    """The published ones that an account takes part in, or has asked to: one call, and one for each hundred of them."""
    joined = [one.competition for one in participants.newest_of(account, MOST_OF_ONE)]
    return [one for one in table.read_many(map(Competition.at, joined)) if one.published]


def _searched(catalogue: Catalogue, sought: Sought, after: str | None, now: datetime) -> tuple[list[str], str | None]:
    at = Cursor.read(after)
    if after is not None and at is None:
        raise Invalid(
            NO_CURSOR,
            [Complaint("cursor", CURSOR_ADVICE)],
        )
    ids, following = catalogue.search(sought, table.seconds(now), at, PAGE_SIZE)
    return ids, str(following) if following else None


def _catalogue() -> Catalogue:
    found = snapshots.current()
    if found.etag is not None:
        return found.catalogue
    messages.send_cataloguing(cataloguing.ALL)
    newest, _ = publication.published(None, _FIRST)
    return _made_of(newest)


def _made_of(found: Iterable[Competition]) -> Catalogue:
    return Catalogue.of({one.id: cataloguing.entry_of(one) for one in found})
