"""Audit logs are only added to: what is done otherwise is refused by DynamoDB, by IAM, or here."""

from datetime import UTC, datetime
from typing import Any

import pytest

from chalicelib.store import audit, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.writes import ConditionFailed
from tests.api.conftest import Site


def entry(subject: str = audit.SITE, **said: Any) -> AuditEntry:
    place = AuditEntry.at(subject, "e")
    return AuditEntry(*place, id="e", made_at=datetime.now(UTC), by="root", what="paused", **said)


def test_an_entry_takes_no_others_place(site: Site) -> None:
    writes.transact(audit.along(entry(reason="first")))
    with pytest.raises(ConditionFailed):
        writes.transact(audit.along(entry(reason="second")))
    assert [one.reason for one in audit.newest(audit.SITE, None, 9)[0]] == ["first"]


@pytest.mark.parametrize(
    "change",
    [
        lambda one: writes.update(one, [AuditEntry.by.set("nobody")]),
        lambda one: writes.delete(one),
        lambda one: writes.put(one),
        lambda one: writes.transact(lambda write: write.update(one, actions=[AuditEntry.by.set("nobody")])),
        lambda one: writes.transact(lambda write: write.delete(one)),
        lambda one: writes.transact(lambda write: write.save(one)),
        lambda _one: audit.forget(audit.SITE),
    ],
    ids=["update", "delete", "put", "update in a transaction", "delete in one", "put in one", "the site's log"],
)
def test_a_test_fails_that_does_anything_else_with_one(site: Site, change: Any) -> None:
    writes.transact(audit.along(entry()))
    with pytest.raises(pytest.fail.Exception, match="audit logs are added"):
        change(entry())
    assert len(audit.newest(audit.SITE, None, 9)[0]) == 1


def test_a_log_of_which_nobody_is_left_to_read_goes_along(site: Site) -> None:
    writes.transact(audit.along(entry("organization")))
    audit.succeed("organization", "another")
    assert [len(audit.newest(subject, None, 9)[0]) for subject in ("organization", "another")] == [0, 1]
    audit.forget("another")
    assert audit.newest("another", None, 9)[0] == []
