"""The folder of an export: pages of items, objects by their content, people, secrets, and how far each of that is.

    manifest.json               what it is of, how far it is, and the sha256 of every file but objects, whose names those are
    items/0-00000.jsonl.gz      pages of the table's items, a line each, as DynamoDB spells them
    objects/files-00000.jsonl   pages of a bucket's keys, with each object's sha256, size and headers
    objects/ab/ab12…            the objects, by their sha256
    people.jsonl                the accounts, without passwords
    secrets.json                what SSM keeps for the stack

Only its owner may read it: it holds everything that the site keeps, secrets too.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from agon.errors import BadFile
from chalicelib.contract.version import VERSION

#: The former one has no sha256 of its lists.
FORMAT, _READ = 2, (1, 2)
_CHANGED = "{} is not as it was exported. Fetch it from your copy, or export anew."
#: Parts into which the table's walk is divided.
SEGMENTS = 4
_NOTHING_YET = {"after": None, "done": False, "pages": 0, "objects": 0, "bytes": 0}


class Folder:
    """One export. Every change is written before the next one begins, so that a run that was broken off is gone on with."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._manifest = path / "manifest.json"
        self.state: dict[str, Any] = _read(self._manifest) if self._manifest.exists() else {}
        if self.state and self.state.get("format") not in _READ:
            raise BadFile(f"{path} is an export of another format. Take the build of Agon that made it.")

    def begin(self, stack: str, id_: str) -> None:
        """Have the folder be of a stack. Raises BadFile where it is something else already."""
        if self.state and self.state["id"] != id_:
            raise BadFile(f"{self.path} is an export of {self.state['stack']}. Take another folder.")
        if not self.state and self.path.exists() and any(self.path.iterdir()):
            raise BadFile(f"{self.path} has other files. Take a new folder.")
        self.path.mkdir(parents=True, exist_ok=True)
        self.path.chmod(0o700)
        if not self.state:
            self.state = {
                "format": FORMAT,
                "agon": VERSION,
                "stack": stack,
                "id": id_,
                "begun_at": _now(),
                "finished_at": None,
                "segments": [{"after": None, "done": False} for _ in range(SEGMENTS)],
                "pages": [],
                "lists": {},
                "buckets": {name: dict(_NOTHING_YET) for name in ("files", "runs")},
                "people": None,
                "secrets": None,
            }
            self.save()

    @property
    def is_finished(self) -> bool:
        """True when all is in it."""
        return bool(self.state.get("finished_at"))

    @property
    def items(self) -> int:
        """The number of items in it."""
        return sum(page["items"] for page in self.state["pages"])

    def finish(self) -> None:
        """Say that all is in it."""
        self.state["finished_at"] = _now()
        self.save()

    def save(self) -> None:
        """Write down how far it is."""
        write(self._manifest, self.state)

    def keep_page(self, segment: int, items: list[dict[str, Any]], after: dict[str, Any] | None) -> None:
        """Keep a page of a segment, after which it goes on at `after`; None at its end."""
        number = sum(page["name"].startswith(f"{segment}-") for page in self.state["pages"])
        name = f"{segment}-{number:05d}.jsonl.gz"
        content = gzip.compress("".join(json.dumps(item) + "\n" for item in items).encode(), mtime=0)
        _write(self.path / "items" / name, content)
        digest = hashlib.sha256(content).hexdigest()
        self.state["pages"].append({"name": name, "items": len(items), "sha256": digest})
        self.state["segments"][segment] = {"after": after, "done": after is None}
        self.save()

    def page(self, name: str) -> list[dict[str, Any]]:
        """The items of a page. Raises BadFile where it is not what was written."""
        (told,) = (page for page in self.state["pages"] if page["name"] == name)
        content = _checked(self.path / "items" / name, told["sha256"])
        return [json.loads(line) for line in gzip.decompress(content).decode().splitlines()]

    def pages(self) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        """All pages, by name."""
        for page in self.state["pages"]:
            yield page["name"], self.page(page["name"])

    def place_of(self, digest: str) -> Path:
        """The file of an object's content."""
        return self.path / "objects" / digest[:2] / digest

    def keep_object(self, content: Path) -> str:
        """Move a file to where its content belongs: its sha256."""
        with content.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        place = self.place_of(digest)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.move(content, place)
        return digest

    def check_object(self, digest: str) -> Path:
        """The file of an object. Raises BadFile where it is not what was fetched."""
        place = self.place_of(digest)
        with place.open("rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != digest:
                raise BadFile(_CHANGED.format(place))
        return place

    def keep_objects(self, bucket: str, objects: list[dict[str, Any]], after: str | None, is_last: bool) -> None:
        """Keep a page of a bucket's objects, after which it goes on behind the key `after`."""
        state = self.state["buckets"][bucket]
        content = "".join(json.dumps(one) + "\n" for one in objects).encode()
        self._keep_list(f"objects/{bucket}-{state['pages']:05d}.jsonl", content)
        state |= {"after": after, "done": is_last, "pages": state["pages"] + 1, "objects": state["objects"] + len(objects)}
        state["bytes"] += sum(one["size"] for one in objects)
        self.save()

    def objects(self, bucket: str) -> list[dict[str, Any]]:
        """The objects of a bucket, by their keys. Raises BadFile where a list is not what was written."""
        pages = range(self.state["buckets"][bucket]["pages"])
        return [json.loads(line) for page in pages for line in self._list(f"objects/{bucket}-{page:05d}.jsonl").splitlines()]

    def people(self) -> list[dict[str, Any]]:
        """The accounts. Raises BadFile where their list is not what was written."""
        return [json.loads(line) for line in self._list("people.jsonl").splitlines()]

    def keep_people(self, people: list[dict[str, Any]]) -> None:
        """Keep the accounts."""
        self._keep_list("people.jsonl", "".join(json.dumps(one) + "\n" for one in people).encode())
        self.state["people"] = len(people)
        self.save()

    def secrets(self) -> dict[str, str]:
        """The secrets by their names below the stack's path. Raises BadFile where they are not what was written."""
        return dict(json.loads(self._list("secrets.json")))

    def keep_secrets(self, secrets: dict[str, str]) -> None:
        """Keep the secrets."""
        self._keep_list("secrets.json", _as_json(secrets))
        self.state["secrets"] = len(secrets)
        self.save()

    def _keep_list(self, name: str, content: bytes) -> None:
        """Write a list; its sha256 is kept when the folder is saved next."""
        _write(self.path / name, content)
        self.state.setdefault("lists", {})[name] = hashlib.sha256(content).hexdigest()

    def _list(self, name: str) -> str:
        """A list's text. One of format 1 that was gone on with by this build may lack its sha256, and is read as it is."""
        told = self.state.get("lists", {}).get(name)
        if told is None and self.state["format"] != 1:
            raise BadFile(_CHANGED.format(self.path / name))
        return _checked(self.path / name, told).decode()


def write(path: Path, value: Any) -> None:
    """Store a value as JSON, in whole or not at all."""
    _write(path, _as_json(value))


def _as_json(value: Any) -> bytes:
    return json.dumps(value, indent=1).encode()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _checked(path: Path, digest: str | None) -> bytes:
    """A file of the export. Raises BadFile where it is gone, or has another sha256 than one that is known."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BadFile(f"{path} cannot be read. Is its folder an export?") from error
    if digest is not None and hashlib.sha256(content).hexdigest() != digest:
        raise BadFile(_CHANGED.format(path))
    return content


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise BadFile(f"{path} cannot be read. Is its folder an export?") from error


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
