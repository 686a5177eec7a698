"""A competition that people alone judge, on the deployed stack: for the system's tests and the console's."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from agon.client import Client
from agon.local.stack import ORGANIZER
from tests import builders, judged
from tests.stack import DeployedStack

PATIENCE_SECONDS = 90
PARTICIPANTS = {"ada": "Rain is the sky, emptying its pockets.", "grace": "Rain falls."}
JURORS = ("juno", "jack")
#: When judging ends.
ENDS = "2999-12-01 00:00"


@dataclass
class Jury:
    """What was made. `phase` is the only one, `submissions` go by their participants."""

    competition: str
    phase: str
    submissions: dict[str, str]

    def case(self, juror: Client) -> dict[str, Any]:
        """The juror's next case, once there is one."""
        return until(lambda: juror.next_case(self.phase)["case"], "a case for the jury")

    def scores(self, client: Client) -> dict[str, Any]:
        """The jury's column, by participant."""
        return {row["participant"]: row["scores"]["quality"] for row in client.leaderboard(self.phase)["rows"]}


def invite(stack: DeployedStack, folder: Path, judging: dict[str, Any]) -> Jury:
    """Make the competition, hand in for two participants and invite two jurors."""
    with stack.client(ORGANIZER, "organizer") as organizer:
        title = f"Stories, judged by {judging.get('kind', 'rubric')}"
        bundle = builders.bundle(judged.files(judging, {"judging_end": ENDS}, alone=True, title=title))
        done = organizer.wait_for_import(organizer.import_bundle(_send(organizer, folder, bundle, "bundle"))["id"])
        assert done["status"] == "Finished", done["errors"]
        competition = done["competition"]
        phase = organizer.publish(competition)["phases"][0]["id"]
        submissions = {}
        for name, words in PARTICIPANTS.items():
            with stack.client(name) as participant:
                participant.join(competition)
                sent = _send(participant, folder, judged.story(words), "submission")
                submissions[name] = participant.submit(phase, sent)["id"]
                assert participant.wait_for_submission(submissions[name])["status"] == "Finished"
        for name in JURORS:
            stack.client(name).http.close()
            organizer.add_juror(competition, name)
        until(lambda: _states(organizer, phase) == ["ready"] * len(PARTICIPANTS), "artifacts")
    return Jury(competition, phase, submissions)


def until(ask: Callable[[], Any], what: str) -> Any:
    """What `ask` gives, once it is something."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not (found := ask()):
        assert time.monotonic() < deadline, f"There is no {what} after {PATIENCE_SECONDS} s."
        time.sleep(0.5)
    return found


def _states(organizer: Client, phase: str) -> list[str]:
    return [one["state"] for one in organizer.judging(phase)["submissions"]]


def _send(client: Client, folder: Path, content: bytes, purpose: str) -> str:
    path = folder / "sent.zip"
    path.write_bytes(content)
    return str(client.upload(path, purpose)["id"])
