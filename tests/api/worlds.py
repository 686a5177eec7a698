"""What tests begin with. To import a bundle costs half a hundred calls; to put its rows and files back costs one a file."""

from collections.abc import Callable, Hashable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from tests.api import quick_moto

#: The most that one BatchWriteItem takes.
BATCH = 25
Row = dict[str, Any]
Place = tuple[str, str]


@dataclass(frozen=True)
class World:
    """Rows as DynamoDB spells them, objects as PutObject is told of them, and what their maker answered.

    `items` are the rows as moto has them, once they were put back by calls.
    """

    rows: list[Row]
    objects: list[dict[str, Any]]
    answer: Any
    items: list[Any] = field(default_factory=list)


@dataclass
class Worlds:
    """Worlds of a session. They are put into one table and some buckets, which each test finds empty."""

    dynamodb: Any
    s3: Any
    table: str
    buckets: Sequence[str]
    known: dict[tuple[Hashable, ...], World] = field(default_factory=dict)
    path: tuple[Hashable, ...] = ()

    def begin(self) -> None:
        """Forget what the former test has asked for."""
        self.path = ()

    def of(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What `make` answers, or what it did when an earlier test had asked for the same, in the same order.

        Ids are those of the earlier test then, so they sort in that order too. What changes a row that is there already
        is made each time.
        """
        self.path = (*self.path, key)
        if known := self.known.get(self.path):
            self.put_back(known)
            return deepcopy(known.answer)
        rows, places = self.rows(), self._places()
        answer = make()
        added = [row for row in self.rows() if row not in rows]
        if not {(row["pk"]["S"], row["sk"]["S"]) for row in added} & {(row["pk"]["S"], row["sk"]["S"]) for row in rows}:
            objects = [self._object(*place) for place in self._places() if place not in places]
            self.known[self.path] = World(added, objects, deepcopy(answer))
        return answer

    def keys(self, bucket: str) -> list[str]:
        """The key of each object of a bucket."""
        return [item["Key"] for item in self.s3.list_objects_v2(Bucket=bucket).get("Contents", [])]

    def put_back(self, world: World) -> None:
        """Store a world, besides what there is."""
        if world.items:
            quick_moto.put_items(self.table, world.items)
        else:
            self._put(world.rows)
            world.items.extend(quick_moto.items(self.table, world.rows))
        for told in world.objects:
            self.s3.put_object(**told)

    def _put(self, rows: Sequence[Row]) -> None:
        for start in range(0, len(rows), BATCH):
            puts = [{"PutRequest": {"Item": row}} for row in rows[start : start + BATCH]]
            self.dynamodb.batch_write_item(RequestItems={self.table: puts})

    def _places(self) -> list[Place]:
        return [(bucket, key) for bucket in self.buckets for key in self.keys(bucket)]

    def rows(self) -> list[Row]:
        """Every row of the table, as DynamoDB spells it."""
        answer = self.dynamodb.scan(TableName=self.table)
        assert "LastEvaluatedKey" not in answer, "A world is of one page."
        found: list[Row] = answer["Items"]
        return found

    def _object(self, bucket: str, key: str) -> dict[str, Any]:
        found = self.s3.get_object(Bucket=bucket, Key=key, ChecksumMode="ENABLED")
        told = {"Bucket": bucket, "Key": key, "Body": found["Body"].read(), "ContentType": found["ContentType"]}
        # Where S3 keeps a checksum, it is the one that the sender stated.
        return told | {name: found[name] for name in ("ChecksumSHA256",) if name in found}
