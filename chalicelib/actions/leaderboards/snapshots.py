"""A snapshot of a phase's boards, as its readers find their way in it: pages of rows, and an index that finds somebody's.

Everything is in it, also what only organizers see: who reads a page takes out what its reader may not know.
"""

import gzip
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

import orjson

from chalicelib.actions.leaderboards.board_pages import NOTHING, BoardPage
from chalicelib.store.leaderboards.boards import NO_SNAPSHOT, Snapshot

ROWS_PER_PAGE = 500
#: The name of the rows that a snapshot is of, below its folder: what the next rebuild begins with (ADR 59).
ROWS = "rows.json"
#: The name of the leaders of its orders (leaders.py).
LEADERS = "leaders.json"
NAMES_PER_BUCKET = 2000
#: Bits of a row as builds before columns stored it, by what they say of it.
_FLAGS = {"baseline": 1, "verified": 2, "edited": 4, "brought": 8}


@dataclass(frozen=True)
class BoardOrder:
    """One order of a phase's rows, or of a group's: that of the board with this number, until the phase's end or at last."""

    board: int
    is_final: bool = False
    group: str | None = None

    @property
    def folder(self) -> str:
        """The folder where its objects lie below the snapshot's."""
        folder = f"{self.board}-final" if self.is_final else str(self.board)
        return f"{folder}@{self.group}" if self.group else folder

    @staticmethod
    def of(folder: str) -> "BoardOrder":
        """The inverse of `folder`."""
        order, _, group = folder.partition("@")
        board, _, final = order.partition("-")
        return BoardOrder(int(board), bool(final), group or None)


@dataclass(frozen=True)
class RowPosition:
    """The position of a participant's row. `page` counts from 1."""

    rank: int | None
    page: int
    submission: str


@dataclass(frozen=True)
class IndexEntry:
    """A participant or a team on a board: its id and name, and where its rows stand."""

    competitor: str
    name: str
    positions: list[RowPosition]


def page_name(order: BoardOrder, page: int) -> str:
    """The name of a page below the snapshot's folder."""
    return f"{order.folder}/{page}.json.gz"


def bucket_name(order: BoardOrder, number: int) -> str:
    """The name of a part of the index below the snapshot's folder."""
    return f"{order.folder}/names-{number}.json.gz"


def participant_key(username: str) -> str:
    """The key that the index has a participant under."""
    return username.lower()


def team_key(team: str) -> str:
    """The key that the index has a team under: no user name is like it, whatever teams call themselves."""
    return f"#{team}"


def pages_of(count: int) -> int:
    """Into how many pages `count` rows are cut."""
    return -(-count // ROWS_PER_PAGE)


def of_order(snapshot: Snapshot, order: BoardOrder) -> Snapshot:
    """The part of a snapshot that is an order's; nothing of a board that the phase has got since."""
    return of_group(snapshot, order.group) if order.folder in snapshot.folders else NO_SNAPSHOT


def of_group(snapshot: Snapshot, group: str | None) -> Snapshot:
    """The part of a snapshot that is a group's board, nothing of one that came later; of no group, all of it."""
    if group is None:
        return snapshot
    if group not in snapshot.groups:
        return NO_SNAPSHOT
    count = snapshot.groups[group]
    return replace(snapshot, count=count, pages=pages_of(count))


def buckets(count: int) -> int:
    """Into how many objects the index of `count` rows is cut."""
    return max(1, -(-count // NAMES_PER_BUCKET))


def bucket_of(key: str, size: int) -> int:
    """The number of the part where a participant or a team is, if on the board, of an index that is cut into `size`."""
    return zlib.crc32(key.encode()) % size


def buckets_of(keys: Iterable[str], size: int) -> list[int]:
    """As `bucket_of`, of many."""
    return [checksum % size for checksum in map(zlib.crc32, map(str.encode, keys))]


def object_names(snapshot: Snapshot) -> Iterator[str]:
    """The names of everything that a snapshot has. At least one page, for what is disqualified."""
    yield from (ROWS, LEADERS)
    for order in map(BoardOrder.of, snapshot.folders):
        count = of_group(snapshot, order.group).count
        yield from (page_name(order, page) for page in range(1, max(1, pages_of(count)) + 1))
        yield from (bucket_name(order, number) for number in range(buckets(count)))


def read_page(content: bytes) -> tuple[BoardPage, BoardPage]:
    """The rows of a page, and those that are disqualified."""
    page = orjson.loads(gzip.decompress(content))
    if "fields" in page:
        of = partial(_former_row, fields=page["fields"])
        return BoardPage.of(list(map(of, page["rows"]))), BoardPage.of(list(map(of, page.get("out", ()))))
    return BoardPage(**page["rows"]), BoardPage(**page.get("out", NOTHING))


def find(content: bytes, key: str) -> IndexEntry | None:
    """A participant or a team in a part of the index."""
    index = orjson.loads(gzip.decompress(content))
    if isinstance(index, dict):
        return _former_entry(index.get(key))
    found = [row for row in zip(*index, strict=True) if row[0] == key]
    if not found:
        return None
    _, competitor, name, *_ = found[0]
    positions = [RowPosition(rank, 1 + place // ROWS_PER_PAGE, submission) for *_, submission, rank, place in found]
    return IndexEntry(competitor, name, positions)


def _former_entry(entry: Any) -> IndexEntry | None:
    """As builds before columns wrote it (ADR 59)."""
    if entry is None:
        return None
    competitor, name, positions = entry
    return IndexEntry(competitor, name, [RowPosition(*position) for position in positions])


def _former_row(row: Sequence[Any], fields: Sequence[str]) -> dict[str, Any]:
    """As builds before columns wrote it (ADR 59)."""
    rank, username, submission, submitted_at, flags, name, values, *more = row
    reason, team, fact_sheet, group, organization = (*more, None, None, None, None, None)[:5]
    return {
        "rank": rank,
        "participant": username,
        "team": team,
        "submission": submission,
        "name": name,
        "scores": dict(zip(fields, values, strict=True)),
        "submitted_at": datetime.fromtimestamp(submitted_at, UTC),
        **{mark: bool(flags & bit) for mark, bit in _FLAGS.items()},
        "disqualified": reason,
        "fact_sheet": fact_sheet or {},
        "group": group,
        "organization": organization,
    }
