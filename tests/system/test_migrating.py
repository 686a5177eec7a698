"""A competition comes from a Codabench site to the deployed stack, by the command: it is cut off, and goes on."""

import json
import os
import subprocess
import sys
from pathlib import Path
from threading import Event

from agon.client import Client
from tests import codabench_site
from tests.codabench_site import TOKEN, Asked, FakeCodabench, Reply
from tests.stack import DeployedStack

PATIENCE = 300


class Holding(FakeCodabench):
    """A site that lets one answer wait, and tells that it was asked for that."""

    held, reached = "", Event()

    def reply(self, asked: Asked) -> Reply:
        if asked.path == self.held:
            self.held = ""
            self.reached.set()
            # Whoever asked is about to be gone.
            Event().wait(5)
        return super().reply(asked)


def command(stack: DeployedStack, token: str, folder: Path, there: FakeCodabench, *words: str) -> subprocess.Popen[str]:
    """`agon migrate codabench`, as a process of its own."""
    environment = {**os.environ, "AGON_API": stack.api_url, "AGON_TOKEN": token, "CODABENCH_TOKEN": TOKEN, "COLUMNS": "80"}
    environment |= {"AGON_CONFIG": str(folder / "config"), "NO_COLOR": "1"}
    run = "from agon.main import app; app()"
    line = [sys.executable, "-c", run, "migrate", "codabench", there.url, "--folder", str(folder / "kept"), *words]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def test_a_migration_that_is_killed_goes_on_and_the_board_is_that_of_there(
    stack: DeployedStack, organizer: Client, ada: Client, tmp_path: Path
) -> None:
    who = ada.me()["username"]
    with codabench_site.running(Holding) as there:
        for name in (who, "grace", "heidi"):
            there.person(name)
        for index, (name, score) in enumerate([(who, 0.2), ("grace", 0.9), ("heidi", 0.4), (who, 0.6), ("grace", 0.3)]):
            there.submit(name, score, **({"leaderboard": 7} if index in (1, 2, 3) else {}))
        there.held = "/api/submissions/102/get_details/"
        token = organizer.create_token("migration", 1)["token"]
        killed = command(stack, token, tmp_path, there)
        assert there.reached.wait(PATIENCE), killed.communicate()
        killed.kill()
        killed.communicate()
        assert len((tmp_path / "kept/submissions.jsonl").read_text().splitlines()) == 2

        ended = command(stack, token, tmp_path, there, "--json")
        out, err = ended.communicate(timeout=PATIENCE)
        assert ended.returncode == 0, out + err
        report = json.loads(out.splitlines()[-1])
        assert (report["left"], TOKEN in out + err) == ([], False)
        competition = report["competition"]
        phase = f"{competition}-0"
        host = there.address.removeprefix("http://")
        rows = organizer.leaderboard(phase)["rows"]
        assert [(row["participant"], row["scores"]["accuracy"], row["brought"]) for row in rows] == [
            (f"{name}~{host}", score, True) for name, score in there.board()
        ]
        assert len(list(organizer.submissions(phase, everyone=True))) == 5
        assert len([one for one in there.asked if one.path.endswith("create_dump/")]) == 1

        # Again, in a terminal of eighty columns: nothing more comes, and nothing is wider than it.
        shown, _ = command(stack, token, tmp_path, there).communicate(timeout=PATIENCE)
        assert "Submissions" in shown and "5" in shown

    # Who took part there joins here, and has what is theirs.
    organizer.publish(competition)
    ada.join(competition)
    assert ada.collect(competition) == {"submissions": 2, "left": 0}
    assert {one["participant"] for one in ada.submissions(phase)} == {who}


def test_what_was_brought_is_run_again_by_a_runner_of_this_site(
    runner: DeployedStack, organizer: Client, tmp_path: Path
) -> None:
    with codabench_site.running(image="") as there:
        there.person("grace")
        there.submit("grace", 0.25, leaderboard=7)
        token = organizer.create_token("migration again", 1)["token"]
        ended = command(runner, token, tmp_path, there, "--json")
        out, err = ended.communicate(timeout=PATIENCE)
        assert ended.returncode == 0, out + err
        phase = f"{json.loads(out.splitlines()[-1])['competition']}-0"
    (brought,) = organizer.submissions(phase, everyone=True)
    organizer.rerun(brought["id"])
    told = organizer.wait_for_submission(brought["id"])
    assert told["attempt"] == 2
    assert (told["scores"]["accuracy"], told["origin"]["site"]) == (0.25, there.address.removeprefix("http://"))
