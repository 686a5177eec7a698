"""The account that a site stands in: clients of it, and the bucket where code and templates lie for CloudFormation."""

import hashlib
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from agon.errors import StackFailed
from agon.local.deploy import AwsEndpoint


class Account:
    """AWS as the shell's own configuration says, or an emulator at `endpoint`, as its root."""

    def __init__(self, region: str | None, endpoint: str | None) -> None:
        self.endpoint = endpoint
        self._session = boto3.Session(region_name=region)
        self.region = region or self._session.region_name or ""
        if not self.region:
            raise StackFailed("No region is said: set `region` in the stage's file, or AWS_DEFAULT_REGION.")

    @property
    def is_emulated(self) -> bool:
        """True where there is no TLS: on this machine's own loopback."""
        return bool(self.endpoint and self.endpoint.startswith("http://"))

    def client(self, service: str, region: str | None = None) -> Any:
        """A boto3 client."""
        if self.endpoint and self.is_emulated:
            return AwsEndpoint(self.endpoint, region or self.region).client(service)
        return self._session.client(service, region_name=region or self.region, endpoint_url=self.endpoint)

    def check(self) -> None:
        """Raises StackFailed when nobody is signed in there."""
        try:
            self._number()
        except (BotoCoreError, ClientError) as error:
            raise StackFailed(f"AWS does not know you: {error}. Sign in first, such as by `aws configure sso`.") from error

    def _number(self) -> str:
        return str(self.client("sts").get_caller_identity()["Account"])

    def store(self, region: str | None = None) -> "Store":
        """What CloudFormation reads in that region, made when it is not there."""
        place = region or self.region
        return Store(self.client("s3", place), f"agon-code-{self._number()}-{place}", place)


class Store:
    """A bucket for code and templates. What is in use by a stack stays, since a roll-back reads it again."""

    def __init__(self, client: Any, bucket: str, region: str) -> None:
        self._client = client
        self.bucket = bucket
        self._region = region

    def put(self, folder: str, content: bytes, suffix: str) -> str:
        """The key of this content, which is sent when it is not there."""
        self._make()
        key = f"{folder}/{hashlib.sha256(content).hexdigest()}{suffix}"
        if not self._client.list_objects_v2(Bucket=self.bucket, Prefix=key).get("Contents"):
            self._client.put_object(Bucket=self.bucket, Key=key, Body=content)
        return key

    def address(self, key: str) -> str:
        """The address of an object, as CloudFormation takes it."""
        return f"{self._client.meta.endpoint_url}/{self.bucket}/{key}"

    def forget(self, folder: str) -> None:
        """Remove what lies in a folder."""
        if self._exists():
            empty(self._client, self.bucket, f"{folder}/")

    def _make(self) -> None:
        if self._exists():
            return
        # us-east-1 is where a bucket is that says nothing.
        place = {} if self._region == "us-east-1" else {"LocationConstraint": self._region}
        self._client.create_bucket(Bucket=self.bucket, **({"CreateBucketConfiguration": place} if place else {}))
        closed = dict.fromkeys(("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets"), True)
        self._client.put_public_access_block(Bucket=self.bucket, PublicAccessBlockConfiguration=closed)

    def _exists(self) -> bool:
        return self.bucket in {bucket["Name"] for bucket in self._client.list_buckets()["Buckets"]}


def empty(client: Any, bucket: str, prefix: str = "") -> None:
    """Remove all objects of a bucket that begin so, with all their versions."""
    for page in client.get_paginator("list_object_versions").paginate(Bucket=bucket, Prefix=prefix):
        found = [*page.get("Versions", []), *page.get("DeleteMarkers", [])]
        objects = [{"Key": one["Key"], "VersionId": one["VersionId"]} for one in found]
        if objects:
            client.delete_objects(Bucket=bucket, Delete={"Objects": objects, "Quiet": True})
