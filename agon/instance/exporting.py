"""All that a stack holds into a folder: items, people, secrets, objects. Run again, it goes on where it was."""

from __future__ import annotations

import shutil
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from agon.instance.cloud import Cloud, client, workers
from agon.instance.folder import SEGMENTS, Folder

_CHUNK_BYTES = 1024**2
Say = Callable[[str], None]
#: Headers of an object that belong to it, as S3 calls them.
HEADERS = ("ContentType", "ContentDisposition", "ContentEncoding", "CacheControl", "Metadata")
#: What Cognito has of an account who confirmed it, or was given a password.
_CONFIRMED = ("CONFIRMED", "RESET_REQUIRED", "FORCE_CHANGE_PASSWORD")


def export(cloud: Cloud, folder: Folder, say: Say) -> None:
    """Fill the folder. What is there already is not fetched again. Raises BadFile, CloudFailed.

    Objects come after the items that name them, so that what is in the table has its objects.
    """
    folder.begin(cloud.stack, cloud.id)
    if folder.is_finished:
        say("This export is finished already. For a newer one take another folder.")
        return
    _items(cloud, folder)
    say(f"{folder.items} items.")
    folder.keep_people(sorted(_people(cloud), key=lambda one: str(one["username"])))
    folder.keep_secrets(_secrets(cloud))
    say(f"{folder.state['people']} accounts, {folder.state['secrets']} secrets.")
    for name, bucket in cloud.buckets.items():
        _objects(bucket, name, folder)
        told = folder.state["buckets"][name]
        say(f"{told['objects']} objects of the {name} bucket, {told['bytes']:,} bytes.")
    folder.finish()


def _items(cloud: Cloud, folder: Folder) -> None:
    """The table's items, by a walk in parallel segments, each of which goes on where it was."""
    lock = threading.Lock()

    def walk(segment: int) -> None:
        while not (state := folder.state["segments"][segment])["done"]:
            start = {"ExclusiveStartKey": state["after"]} if state["after"] else {}
            page = client("dynamodb").scan(
                TableName=cloud.table, Segment=segment, TotalSegments=SEGMENTS, ConsistentRead=True, **start
            )
            with lock:
                folder.keep_page(segment, page["Items"], page.get("LastEvaluatedKey"))

    with workers() as executor:
        list(executor.map(walk, range(SEGMENTS)))


def _people(cloud: Cloud) -> Iterator[dict[str, Any]]:
    """The accounts that may sign in, with their groups. Who has not confirmed theirs yet signs up anew."""
    cognito, groups = client("cognito-idp"), _groups(cloud)
    for page in cognito.get_paginator("list_users").paginate(UserPoolId=cloud.pool):
        for user in page["Users"]:
            attributes = {one["Name"]: one["Value"] for one in user["Attributes"]}
            if user["UserStatus"] in _CONFIRMED:
                yield {
                    "username": user["Username"],
                    "id": attributes["sub"],
                    "email": attributes.get("email", ""),
                    "enabled": user["Enabled"],
                    "groups": sorted(name for name, members in groups.items() if user["Username"] in members),
                }


def _groups(cloud: Cloud) -> dict[str, set[str]]:
    cognito = client("cognito-idp")
    pages = cognito.get_paginator("list_groups").paginate(UserPoolId=cloud.pool)
    names = [group["GroupName"] for page in pages for group in page["Groups"]]
    members = cognito.get_paginator("list_users_in_group")
    found = {name: members.paginate(UserPoolId=cloud.pool, GroupName=name) for name in names}
    return {name: {user["Username"] for page in pages for user in page["Users"]} for name, pages in found.items()}


def _secrets(cloud: Cloud) -> dict[str, str]:
    pages = client("ssm").get_paginator("get_parameters_by_path")
    found = pages.paginate(Path=cloud.secrets_path.rstrip("/"), Recursive=True, WithDecryption=True)
    kept = (one for page in found for one in page["Parameters"])
    return {one["Name"].removeprefix(cloud.secrets_path): one["Value"] for one in kept}


def _objects(bucket: str, name: str, folder: Folder) -> None:
    """The newest version of each object, a page of the bucket's list after another."""
    state = folder.state["buckets"][name]
    with tempfile.TemporaryDirectory(dir=folder.path) as scratch, workers() as executor:
        while not state["done"]:
            start = {"StartAfter": state["after"]} if state["after"] else {}
            page = client("s3").list_objects_v2(Bucket=bucket, **start)
            keys = [one["Key"] for one in page.get("Contents", ())]
            fetched = [one for one in executor.map(lambda key: _fetch(bucket, key, Path(scratch), folder), keys) if one]
            folder.keep_objects(name, fetched, keys[-1] if keys else None, not page.get("IsTruncated"))


def _fetch(bucket: str, key: str, scratch: Path, folder: Folder) -> dict[str, Any] | None:
    """One object; None for what went after it was listed."""
    try:
        found = client("s3").get_object(Bucket=bucket, Key=key)
    except client("s3").exceptions.NoSuchKey:
        return None
    with tempfile.NamedTemporaryFile(dir=scratch, delete=False) as file:
        shutil.copyfileobj(found["Body"], file, _CHUNK_BYTES)
    headers = {name: found[name] for name in HEADERS if found.get(name)}
    return {
        "key": key,
        "size": found["ContentLength"],
        "sha256": folder.keep_object(Path(file.name)),
        "headers": headers,
    }
