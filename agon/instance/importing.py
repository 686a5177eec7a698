"""A folder into a stack that holds nothing yet: people, secrets, queues, objects, items. Run again, it goes on where it was.

Nothing happens to what is there before all is: an item that the sweeper or a runner would take up is stored without what
makes it due, and gets that at the end.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError

from agon.errors import BadFile
from agon.instance.cloud import Cloud, CloudFailed, client, make_queue, workers
from agon.instance.folder import Folder, write
from agon.instance.identities import Identities, tells_of_people
from agon.instance.items import (
    DUE,
    READ_AT_ONCE,
    UNUSED,
    WRITTEN_AT_ONCE,
    Item,
    at_rest,
    chunks,
    comparable,
    found_at,
    is_used,
    wake,
)
from agon.instance.items import write as write_items

Say = Callable[[str], None]


class Import:
    """One import of a folder into a stack."""

    def __init__(self, cloud: Cloud, folder: Folder, say: Say) -> None:
        self._cloud, self._folder, self._say = cloud, folder, say
        self._place: Path = folder.path / f"import-{cloud.id}.json"
        self._done: dict[str, Any] = {"ids": {}, "pages": [], "objects": {}, "opened": []}
        if self._place.exists():
            self._done = json.loads(self._place.read_text("utf-8"))

    def run(self) -> None:
        """Fill the stack. What is there already is not sent again. Raises BadFile, CloudFailed."""
        if not self._folder.is_finished:
            raise BadFile(f"The export in {self._folder.path} is not finished. Run `agon admin export` again first.")
        if not self._place.exists():
            _check_unused(self._cloud)
        self._people()
        self._secrets()
        for name, bucket in self._cloud.buckets.items():
            self._objects(name, bucket)
        self._items()
        self._check()
        self._open()
        self._say("All is there. People ask for a new password by mail before they sign in for the first time.")

    @property
    def _identities(self) -> Identities:
        return Identities(self._done["ids"])

    def _save(self) -> None:
        write(self._place, self._done)

    def _people(self) -> None:
        """Accounts of the same names, each with a password that nobody knows."""
        for number, person in enumerate(self._folder.people(), 1):
            if person["id"] not in self._done["ids"]:
                self._done["ids"][person["id"]] = _account(self._cloud.pool, person)
                if number % 50 == 0:
                    self._save()
        self._save()
        self._say(f"{len(self._done['ids'])} accounts.")

    def _secrets(self) -> None:
        for name, value in self._folder.secrets().items():
            client("ssm").put_parameter(
                Name=f"{self._cloud.secrets_path}{name}",
                Value=self._identities.text(value),
                Type="SecureString",
                Overwrite=True,
                Tier="Intelligent-Tiering",
            )

    def _objects(self, name: str, bucket: str) -> None:
        """The objects of a bucket, in their order; a try that was broken off sends at most the last hundred again."""
        found, begun = self._folder.objects(name), self._done["objects"].get(name, 0)
        with workers() as executor:
            for start in range(begun, len(found), 100):
                list(executor.map(lambda one: self._send(bucket, one), found[start : start + 100]))
                self._done["objects"][name] = start + 100
                self._save()
        self._say(f"{len(found)} objects of the {name} bucket.")

    def _send(self, bucket: str, one: dict[str, Any]) -> None:
        """One object, in parts where it is large. S3 refuses what is not what was sent."""
        path, key = self._folder.check_object(one["sha256"]), self._identities.text(one["key"])
        storage, checked = client("s3"), {"ChecksumAlgorithm": "SHA256"}
        if tells_of_people(one["key"]):
            content = self._identities.content(path.read_bytes())
            storage.put_object(Bucket=bucket, Key=key, Body=content, **checked, **one["headers"])
            return
        storage.upload_file(str(path), bucket, key, ExtraArgs={**checked, **one["headers"]})
        stored = storage.head_object(Bucket=bucket, Key=key)["ContentLength"]
        if stored != one["size"]:
            raise CloudFailed(f"{key} has {stored} bytes there, and {one['size']} here. Run this again.")

    def _pages(self) -> Iterator[tuple[str, list[Item]]]:
        for name, items in self._folder.pages():
            yield name, [self._identities.item(item) for item in items]

    def _items(self) -> None:
        for name, items in self._pages():
            if name in self._done["pages"]:
                continue
            for item in items:
                if item["kind"]["S"] == "queue" and item["id"]["S"] != "default":
                    make_queue(self._cloud, item["id"]["S"])
            parts = [[at_rest(item) for item in chunk] for chunk in chunks(items, WRITTEN_AT_ONCE)]
            with workers() as executor:
                list(executor.map(lambda part: write_items(self._cloud.table, part), parts))
            self._done["pages"].append(name)
            self._save()
        self._say(f"{self._folder.items} items.")

    def _check(self) -> None:
        """Compare each item that is there with what it is to be. Raises CloudFailed."""
        if self._done["opened"]:
            return
        for _, items in self._pages():
            with workers() as executor:
                parts = chunks([item for item in items if item["kind"]["S"] not in UNUSED], READ_AT_ONCE)
                wrong = sum(executor.map(lambda chunk: _differing(self._cloud.table, chunk), parts))
            if wrong:
                raise CloudFailed(f"{wrong} items differ from what was exported: does somebody use the stack already?")
        self._say("Every item is as it was exported.")

    def _open(self) -> None:
        """Have the sweeper and runners take up what is due."""
        for name, items in self._pages():
            if name in self._done["opened"]:
                continue
            due = [item for item in items if any(attribute in item for attribute in DUE)]
            with workers() as executor:
                list(executor.map(lambda item: wake(self._cloud.table, item), due))
            self._done["opened"].append(name)
            self._save()


def _check_unused(cloud: Cloud) -> None:
    """Raise CloudFailed for a stack that somebody uses."""
    if is_used(client("dynamodb"), cloud.table):
        raise CloudFailed(
            f"The stack {cloud.stack} is in use: its table has items. Import into a new one, whose people come with it."
        )


def _account(pool: str, person: dict[str, Any]) -> str:
    """Make somebody's account: its id, which is another one than it was. Raises CloudFailed where a stranger has its name.

    Anybody may sign up at the new stack meanwhile: only who reads the same mail is the same person.
    """
    cognito, named = client("cognito-idp"), {"UserPoolId": pool, "Username": person["username"]}
    attributes = [{"Name": "email", "Value": person["email"]}, {"Name": "email_verified", "Value": "true"}]
    try:
        cognito.admin_create_user(**named, UserAttributes=attributes, MessageAction="SUPPRESS")
    except ClientError as error:
        if error.response["Error"]["Code"] != "UsernameExistsException":
            raise
    user = cognito.admin_get_user(**named)
    its: dict[str, str] = {one["Name"]: one["Value"] for one in user["UserAttributes"]}
    if its.get("email", "").lower() != person["email"].lower():
        raise CloudFailed(
            f"Somebody has signed up at the new stack as {person['username']}, with another address than that account has."
            f" Remove theirs, then run this again: aws cognito-idp admin-delete-user --user-pool-id {pool}"
            f" --username {person['username']}"
        )
    if user["UserStatus"] != "CONFIRMED":
        # Cognito mails no code for a new password to who never had one.
        cognito.admin_set_user_password(**named, Password=secrets.token_urlsafe(40), Permanent=True)
    if its.get("email_verified") != "true":
        cognito.admin_update_user_attributes(**named, UserAttributes=attributes)
    for group in person["groups"]:
        cognito.admin_add_user_to_group(**named, GroupName=group)
    if not person["enabled"]:
        cognito.admin_disable_user(**named)
    return its["sub"]


def _differing(table: str, items: list[Item]) -> int:
    """How many items are not there as they are to be."""
    found = found_at(table, [(item["pk"]["S"], item["sk"]["S"]) for item in items])
    wanted = {(item["pk"]["S"], item["sk"]["S"]): comparable(at_rest(item)) for item in items}
    return sum(key not in found or comparable(found[key]) != item for key, item in wanted.items())
