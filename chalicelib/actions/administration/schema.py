"""The schema: which shape items of which model have today, and the walk that gives it to those of a former build (ADR 48).

A step takes one item from its former shape to the next. It does nothing twice, and what is written meanwhile goes before it.
Readers read both shapes as long as a site may have items of the former one: until the build after this.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib import responses, telemetry
from chalicelib.actions.competitions import slugs
from chalicelib.actions.people import audit_log
from chalicelib.actions.queues import registries
from chalicelib.aws import messages
from chalicelib.deadlines import OutOfTime, is_late
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Conflict, say
from chalicelib.store import audit, writes
from chalicelib.store.background import jobs, schema_migrations
from chalicelib.store.background.schema_migrations import SchemaMigration
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.queues.registries import Registry
from chalicelib.store.table import Item
from chalicelib.store.writes import Transaction

#: Items looked at by one call: at 400 KB an item, which is the most, DynamoDB answers fewer.
PAGE = 500


@dataclass(frozen=True)
class Step:
    """One step of the schema: items of a model `to` a shape. `take` is False when somebody else has written the item."""

    model: type[Item]
    to: int
    take: Callable[[Any, datetime], bool]


#: In their order. A new one goes to the end: how many there are is the schema's version.
STEPS: tuple[Step, ...] = (
    # A password was in its row; it is among the secrets alone (ADR 26).
    Step(Registry, 1, lambda registry, _now: registries.move_password(registry)),
    # A competition had no slug until it was looked at (ADR 41).
    Step(Competition, 1, slugs.settle),
)


def version() -> int:
    """The version of the schema that this build writes."""
    return len(STEPS)


def shapes() -> Mapping[type[Item], int]:
    """The models that have steps, with the shape that their items have today."""
    return {step.model: step.to for step in STEPS}


def begin_after_update(now: datetime) -> None:
    """Have what a former build left migrated, once a version however often it is said."""
    jobs.create_at(schema_migrations.new(version(), now), now)


def begin(account: Account, now: datetime) -> responses.SchemaMigration:
    """Have the whole table walked through now, again where that was done. Raises Conflict while it is."""
    former = schema_migrations.find(str(version()))
    if former is not None and former.status not in jobs.OVER:
        raise Conflict(
            say(
                "table_being_walked",
                "The table is being walked through. `agon admin migrate-schema --show` tells how far that is.",
            )
        )
    migration = schema_migrations.new(version(), now)
    jobs.waiting(migration)
    told = {"version": version()}
    entry = audit_log.entry_of_site(None, "schema_migrated", None, told, "", account, now)
    over = SchemaMigration.pk.does_not_exist() | SchemaMigration.status.is_in(*jobs.OVER)

    def compose(write: Transaction) -> None:
        write.save(migration, condition=over)
        audit.recording(write, entry)

    writes.transact(compose, otherwise=Conflict(say("schema_just_begun", "Somebody else has just begun this.")))
    messages.send_schema_migration(migration.id)
    return _answer(migration)


def show() -> responses.Schema:
    """The version of today, and how far the walk to it is."""
    found = schema_migrations.find(str(version()))
    return responses.Schema(version(), _answer(found) if found else None)


def work(migration: SchemaMigration, now: datetime, deadline: datetime) -> None:
    """Walk on, page after page. Raises OutOfTime, TakenOver, Busy."""
    while migration.status == jobs.RUNNING:
        page = schema_migrations.walk(shapes(), migration.after, PAGE)
        taken = [_take(item, now) for item in page.items]
        schema_migrations.keep_page(migration, page, taken.count(True), taken.count(False))
        if page.after is not None and is_late(deadline):
            raise OutOfTime
    telemetry.logger.info("schema migrated", version=migration.id, seen=int(migration.seen))


def _take(item: Item, now: datetime) -> bool:
    """Take the steps that an item lacks. False when somebody else wrote it, in today's shape."""
    missing = (step for step in STEPS if step.model is type(item) and step.to > int(item.shape or 0))
    return all(step.take(item, now) for step in missing)


def _answer(migration: SchemaMigration) -> responses.SchemaMigration:
    return responses.SchemaMigration(
        version=int(migration.id),
        status=migration.status,  # type: ignore[arg-type]
        created_at=migration.created_at,
        seen=int(migration.seen),
        migrated=int(migration.migrated),
        left=int(migration.left),
        reason=migration.reason or "",
    )
