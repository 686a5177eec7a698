"""The console beside the API under one name: its stack, its files, and that their former ones are not shown any more."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from mimetypes import MimeTypes
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from agon import config
from agon.errors import StackFailed
from infra.deploy.account import Account

#: AWS takes firewalls and certificates of CloudFront's there alone.
REGION = "us-east-1"
TEMPLATE = config.SOURCE / "infra/console.yaml"
DIST = config.SOURCE / "console/dist"
#: Where the page names the site's files. One build serves every site (console/vite.config.ts).
PLACE_OF_FILES = b"%AGON_FILES%"
#: And the origin where scripts of result pages run.
PLACE_OF_PAGES = b"%AGON_PAGES%"
#: Names of these files change with their content.
_HASHED = "assets/"
_FOR_EVER, _ASKED_ANEW = "public, max-age=31536000, immutable", "no-cache"
#: Of Python's own table and this: what a machine says besides differs from one to the next.
_KINDS = MimeTypes()
_KINDS.add_type("image/webp", ".webp")
#: Who opened the console before still loads parts of it.
_FORMER_STAYS = timedelta(days=30)


def told(account: Account, outputs: dict[str, str], own: dict[str, str]) -> dict[str, str]:
    """The parameters of console.yaml that follow from the outputs of the site's stack, and from its `own` of before."""
    return {
        "ApiHost": urlsplit(outputs["ApiUrl"]).netloc,
        "FilesOrigins": files_origins(account, outputs),
        "RunsHost": _bucket_host(account, outputs, "RunsBucket"),
        "ConsoleHost": urlsplit(own.get("Url", "")).netloc,
    }


def files_origins(account: Account, outputs: dict[str, str]) -> str:
    """Where files come from that people sent."""
    if account.endpoint:
        return account.endpoint
    return " ".join(f"https://{_bucket_host(account, outputs, name)}" for name in ("FilesBucket", "RunsBucket"))


def _bucket_host(account: Account, outputs: dict[str, str], name: str) -> str:
    suffix = urlsplit(outputs["ApiUrl"]).netloc.partition(f"{account.region}.")[2]
    return f"{outputs[name]}.s3.{account.region}.{suffix}"


def publish(account: Account, outputs: dict[str, str], files: str, dist: Path = DIST) -> None:
    """Bring the built console into its bucket, and what was kept of the former one out of CloudFront.

    `outputs` are those of the console's stack. Raises StackFailed when it is not built.
    """
    if not (dist / "index.html").exists():
        raise StackFailed("The console is not built: `make setup` does.")
    storage = account.client("s3", REGION)
    places = {PLACE_OF_FILES: files.encode(), PLACE_OF_PAGES: outputs.get("PagesUrl", "").encode()}
    sent = [_send(storage, outputs["Bucket"], dist, path, places) for path in _in_order(dist)]
    _forget_former(storage, outputs["Bucket"], set(sent))
    account.client("cloudfront", REGION).create_invalidation(
        DistributionId=outputs["DistributionId"],
        InvalidationBatch={"Paths": {"Quantity": 1, "Items": ["/*"]}, "CallerReference": str(time.time_ns())},
    )


def _in_order(dist: Path) -> Iterator[Path]:
    """The files, the page last: whoever gets the new one finds all that it names."""
    page = dist / "index.html"
    yield from sorted(path for path in dist.rglob("*") if path.is_file() and path != page)
    yield page


def _send(storage: Any, bucket: str, dist: Path, path: Path, places: dict[bytes, bytes]) -> str:
    key = path.relative_to(dist).as_posix()
    content = path.read_bytes()
    if path.suffix == ".html":
        for place, told in places.items():
            content = content.replace(place, told)
    kind = _KINDS.guess_type(key)[0] or "application/octet-stream"
    kept = _FOR_EVER if key.startswith(_HASHED) else _ASKED_ANEW
    storage.put_object(Bucket=bucket, Key=key, Body=content, ContentType=_with_charset(kind), CacheControl=kept)
    return key


def _with_charset(kind: str) -> str:
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind


def _forget_former(storage: Any, bucket: str, current: set[str]) -> None:
    old = datetime.now(UTC) - _FORMER_STAYS
    for page in storage.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for one in page.get("Contents", []):
            if one["Key"] not in current and one["LastModified"] < old:
                storage.delete_object(Bucket=bucket, Key=one["Key"])
