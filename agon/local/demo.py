"""The story that `agon demo` tells: one competition from its bundle to its leaderboard, on the real parts."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

from agon import archive, config
from agon.client import Client
from agon.errors import ProblemError, StackFailed
from agon.local import runner
from agon.local.stack import ORGANIZER, Stack

if TYPE_CHECKING:
    from agon import api_types as api

EXAMPLE = config.SOURCE / "examples/iris"
#: Who hands in what: two ways to tell irises apart, one better than the other.
PARTICIPANTS = {"ada": "nearest_centroid", "grace": "petal_rule"}
_SCORING_SECONDS = 300
_BOARD_SECONDS = 60


class Demo:
    """Plays the story, or finds what is left of an earlier one. `competition` is there once it has."""

    competition: api.Competition

    def __init__(self, stack: Stack, say: Callable[[str], None]) -> None:
        self._stack = stack
        self._say = say

    def play(self) -> api.Leaderboard:
        """The leaderboard's page at the end. Raises AgonError."""
        self._stack.up()
        with ExitStack() as open_clients:
            with self._stack.stage("accounts", "Signing in an organizer and two participants …"):
                organizer = open_clients.enter_context(self._stack.client(ORGANIZER, "organizer"))
                people = {name: open_clients.enter_context(self._stack.client(name)) for name in PARTICIPANTS}
            return self._compete(organizer, people)

    def _compete(self, organizer: Client, people: Mapping[str, Client]) -> api.Leaderboard:
        stack = self._stack
        with stack.stage("competition", "Looking for the example competition …"):
            self.competition = self._find() or self._create(organizer)
        with stack.stage("runner", "Starting a runner …"):
            stack.start_runner(organizer)
        phase = self.competition["phases"][0]["id"]
        with stack.stage("submissions", "Handing in …"):
            handed_in = [self._hand_in(name, client, phase) for name, client in people.items()]
        with stack.stage("scoring", "Waiting for the runner to score …"):
            for client, submission in zip(people.values(), handed_in, strict=True):
                self._wait_for(client, submission)
        with stack.stage("leaderboard", "Waiting for the leaderboard …"):
            return self._board(organizer, phase)

    def _find(self) -> api.Competition | None:
        known = self._stack.state.get("demo")
        if not known:
            return None
        try:
            with Client(self._stack.api) as anybody:
                competition = anybody.competition(known["competition"])
        except ProblemError as problem:
            if problem.status != 404:
                raise
            return None
        if not competition["phases"]:
            # What a build before 0.1 stored: its phases lie under another key.
            return None
        self._say(f"Found the state of an earlier run: {competition['title']}. `agon down --wipe` starts afresh.")
        return competition

    def _create(self, organizer: Client) -> api.Competition:
        self._say("Uploading and publishing examples/iris …")
        with archive.packed(EXAMPLE) as bundle:
            upload = organizer.upload(bundle, "bundle")
        state = organizer.wait_for_import(organizer.import_bundle(upload["id"])["id"])
        competition = state["competition"]
        if state["status"] != "Finished" or competition is None:
            raise StackFailed(f"The example could not be imported: {[error['message'] for error in state['errors']]}")
        organizer.publish(competition)
        self._stack.state.set("demo", {"competition": competition})
        return organizer.competition(competition)

    def _hand_in(self, name: str, client: Client, phase: str) -> str:
        if client.competition(self.competition["id"])["my_status"] is None:
            client.join(self.competition["id"])
        earlier = [item for item in client.submissions(phase) if item["status"] not in ("Failed", "Cancelled")]
        if earlier:
            return earlier[0]["id"]
        self._say(f"{name} submits {PARTICIPANTS[name]} …")
        with archive.packed(EXAMPLE / "submissions" / PARTICIPANTS[name]) as predictions:
            upload = client.upload(predictions, "submission")
        return client.submit(phase, upload["id"], PARTICIPANTS[name])["id"]

    def _wait_for(self, client: Client, submission: str) -> None:
        deadline = time.monotonic() + _SCORING_SECONDS
        while (state := client.submission(submission))["status"] not in ("Finished", "Failed", "Cancelled"):
            runner.check(self._stack.state)
            if time.monotonic() > deadline:
                raise StackFailed(f"{submission} is still {state['status']} after {_SCORING_SECONDS} s.")
            time.sleep(0.1)
        if state["status"] != "Finished":
            raise StackFailed(f"A submission ended as {state['status']}: {state['reason']}")

    def _board(self, client: Client, phase: str) -> api.Leaderboard:
        deadline = time.monotonic() + _BOARD_SECONDS
        while True:
            board = client.leaderboard(phase)
            if set(PARTICIPANTS) <= {row["participant"] for row in board["rows"]}:
                return board
            if time.monotonic() > deadline:
                raise StackFailed(f"The leaderboard was not rebuilt within {_BOARD_SECONDS} s.")
            time.sleep(0.1)


def summary(board: api.Leaderboard, seconds: dict[str, float]) -> dict[str, Any]:
    """The document that `agon demo --json` ends with."""
    rows = [{key: row[key] for key in ("rank", "participant", "scores")} for row in board["rows"]]
    return {"leaderboard": rows, "seconds": seconds | {"total": round(sum(seconds.values()), 3)}}
