"""Jurors: who judges the submissions of which competition."""

from datetime import datetime

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import table, writes
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import Composer, Transaction

ACTIVE, EXCLUDED = "active", "excluded"
#: More than anybody invites. One query reads them all.
MAX_JURORS = 1000
_PREFIX = "JUROR#"
_NOBODY = say("nobody_on_jury", "Nobody of that id is on the jury. Look at the list of jurors.")


class Juror(table.Item, discriminator="juror"):
    """One account on a competition's jury. The judgements of one who is excluded do not count."""

    user = UnicodeAttribute()
    username = UnicodeAttribute()
    competition = UnicodeAttribute()
    status = UnicodeAttribute(default=ACTIVE)
    invited_by = UnicodeAttribute()
    invited_at = UTCDateTimeAttribute()

    @classmethod
    def at(cls, competition: str, user: str) -> Place["Juror"]:
        """The place of a competition's juror."""
        return Place(cls, f"JURY#{competition}", f"{_PREFIX}{user}")


def owner_key(user: str) -> str:
    return f"JUROR#{user}"


def add(juror: Juror, besides: Composer) -> None:
    """Raises Conflict when they are on the jury already."""
    writes.put_with(
        juror,
        besides,
        Juror.pk.does_not_exist(),
        Conflict(say("on_jury_already", "{username} is on the jury already.", username=juror.username)),
    )


def check_there(juror: Juror | None) -> Juror:
    """The juror who was looked for. Raises NotFound."""
    if juror is None:
        raise NotFound(_NOBODY)
    return juror


def set_status(juror: Juror, status: str, besides: Composer) -> None:
    """Count somebody's judgements, or do so no more. Raises NotFound."""

    def compose(write: Transaction) -> None:
        write.update(juror, actions=[Juror.status.set(status)], condition=Juror.pk.exists())
        besides(write)

    writes.transact(compose, otherwise=NotFound(_NOBODY))
    juror.status = status


def remove(competition: str, user: str, besides: Composer = writes.nothing) -> None:
    """Raises NotFound."""

    def compose(write: Transaction) -> None:
        write.delete(Juror(*Juror.at(competition, user)), condition=Juror.pk.exists())
        besides(write)

    writes.transact(compose, otherwise=NotFound(_NOBODY))


def of_competition(competition: str) -> list[Juror]:
    """A competition's whole jury, by their ids."""
    pk, _ = Juror.at(competition, "")
    is_juror = Juror.sk.startswith(_PREFIX)
    return patiently(lambda: list(Juror.query(pk, is_juror, consistent_read=True, limit=MAX_JURORS)))


def of_account(user: str, before: str | None, limit: int) -> tuple[list[Juror], str | None]:
    """One page of the juries that an account is on, those of the newest competitions first."""
    return table.newest_owned(Juror, owner_key(user), before, limit)


def new(competition: str, user: str, username: str, invited_by: str, now: datetime) -> Juror:
    """A juror who was just invited."""
    return Juror(
        *Juror.at(competition, user),
        user=user,
        username=username,
        competition=competition,
        invited_by=invited_by,
        invited_at=now,
        owner_pk=owner_key(user),
        owner_sk=competition,
    )
