"""A competition that another site has scored, without a runner: who is tied, who is ahead, and how each got there."""

from pathlib import Path
from typing import Any, NamedTuple

from agon.client import Client
from agon.local.stack import ORGANIZER
from tests import builders
from tests.stack import eventually

THERE = "codabench.example"
#: Of each in turn what was scored, accuracy and seconds. grace and ada are equal in both, kurt is in the first; alan's and
#: emmy's look equal.
TRIES = {
    "grace": [(0.61, 9), (0.82, 4), (0.95, 3)],
    "ada": [(0.5, 3), (0.4, 3), (0.9, 3), (0.95, 3)],
    "kurt": [(0.7, 5), (0.95, 5)],
    "alan": [(0.704, 2)],
    "emmy": [(0.3, 2), (0.701, 2)],
    "sofia": [(0.2, 8), (0.45, 8), (0.55, 8)],
    "katherine": [(0.1, 7), (0.5, 7)],
}


class Story(NamedTuple):
    """A competition with a board of seven, of whom ada has her place as her own: its id, and its phase's."""

    competition: str
    phase: str


def play(stack: Any, folder: Path) -> Story:
    """Have it all there, and ada and grace as people with accounts; grace takes no part."""
    (folder / "bundle.zip").write_bytes(builders.bundle(title="Told by its board"))
    with stack.client("grace"), stack.client("ada") as ada:
        address = ada.me()["username"] + "@example.org"
    with stack.client(ORGANIZER, "organizer") as organizer:
        uploaded = organizer.upload(folder / "bundle.zip", "bundle")["id"]
        done = organizer.wait_for_import(organizer.import_bundle(uploaded)["id"])
        assert done["status"] == "Finished", done["errors"]
        found = Story(done["competition"], f"{done['competition']}-0")
        for person, (name, scores) in enumerate(TRIES.items()):
            for number, one in enumerate(scores):
                told = _told(name, person, number, one) | ({"address": address} if name == "ada" else {})
                _bring(organizer, found.phase, told, folder)
        organizer.publish(found.competition)
    with stack.client("ada") as ada:
        ada.join(found.competition)
        assert ada.collect(found.competition)["submissions"] == len(TRIES["ada"])
        board = eventually(lambda: ada.leaderboard(found.phase), lambda board: any(row["mine"] for row in board["rows"]))
        assert [row["rank"] for row in board["rows"]] == [1, 1, 3, 4, 5, 6, 7]
    return found


def _told(name: str, person: int, number: int, scores: tuple[float, float]) -> dict[str, object]:
    accuracy, seconds = scores
    at = f"2026-02-{4 * number + 1:02}T{10 + person}:00:00Z"
    values = {"0": {"accuracy": accuracy, "seconds": seconds}}
    of = {"site": THERE, "id": f"{name}-{number}", "owner": name, "status": "Finished", "name": f"Try {number + 1}"}
    return {**of, "created_at": at, "scores": values}


def _bring(organizer: Client, phase: str, told: dict[str, object], folder: Path) -> None:
    file = folder / f"{told['id']}.zip"
    file.write_bytes(builders.submission(str(told["id"])))
    organizer.bring(phase, {**told, "upload": organizer.upload(file, "submission")["id"]})
