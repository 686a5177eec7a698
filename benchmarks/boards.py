"""A leaderboard of any size in a phase of a stack: its snapshot, rendered as a rebuild renders it, of rows that nobody made.

The API answers from it as from any other, so whatever is said of a board is said as the site says it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from agon.client import Client
from agon.local.stack import Stack
from chalicelib.actions.leaderboards import rendering, snapshots
from chalicelib.actions.leaderboards.snapshots import BoardOrder
from chalicelib.actions.leaderboards.visibility import BoardSetup
from chalicelib.aws import object_keys
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard
from chalicelib.domain.bundle.model import Phase
from chalicelib.store.leaderboards.boards import Board
from chalicelib.store.leaderboards.rows import Rows

START = datetime(2026, 1, 1, tzinfo=UTC)
#: Those of examples/iris, and one more.
COLUMNS = (
    Column("accuracy", "Accuracy", 0, precision=4),
    Column("balanced_accuracy", "Balanced accuracy", 1, precision=4),
    Column("recall", "Recall", 2, precision=4),
)
_SECOND = 1_000_000


def rows(size: int) -> Rows:
    """So many, each of somebody else, the best first."""
    places = range(size)
    return Rows(
        keys=[f"ROW#u{at}" for at in places],
        users=[f"u{at}" for at in places],
        usernames=[f"participant-{at * 7919 % 100_003}" for at in places],
        submissions=[f"submission-{at}" for at in places],
        submitted=[int((START + timedelta(seconds=at)).timestamp()) * _SECOND for at in places],
        scores={
            "accuracy": [1 - at / 200_000 for at in places],
            "balanced_accuracy": [(at * 31 % 977) / 977 for at in places],
            "recall": [(at * 17 % 3001) / 3001 for at in places],
        },
    )


def add_column(organizer: Client, competition: str) -> None:
    """Have the board of examples/iris show the last of these scores, too."""
    last = COLUMNS[-1]
    column = {"key": last.key, "title": last.title, "precision": last.precision}
    path = f"/competitions/{competition}/settings/leaderboards/0/columns"
    organizer.http.response("POST", path, column, headers={"If-Match": "*"})


def put(stack: Stack, phase: str, size: int, version: int) -> None:
    """Have the newest snapshot of a phase's board be of so many rows."""
    board = Leaderboard(0, "Results", "results", columns=COLUMNS)
    setup = BoardSetup(Phase(0, "Phase", START, tasks=(0,)), (board,), False, False, {0: "Task"}, {})
    _write(stack, object_keys.snapshot(phase, version), rendering.build(rows(size), setup, BoardOrder(0)))
    published = Board(
        *Board.at(phase),
        phase=phase,
        version=version,
        rows=size,
        pages=snapshots.pages_of(size),
        etag=f"rows-{size}",
        rebuilt_at=datetime.now(UTC),
        folders=[BoardOrder(0).folder],
        seen={},
    )
    stack.aws.client("dynamodb").put_item(TableName=stack.outputs["TableName"], Item=published.to_dynamodb_dict())


def scores(row: int, all_rows: Rows) -> Sequence[float | None]:
    """What a row shows."""
    return [all_rows.scores[one.key][row] for one in COLUMNS]


def _write(stack: Stack, folder: str, contents: dict[str, bytes]) -> None:
    bucket = stack.aws.client("s3")
    for name, content in contents.items():
        bucket.put_object(Bucket=stack.outputs["RunsBucket"], Key=f"{folder}/{name}", Body=content)
