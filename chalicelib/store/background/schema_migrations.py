"""Migrations of the schema: what a former build stored is given today's shape, beside live traffic (ADR 48)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from pynamodb.attributes import NumberAttribute, UnicodeAttribute

from chalicelib.store import table
from chalicelib.store.background import jobs
from chalicelib.store.background.jobs import BackgroundJob
from chalicelib.store.patience import patiently
from chalicelib.store.table import Item, Key, Place


class SchemaMigration(BackgroundJob, discriminator="schema_migration"):
    """The walk through the whole table to a version of the schema, which is the number of its steps.

    `after` is the key of the last item that it looked at, `seen` counts those, `migrated` the ones that got another shape
    and `left` the ones that were written meanwhile.
    """

    after_pk = UnicodeAttribute(null=True)
    after_sk = UnicodeAttribute(null=True)
    seen = NumberAttribute(default=0)
    migrated = NumberAttribute(default=0)
    left = NumberAttribute(default=0)

    @classmethod
    def at(cls, version: str) -> Place["SchemaMigration"]:
        """The place of the walk to a version."""
        return Place(cls, f"SCHEMA#{version}", "SCHEMA")

    @property
    def after(self) -> Key | None:
        """The place where it goes on; None at the beginning."""
        return (self.after_pk, self.after_sk) if self.after_pk else None


def new(version: int, now: datetime) -> SchemaMigration:
    """A walk to be stored."""
    return SchemaMigration(*SchemaMigration.at(str(version)), id=str(version), created_at=now)


def find(version: str) -> SchemaMigration | None:
    """None for one that never began."""
    (found,) = table.read(SchemaMigration.at(version))
    return found


@dataclass(frozen=True)
class Page:
    """A page of the whole table: the `items` that have another shape than their model's, how many were looked at, and the
    key of the last one, None at the table's end."""

    items: list[Item]
    seen: int
    after: Key | None


def walk(shapes: Mapping[type[Item], int], after: Key | None, limit: int) -> Page:
    """Look at the next `limit` items of all that there are: the one walk through the whole table. Raises Busy."""
    table.know_every_model()
    behind = Item.shape.does_not_exist()
    wanted = [(Item.kind == model) & (behind | (Item.shape < shape)) for model, shape in shapes.items()]
    start = {"pk": {"S": after[0]}, "sk": {"S": after[1]}} if after else None
    # A model's own would name all models, of which DynamoDB takes 100: see Item.query.
    scan: Any = Item._get_connection().scan
    how = {"limit": limit, "exclusive_start_key": start, "consistent_read": True}
    page = patiently(lambda: scan(reduce(or_, wanted), **how))
    last = page.get("LastEvaluatedKey")
    items = [Item.from_raw_data(item) for item in page["Items"]]
    return Page(items, int(page["ScannedCount"]), (last["pk"]["S"], last["sk"]["S"]) if last else None)


def keep_page(migration: SchemaMigration, page: Page, migrated: int, left: int) -> None:
    """Store how far it is; after the last page it is through. Raises TakenOver."""
    after = page.after
    sums = [SchemaMigration.seen.add(page.seen), SchemaMigration.migrated.add(migrated), SchemaMigration.left.add(left)]
    if after is None:
        jobs.finish(migration, [*sums, SchemaMigration.after_pk.remove(), SchemaMigration.after_sk.remove()])
    else:
        jobs.advance(migration, [*sums, SchemaMigration.after_pk.set(after[0]), SchemaMigration.after_sk.set(after[1])])
