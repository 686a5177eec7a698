"""Files that a competition alone has: its pages, terms, logo and assets, and their bytes."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Protocol

from chalicelib.domain.metering import room
from chalicelib.store.metering import storage
from chalicelib.store.writes import Transaction


class WithFiles(Protocol):
    """A competition, as far as its own files go."""

    id: Any
    pages: Any
    terms: Any
    logo: Any
    assets: Any


def counting(
    write: Transaction, competition: WithFiles, changed: Mapping[str, Any], former: WithFiles | None = None
) -> None:
    """Within a transaction: count the bytes of a competition's own files, of which it had those of `former`."""
    before = files_of(former) if former else {}
    change = sum(files_of(competition, changed).values()) - sum(before.values())
    storage.counting(write, storage.competition(competition.id), {room.BUNDLES: change})


def files_of(competition: WithFiles, changed: Mapping[str, Any] = MappingProxyType({})) -> dict[str, int]:
    """The bytes of each object that a competition alone has, by its key: once, where pages share one."""
    pages, terms, logo, assets = (
        changed.get(name, getattr(competition, name)) for name in ("pages", "terms", "logo", "assets")
    )
    refs = [*(pages or ()), terms, logo, *(assets or {}).values()]
    return {ref["object_key"]: int(ref["size_bytes"]) for ref in refs if ref}


def content_of(terms: Mapping[str, Any] | None) -> str | None:
    """The sha256 of terms, by which others are told; None where there are none."""
    return terms["sha256"] if terms else None
