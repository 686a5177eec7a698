"""Room: whether an account or a competition may store more, asked before anything is sent or made."""

from typing import Any

from chalicelib.domain.metering import room
from chalicelib.store.metering import storage
from chalicelib.store.metering.storage import Holder
from chalicelib.store.people import site
from chalicelib.store.people.site import Site
from chalicelib.store.table import Found, Place


def places(holder: Holder) -> list[Place[Any]]:
    """The places at which `check` looks."""
    return [Site.at(), *storage.places(holder)]


def check(holder: Holder, found: Found, size_bytes: int = 1) -> int | None:
    """Bytes that a holder may store in all, None where that has no end; `found` has what there was at `places`.

    Raises TooLarge where there is no room for so many more.
    """
    stored, everywhere = storage.stored(found, holder), site.read(found.get(Site.at()))
    is_account = holder.kind == storage.ACCOUNT
    most = room.quota(stored.quota, everywhere.account_quota if is_account else everywhere.competition_quota)
    refuse = room.check_account if is_account else room.check_competition
    refuse(stored.total, most, size_bytes)
    return most
