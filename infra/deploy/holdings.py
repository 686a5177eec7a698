"""What a stack holds that would be lost with it, and its end."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from agon.instance.items import is_used
from agon.instance.rewinding import restored_table
from agon.local.formation import WITH_DATA, Formation
from infra.deploy.account import Account, empty


@dataclass(frozen=True)
class Holdings:
    """The tables, buckets and pools of a stack: each with its kind and its own name."""

    account: Account
    found: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, account: Account, formation: Formation) -> "Holdings":
        """What the stack has of them, and the tables that rewinds of it have left."""
        found = [one for one in formation.resources().values() if one[0] in WITH_DATA and one[1]]
        left = [(_Tables.KIND, name) for name in _Tables(account).restored(formation.name)]
        return cls(account, tuple(sorted([*found, *left])))

    def protected(self) -> list[str]:
        """Sentences about what AWS itself keeps from being deleted."""
        return [sentence for kind, name in self.found for sentence in self._keeper(kind).protection(name)]

    def held(self) -> list[str]:
        """Sentences about what is not empty."""
        return [sentence for kind, name in self.found for sentence in self._keeper(kind).contents(name)]

    def delete(self) -> None:
        """Delete them with all that they hold."""
        for kind, name in self.found:
            self._keeper(kind).delete(name)

    def _keeper(self, kind: str) -> "_Tables | _Buckets | _Pools":
        return {one.KIND: one for one in (_Tables, _Buckets, _Pools)}[kind](self.account)


class _Tables:
    KIND = "AWS::DynamoDB::Table"

    def __init__(self, account: Account) -> None:
        self._client = account.client("dynamodb")

    def protection(self, name: str) -> Iterator[str]:
        if self._client.describe_table(TableName=name)["Table"].get("DeletionProtectionEnabled"):
            yield f"The table {name} is protected from deletion."

    def contents(self, name: str) -> Iterator[str]:
        if is_used(self._client, name):
            yield f"The table {name} has items: competitions, submissions, accounts' rows."

    def delete(self, name: str) -> None:
        self._client.delete_table(TableName=name)

    def restored(self, stack: str) -> Iterator[str]:
        """Those of a stack as it was at an instant (`agon admin rewind`), which no template knows."""
        for page in self._client.get_paginator("list_tables").paginate():
            yield from (name for name in page["TableNames"] if name.startswith(restored_table(stack, "")))


class _Buckets:
    KIND = "AWS::S3::Bucket"

    def __init__(self, account: Account) -> None:
        self._client: Any = account.client("s3")

    def protection(self, name: str) -> Iterator[str]:
        yield from ()

    def contents(self, name: str) -> Iterator[str]:
        answer = self._client.list_object_versions(Bucket=name, MaxKeys=1)
        if answer.get("Versions") or answer.get("DeleteMarkers"):
            yield f"The bucket {name} has objects."

    def delete(self, name: str) -> None:
        empty(self._client, name)
        self._client.delete_bucket(Bucket=name)


class _Pools:
    KIND = "AWS::Cognito::UserPool"

    def __init__(self, account: Account) -> None:
        self._client = account.client("cognito-idp")

    def protection(self, name: str) -> Iterator[str]:
        if self._client.describe_user_pool(UserPoolId=name)["UserPool"].get("DeletionProtection") == "ACTIVE":
            yield f"The user pool {name} is protected from deletion."

    def contents(self, name: str) -> Iterator[str]:
        if self._client.list_users(UserPoolId=name, Limit=1)["Users"]:
            yield f"The user pool {name} has accounts."

    def delete(self, name: str) -> None:
        self._client.delete_user_pool(UserPoolId=name)
