"""Acts of who runs a competition or the site, or has something there, as they stand in audit logs."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib import ids
from chalicelib.domain.bundle import differences
from chalicelib.domain.people.accounts import Account
from chalicelib.store import audit, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.writes import Composer, Transaction


def made(
    subject: str,
    what: str,
    by: Account,
    now: datetime,
    *,
    submission: str | None = None,
    participant: str | None = None,
    before: Any = None,
    after: Any = None,
    reason: str = "",
) -> AuditEntry:
    """The record of what an account does, about the `subject` of this id: a phase with its submissions, a competition, an
    organization, or what an account has."""
    id_ = ids.new(now)
    return AuditEntry(
        *AuditEntry.at(subject, id_),
        id=id_,
        made_at=now,
        by=by.username,
        what=what,
        submission=submission,
        participant=participant,
        before=before,
        after=after,
        reason=reason or None,
    )


def along_of_owner(owner: str, what: str, by: Account, now: datetime, *, before: Any = None, after: Any = None) -> Composer:
    """The record of an act on what the account of an id has, as what goes along: its own log's entry.

    An administrator's act on what is somebody else's, or the site's, is told in the site's log as well.
    """
    subjects = [owner] if by.id == owner else [*filter(None, [owner]), audit.SITE]
    entries = [made(subject, what, by, now, before=before, after=after) for subject in subjects]

    def compose(write: Transaction) -> None:
        for entry in entries:
            audit.recording(write, entry)

    return compose


def change_of_owner(
    owner: str,
    what: str,
    by: Account,
    now: datetime,
    thing: Mapping[str, str],
    former: Mapping[str, Any],
    changes: Mapping[str, Any],
) -> Composer:
    """The record of other words about a `thing` that an account has: what `changes`, and what the `former` values were.

    Nothing where they say the same.
    """
    before, after = changed(former, changes)
    if not before:
        return writes.nothing
    return along_of_owner(owner, what, by, now, before={**thing, **before}, after={**thing, **after})


def changed(former: Mapping[str, Any], changes: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Values that change, as they were and as they are to be: those that differ, and long ones cut."""
    said, will_say = ({key: _plain(some.get(key)) for key in changes} for some in (former, changes))
    return differences.told(differences.between(said, will_say))


def _plain(value: Any) -> Any:
    """A value as JSON has it; a set of nobody is none."""
    return (sorted(value) or None) if isinstance(value, set) else value
