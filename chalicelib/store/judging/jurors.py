"""Who judges the submissions of which competition."""

from datetime import datetime

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import DeleteError, PutError, UpdateError

from chalicelib.errors import Conflict, NotFound
from chalicelib.store import table

ACTIVE, EXCLUDED = "active", "excluded"
#: More than anybody invites. One query reads them all.
MAX_JURORS = 1000
_PREFIX = "JUROR#"
_FAILED = "ConditionalCheckFailedException"


class Juror(table.Item, discriminator="juror"):
    """One account on a competition's jury. The judgements of one who is excluded do not count."""

    user = UnicodeAttribute()
    username = UnicodeAttribute()
    competition = UnicodeAttribute()
    status = UnicodeAttribute(default=ACTIVE)
    invited_by = UnicodeAttribute()
    invited_at = UTCDateTimeAttribute()


def key(competition: str, user: str) -> table.Key:
    return f"JURY#{competition}", f"{_PREFIX}{user}"


def owner_key(user: str) -> str:
    return f"JUROR#{user}"


def add(juror: Juror) -> None:
    """Raises Conflict when they are on the jury already."""
    try:
        juror.save(condition=Juror.pk.does_not_exist())
    except PutError as error:
        if error.cause_response_code != _FAILED:
            raise
        raise Conflict(f"{juror.username} is on the jury already.") from error


def set_status(competition: str, user: str, status: str) -> Juror:
    """Count somebody's judgements, or do so no more. Raises NotFound."""
    juror = Juror(*key(competition, user))
    try:
        juror.update(actions=[Juror.status.set(status)], condition=Juror.pk.exists())
    except UpdateError as error:
        if error.cause_response_code != _FAILED:
            raise
        raise NotFound("Nobody of that id is on the jury. Look at the list of jurors.") from error
    return juror


def remove(competition: str, user: str) -> None:
    """Raises NotFound."""
    try:
        Juror(*key(competition, user)).delete(condition=Juror.pk.exists())
    except DeleteError as error:
        if error.cause_response_code != _FAILED:
            raise
        raise NotFound("Nobody of that id is on the jury. Look at the list of jurors.") from error


def of_competition(competition: str) -> list[Juror]:
    """A competition's whole jury, by their ids."""
    pk, _ = key(competition, "")
    return list(Juror.query(pk, Juror.sk.startswith(_PREFIX), consistent_read=True, limit=MAX_JURORS))


def of_account(user: str, before: str | None, limit: int) -> tuple[list[Juror], str | None]:
    """One page of the juries that an account is on, those of the newest competitions first."""
    return table.newest_owned(Juror, owner_key(user), before, limit)


def new(competition: str, user: str, username: str, invited_by: str, now: datetime) -> Juror:
    """A juror who was just invited."""
    return Juror(
        *key(competition, user),
        user=user,
        username=username,
        competition=competition,
        invited_by=invited_by,
        invited_at=now,
        owner_pk=owner_key(user),
        owner_sk=competition,
    )
