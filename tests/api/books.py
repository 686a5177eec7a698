"""Crashes at any call, and whether a site's books are right after them: what is named is there, what is there is named."""

import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any, NamedTuple

import pytest

from tests.api.conftest import Site, client


class Crash(Exception):
    """The function dies."""


@contextmanager
def crashing(monkeypatch: pytest.MonkeyPatch, at: int, of: str = "") -> Iterator[list[str]]:
    """Let the call number `at` of S3 or DynamoDB, and all after it, fail, as when a machine loses its power.

    With `of`, only calls of that name count. Gives the names of the calls.
    """
    from botocore.client import BaseClient

    real, calls = BaseClient._make_api_call, []

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        if self.meta.service_model.service_name in ("s3", "dynamodb"):
            calls.extend([operation] if of in ("", operation) else [])
            if len(calls) >= at:
                raise Crash
        return real(self, operation, arguments)

    with monkeypatch.context() as patch:
        patch.setattr(BaseClient, "_make_api_call", call)
        with suppress(Crash):
            yield calls


@contextmanager
def meeting(monkeypatch: pytest.MonkeyPatch, other: Callable[[], Any], before: str) -> Iterator[list[Any]]:
    """Have something else come between what a verb has read and its first call of a name. Gives what the other answered."""
    from botocore.client import BaseClient

    real, answers = BaseClient._make_api_call, list[Any]()

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        if operation == before:
            patch.setattr(BaseClient, "_make_api_call", real)
            answers.append(other())
        return real(self, operation, arguments)

    with monkeypatch.context() as patch:
        patch.setattr(BaseClient, "_make_api_call", call)
        yield answers


class Everything(NamedTuple):
    """What a site holds, without what is said of uploads and imports."""

    rows: list[dict[str, Any]]
    objects: list[tuple[str, str]]
    begun: list[dict[str, Any]]


def everything(site: Site) -> Everything:
    """Read it all."""
    rows = [row for row in site.rows() if row["kind"] not in ("upload", "import")]
    s3, bucket = client("s3"), site.outputs["FilesBucket"]
    objects = [(item["Key"], item["ETag"]) for item in s3.list_objects_v2(Bucket=bucket).get("Contents", [])]
    begun = s3.list_multipart_uploads(Bucket=bucket).get("Uploads", [])
    return Everything(sorted(rows, key=lambda row: (row["pk"], row["sk"])), sorted(objects), begun)


def mistakes(site: Site) -> list[str]:
    """What is wrong with the books of a site on which nothing is under way."""
    _, objects, begun = everything(site)
    rows = [_read(row) for row in site.rows()]
    there, named = {key for key, _ in objects}, _named_objects(rows)
    noted = {(row["pk"], row["user_kind"], row["user_id"]) for row in rows if row["kind"] == "dataset_use"}
    needed, counts = _needed_datasets(rows), Counter(pk for pk, *_ in noted)
    wrong = [f"nothing names {key}" for key in sorted(there - named)]
    wrong += [f"{key} is gone" for key in sorted(named - there)]
    wrong += [f"nothing needs the use {use}" for use in sorted(noted - needed)]
    wrong += [f"the use {use} is not noted" for use in sorted(needed - noted)]
    for row in rows:
        if row["kind"] == "dataset" and row["uses"] != counts[row["pk"]]:
            wrong.append(f"{row['pk']} counts {row['uses']} uses and has {counts[row['pk']]}")
    lines = {(row["pk"], row["competition"]) for row in rows if row["kind"] == "queue_use"}
    wanted = {(f"QUEUE#{queue}", row["id"]) for row in rows if (queue := row.get("options", {}).get("queue"))}
    wrong += [f"{use} is not right" for use in sorted(lines ^ wanted)]
    wrong += [f"{one['Key']} was begun and not finished" for one in begun]
    wrong += miscounted(site)
    return wrong + [f"{row['pk']} is left over" for row in rows if row["kind"] == "leftover"]


def miscounted(site: Site) -> list[str]:
    """What the counters of storage say of each holder and kind, where rows say otherwise."""
    counted, wanted = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    for row in site.worlds.rows():
        if row["kind"]["S"] == "storage_counter":
            for kind in ("uploads", "submissions", "datasets", "bundles", "exports", "total"):
                counted[row["pk"]["S"].removeprefix("STORAGE#"), kind] += int(row.get(kind, {"N": "0"})["N"])
    for row in map(_read, site.rows()):
        for holder, kind, size_bytes in _stored(row):
            wanted[holder, kind] += size_bytes
            wanted[holder, "total"] += size_bytes
    return [
        f"{at} counts {counted[at]} bytes and has {wanted[at]}" for at in {*counted, *wanted} if counted[at] != wanted[at]
    ]


_KEPT = {"submission": "submissions", "dataset": "datasets", "bundle": "bundles"}


def _stored(row: dict[str, Any]) -> Iterator[tuple[str, str, int]]:
    """Whose storage a row takes, as what, and how much of it."""
    kind = row["kind"]
    if kind == "upload" and row["state"] in ("begun", "committed"):
        yield f"account#{row['owner']}", "uploads", int(row["size_bytes"])
    elif kind == "upload" and row["state"] == "used":
        for holder in (f"account#{row['owner']}", f"competition#{row['competition']}" if "competition" in row else None):
            if holder:
                yield holder, _KEPT[row["purpose"]], int(row["size_bytes"])
    elif kind == "dataset" and row["object_key"].startswith("datasets/"):
        yield f"account#{row['owner']}", "datasets", int(row["size_bytes"])
    elif kind == "dump" and row["status"] == "Finished":
        yield f"competition#{row['competition']}", "exports", int(row["size_bytes"])
    elif kind == "parcel":
        for one in json.loads(row["zips"]):
            yield f"competition#{row['competition']}", "exports", int(one["size_bytes"])
    elif kind == "competition":
        refs = [*row["pages"], row.get("terms"), row.get("logo"), *(row.get("assets") or {}).values()]
        yield (
            f"competition#{row['id']}",
            "bundles",
            sum({one["object_key"]: one["size_bytes"] for one in refs if one}.values()),
        )


_JSON = ("pages", "terms", "logo", "assets", "originals", "files", "tasks", "solutions", "handouts", "options")


def _read(row: dict[str, Any]) -> dict[str, Any]:
    return {name: json.loads(value) if name in _JSON and isinstance(value, str) else value for name, value in row.items()}


def _named_objects(rows: list[dict[str, Any]]) -> set[str]:
    named = {row["object_key"] for row in rows if row["kind"] in ("dataset", "dump")}
    named |= {row["object_key"] for row in rows if row["kind"] == "upload" and row["state"] == "committed"}
    for row in rows:
        if row["kind"] == "competition":
            refs = [*row["pages"], row.get("terms"), row.get("logo"), *(row.get("assets") or {}).values()]
            named |= {ref["object_key"] for ref in [*refs, *(row.get("originals") or [])] if ref}
    return named


def _needed_datasets(rows: list[dict[str, Any]]) -> set[tuple[str, str, str]]:
    needed = set()
    for row in rows:
        if row["kind"] == "task":
            refs, user = list(row["files"].values()), ("task", row["id"])
        elif row["kind"] == "competition":
            refs = [ref for task in row["tasks"].values() for ref in task["files"].values()]
            refs, user = refs + [solution["file"] for solution in row.get("solutions") or []], ("competition", row["id"])
        elif row["kind"] == "phase":
            refs, user = list((row.get("handouts") or {}).values()), ("competition", row["competition"])
        else:
            continue
        needed |= {(f"DATASET#{ref['dataset']}", *user) for ref in refs}
    return needed
