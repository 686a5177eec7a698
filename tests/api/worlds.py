"""What tests begin with. To import a bundle costs half a hundred calls; to put its rows and files back costs six."""

from collections.abc import Callable, Hashable, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

#: The most that one BatchWriteItem takes.
BATCH = 25


@dataclass(frozen=True)
class World:
    """Rows as DynamoDB spells them, objects as PutObject is told of them, and what its maker answered."""

    rows: list[dict[str, Any]]
    objects: list[dict[str, Any]]
    answer: Any


@dataclass
class Worlds:
    """Worlds of a session, which all lie in one table and some buckets, one at a time."""

    dynamodb: Any
    s3: Any
    table: str
    buckets: Sequence[str]
    known: dict[Hashable, World] = field(default_factory=dict)
    has_begun: bool = False

    def begin(self) -> None:
        """Have the next test begin with a world. Table and buckets are empty."""
        self.has_begun = False

    def first(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What `make` answers; who asks for it first in a test may get what is known by `key`, with the same ids."""
        if self.has_begun:
            return make()
        self.has_begun = True
        if key in self.known:
            self.put_back(self.known[key])
        elif self._scan(Limit=1):
            return make()
        else:
            self.known[key] = self._taken(make())
        return deepcopy(self.known[key].answer)

    def keys(self, bucket: str) -> list[str]:
        """The key of each object of a bucket."""
        return [item["Key"] for item in self.s3.list_objects_v2(Bucket=bucket).get("Contents", [])]

    def put_back(self, world: World) -> None:
        """Store a world, besides what there is."""
        for start in range(0, len(world.rows), BATCH):
            puts = [{"PutRequest": {"Item": row}} for row in world.rows[start : start + BATCH]]
            self.dynamodb.batch_write_item(RequestItems={self.table: puts})
        for told in world.objects:
            self.s3.put_object(**told)

    def _scan(self, **limits: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.dynamodb.scan(TableName=self.table, **limits)["Items"]
        return found

    def _taken(self, answer: Any) -> World:
        objects = [self._object(bucket, key) for bucket in self.buckets for key in self.keys(bucket)]
        return World(self._scan(), objects, answer)

    def _object(self, bucket: str, key: str) -> dict[str, Any]:
        found = self.s3.get_object(Bucket=bucket, Key=key, ChecksumMode="ENABLED")
        told = {"Bucket": bucket, "Key": key, "Body": found["Body"].read(), "ContentType": found["ContentType"]}
        # Where S3 keeps a checksum, it is the one that the sender stated.
        return told | {name: found[name] for name in ("ChecksumSHA256",) if name in found}
