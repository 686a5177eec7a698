"""A stack's table and files as they were at an instant, before somebody's mistake.

DynamoDB restores an instant into another table. What differs there is copied back, so the stack keeps its table, with its
address, rights, backups and alarms. Files come back from their versions. It may be done again, from where it broke off: each
step looks at what there is.
"""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from botocore.exceptions import ClientError

from agon.instance.cloud import Cloud, CloudFailed, client, make_queue, workers
from agon.instance.items import DUE, READ_AT_ONCE, WRITTEN_AT_ONCE, at_rest, chunks, comparable, found_at, wake, write

Say = Callable[[str], None]
Item = dict[str, Any]
Key = tuple[str, str]
#: Kinds of items that stay as they are today, for what they say cannot be taken back, or must not be:
#: what was written into the logs, what has left the site, who may come in, who has gone, and what administrators set, such
#: as the pause in which this is done.
STAY = frozenset(
    (
        *("deed", "sweep_report", "sweep_failure", "schema_migration", "site"),
        *("event", "delivery", "mail", "mailing", "mailing_tally", "announcement_mailing", "notice", "suppression"),
        *(
            "access_token",
            "token_list",
            "runner_token",
            "sign_out",
            "open_session",
            "ban",
            "bucket",
            "runner",
            "address",
            "trusted_site",
        ),
        *("departure", "former_name", "account_job", "mail_preferences", "active_day", "activity"),
        *("storage_review", "storage_finding", "catalogue_review", "board", "board_counter", "result"),
    )
)
#: When a version was made, its id, and its content by S3's ETag.
_Version = tuple[datetime, str, str]
_NEVER: _Version = (datetime.min.replace(tzinfo=UTC), "", "")
#: S3 and DynamoDB keep what was for 30 and 35 days.
LONGEST = timedelta(days=30)
_POLL_SECONDS = 10.0


@dataclass
class Found:
    """Differences of today from what was, by kinds of items; and the files that are others or gone, by their keys."""

    gone: Counter[str] = field(default_factory=Counter)
    changed: Counter[str] = field(default_factory=Counter)
    new: Counter[str] = field(default_factory=Counter)
    files: dict[str, str] = field(default_factory=dict)

    @property
    def is_nothing(self) -> bool:
        """True when all is as it was."""
        return not (self.gone or self.changed or self.new or self.files)


def restored_table(stack: str, instant: str) -> str:
    """The name of a stack's table as it was at an instant; of none, what all their names begin with."""
    return f"{stack}-at-{instant}"


def restored(cloud: Cloud, instant: datetime, say: Say) -> str:
    """The name of a table with the items of an instant, which AWS makes. Takes some 20 minutes there. Raises CloudFailed."""
    if not datetime.now(UTC) - LONGEST < instant < datetime.now(UTC):
        raise CloudFailed(f"Say an instant of the last {LONGEST.days} days, such as 2026-11-30T14:00Z: no longer is kept.")
    name = restored_table(cloud.stack, f"{instant:%Y%m%dT%H%M%SZ}")
    dynamodb = client("dynamodb")
    try:
        dynamodb.restore_table_to_point_in_time(SourceTableName=cloud.table, TargetTableName=name, RestoreDateTime=instant)
        say(f"AWS restores the table to {name}. That takes a while.")
    except ClientError as error:
        if error.response["Error"]["Code"] not in ("TableAlreadyExistsException", "ResourceInUseException"):
            raise CloudFailed(f"The table cannot be restored to {instant.isoformat()}: {error}") from error
    while dynamodb.describe_table(TableName=name)["Table"]["TableStatus"] != "ACTIVE":
        time.sleep(_POLL_SECONDS)
    return name


def named(cloud: Cloud, table: str) -> str:
    """The name of a table that AWS has restored already. Raises CloudFailed for one that is not what the stack's own was.

    Whatever it lacks would go.
    """
    dynamodb = client("dynamodb")
    try:
        told = dynamodb.describe_table(TableName=table)["Table"]
        own = dynamodb.describe_table(TableName=cloud.table)["Table"]["TableArn"]
        is_empty = not dynamodb.scan(TableName=table, Limit=1)["Items"]
    except ClientError as error:
        raise CloudFailed(f"The table {table} cannot be read: {error}") from error
    # Emulators do not say of what a table was restored.
    source = told.get("RestoreSummary", {}).get("SourceTableArn", own)
    if is_empty or source != own:
        raise CloudFailed(
            f"The table {table} was not restored of {cloud.table}: all that it lacks would go. Nothing was done."
        )
    return table


class Rewind:
    """One stack, and a table with what its own had at an instant."""

    def __init__(self, cloud: Cloud, then: str, instant: datetime, say: Say) -> None:
        self._cloud, self._then, self._now, self._instant, self._say = cloud, then, cloud.table, instant, say
        self._phases: set[str] = set()

    def look(self) -> Found:
        """Find what differs, and change nothing."""
        return self._walk(is_for_good=False)

    def carry_out(self) -> Found:
        """Have all be as it was. What came since goes first: a removal that is under way ends there."""
        found = self._walk(is_for_good=True)
        self._wake()
        self._begin_removals_again()
        self._rebuild()
        return found

    def _walk(self, is_for_good: bool) -> Found:
        found = Found()
        for items in _pages(self._now):
            came = self._missing(items, self._then)
            found.new.update(_kind(item) for item in came)
            if is_for_good:
                _delete(self._now, came)
            self._note_phases(came)
        lost = self._lost_files()
        for items in _pages(self._then):
            gone, changed = self._differing(items)
            found.gone.update(_kind(item) for item in gone)
            found.changed.update(_kind(item) for item in changed)
            found.files |= {text: lost[text] for item in items for text in _texts(item) if text in lost}
            if is_for_good:
                for queue in (item["id"]["S"] for item in gone if _kind(item) == "queue" and item["id"]["S"] != "default"):
                    make_queue(self._cloud, queue)
                for chunk in chunks([at_rest(item) for item in gone + changed], WRITTEN_AT_ONCE):
                    write(self._now, chunk)
            self._note_phases(gone + changed)
        if is_for_good:
            self._bring_back(found.files)
        return found

    def _missing(self, items: list[Item], table: str) -> list[Item]:
        """The items that are not in the other table."""
        wanted = [item for item in items if _kind(item) not in STAY]
        there = {key for chunk in chunks(wanted, READ_AT_ONCE) for key in found_at(table, [_key(item) for item in chunk])}
        return [item for item in wanted if _key(item) not in there]

    def _differing(self, items: list[Item]) -> tuple[list[Item], list[Item]]:
        """Of the items that were: those that are gone, and those that are others today."""
        today: dict[Key, Item] = {}
        for chunk in chunks(items, READ_AT_ONCE):
            today |= found_at(self._now, [_key(item) for item in chunk])
        # Boards of what is gone have nothing that could stay.
        gone = [item for item in items if _key(item) not in today and (_kind(item) not in STAY or _is_of_board(item))]
        return gone, [
            item
            for item in items
            if _key(item) in today
            and _kind(item) not in STAY
            and comparable(at_rest(item)) != comparable(at_rest(today[_key(item)]))
        ]

    def _note_phases(self, items: list[Item]) -> None:
        keys = (_key(item)[0] for item in items)
        self._phases |= {pk.removeprefix("BOARD#") for pk in keys if pk.startswith("BOARD#")}

    def _lost_files(self) -> dict[str, str]:
        """The files that were there at the instant, and are gone or others today, by key: the version that was."""
        versions = client("s3").get_paginator("list_object_versions")
        was, gone, newest = dict[str, _Version](), dict[str, datetime](), dict[str, str]()
        for page in versions.paginate(Bucket=self._cloud.buckets["files"]):
            for one in page.get("Versions", ()):
                if one["IsLatest"]:
                    newest[one["Key"]] = one["ETag"]
                if one["LastModified"] <= self._instant:
                    version = one["LastModified"], one["VersionId"], one["ETag"]
                    was[one["Key"]] = max(was.get(one["Key"], _NEVER), version)
            for one in page.get("DeleteMarkers", ()):
                if one["LastModified"] <= self._instant:
                    gone[one["Key"]] = max(gone.get(one["Key"], _NEVER[0]), one["LastModified"])
        # What was brought back once has another version, with the same content.
        return {
            key: version
            for key, (at, version, content) in was.items()
            if at >= gone.get(key, _NEVER[0]) and newest.get(key) != content
        }

    def _bring_back(self, files: dict[str, str]) -> None:
        """Copy versions to where they were, in parts where they are large."""
        bucket, storage = self._cloud.buckets["files"], client("s3")
        with workers() as executor:
            sources = [({"Bucket": bucket, "Key": key, "VersionId": version}, key) for key, version in files.items()]
            list(executor.map(lambda one: storage.copy(one[0], bucket, one[1]), sources))

    def _wake(self) -> None:
        """Have what was due at the instant be due."""
        for items in _pages(self._then):
            for item in items:
                if _kind(item) not in STAY and any(name in item for name in DUE):
                    wake(self._now, item)

    def _begin_removals_again(self) -> None:
        """Who removed their account since is in what is stored again: what removed it goes through all once more."""
        since = f"{self._instant.astimezone(UTC):%Y-%m-%dT%H:%M:%S}"
        for items in _pages(self._now):
            for job in items:
                is_removal = _kind(job) == "account_job" and job["work"]["S"] in ("removal", "merger")
                if is_removal and job["created_at"]["S"] >= since:
                    _begin_again(self._now, job)
                    self._say(f"The account {job['account']['S']}, which was removed since then, is removed again.")

    def _rebuild(self) -> None:
        """Have the boards whose rows have changed made anew, the catalogue, and the lists of shared code."""
        for phase in sorted(self._phases):
            key = {"pk": {"S": f"BOARD#{phase}"}, "sk": {"S": "COUNTER#0"}}
            facts = {":kind": {"S": "board_counter"}, ":phase": {"S": phase}, ":one": {"N": "1"}, ":due": {"S": "DUE#0"}}
            client("dynamodb").update_item(
                TableName=self._now,
                Key=key,
                UpdateExpression="SET kind = :kind, phase = :phase, due_pk = :due, due_at = :at ADD changes :one",
                ExpressionAttributeValues={**facts, ":at": _seconds()},
            )
        if found_at(self._now, [("SITE", "SITE")]):
            # What was may lack notes that a build has made since then of whose shared code is: the next day's review does.
            client("dynamodb").update_item(
                TableName=self._now,
                Key={"pk": {"S": "SITE"}, "sk": {"S": "SITE"}},
                UpdateExpression="REMOVE code_is_listed",
            )
        if found_at(self._now, [("CATALOGUE", "REVIEW")]):
            client("dynamodb").update_item(
                TableName=self._now,
                Key={"pk": {"S": "CATALOGUE"}, "sk": {"S": "REVIEW"}},
                UpdateExpression="SET due_pk = :due, due_at = :at",
                ExpressionAttributeValues={":due": {"S": "DUE#0"}, ":at": _seconds()},
            )


def _pages(table: str) -> Iterator[list[Item]]:
    """All items of a table, page by page."""
    for page in client("dynamodb").get_paginator("scan").paginate(TableName=table, ConsistentRead=True):
        yield page["Items"]


def _kind(item: Item) -> str:
    return str(item["kind"]["S"])


def _key(item: Item) -> Key:
    return item["pk"]["S"], item["sk"]["S"]


def _is_of_board(item: Item) -> bool:
    return _kind(item) in ("board", "board_counter")


def _seconds() -> dict[str, str]:
    return {"N": str(int(time.time()))}


def _delete(table: str, items: list[Item]) -> None:
    for chunk in chunks(items, WRITTEN_AT_ONCE):
        left: dict[str, Any] = {table: [{"DeleteRequest": {"Key": {"pk": item["pk"], "sk": item["sk"]}}} for item in chunk]}
        while left := client("dynamodb").batch_write_item(RequestItems=left).get("UnprocessedItems") or {}:
            time.sleep(0.1)


def _begin_again(table: str, job: Item) -> None:
    values = {":waiting": {"S": "Waiting"}, ":none": {"N": "0"}, ":first": {"S": "taking part"}, ":due": {"S": "DUE#0"}}
    client("dynamodb").update_item(
        TableName=table,
        Key={"pk": job["pk"], "sk": job["sk"]},
        UpdateExpression="SET #s = :waiting, attempt = :none, stage = :first, due_pk = :due, due_at = :at REMOVE #c",
        ExpressionAttributeNames={"#s": "status", "#c": "cursor"},
        ExpressionAttributeValues={**values, ":at": _seconds()},
    )


def _texts(value: Any) -> Iterator[str]:
    """Every text in an item, also in the JSON documents that it has."""
    if isinstance(value, str):
        yield value
        if value[:1] in ("{", "["):
            try:
                yield from _texts(json.loads(value))
            except ValueError:
                return
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)
