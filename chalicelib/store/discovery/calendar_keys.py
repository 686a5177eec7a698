"""Private addresses of people's own calendars: who knows one reads it, and each account has one at most."""

from datetime import datetime

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.errors import Conflict, say
from chalicelib.store import table, writes
from chalicelib.store.table import Place
from chalicelib.store.writes import Transaction

_MOVED = say("calendar_moved", "Your calendar's address was changed at the same moment. Ask for another one.")


class CalendarKey(table.Item, discriminator="calendar_key"):
    """The account whose calendar an address opens. The address itself is not stored."""

    user = UnicodeAttribute()
    username = UnicodeAttribute()
    created_at = UTCDateTimeAttribute()

    @classmethod
    def at(cls, digest: str) -> Place["CalendarKey"]:
        """The place of the address of this digest."""
        return Place(cls, f"CALENDAR#{digest}", "CALENDAR")


class OwnCalendar(table.Item, discriminator="own_calendar"):
    """The digest of an account's address, by which it is taken back."""

    digest = UnicodeAttribute()

    @classmethod
    def at(cls, account: str) -> Place["OwnCalendar"]:
        """The place where an account has it."""
        return Place(cls, f"ACCOUNT#{account}", "CALENDAR")


def put(account: str, username: str, digest: str, now: datetime) -> None:
    """Open the calendar of an account at an address, in the place of a former one. Raises Conflict."""
    former, key = _former(account), CalendarKey(*CalendarKey.at(digest), user=account, username=username, created_at=now)

    def compose(write: Transaction) -> None:
        write.save(key)
        write.save(OwnCalendar(*OwnCalendar.at(account), digest=digest), condition=_same(former))
        if former is not None:
            write.delete(CalendarKey(*CalendarKey.at(former.digest)))

    writes.transact(compose, otherwise=Conflict(_MOVED))


def take_back(account: str) -> None:
    """Open the calendar of an account at no address. It is no error when there was none. Raises Conflict."""
    former = _former(account)
    if former is None:
        return

    def compose(write: Transaction) -> None:
        write.delete(former, condition=_same(former))
        write.delete(CalendarKey(*CalendarKey.at(former.digest)))

    writes.transact(compose, otherwise=Conflict(_MOVED))


def _former(account: str) -> OwnCalendar | None:
    (found,) = table.read(OwnCalendar.at(account))
    return found


def _same(former: OwnCalendar | None) -> writes.Condition:
    return OwnCalendar.digest == former.digest if former else OwnCalendar.pk.does_not_exist()
