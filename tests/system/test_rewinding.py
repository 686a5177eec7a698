"""A stack is as it was before a mistake: a competition that was deleted is back, and what must not come back does not.

The emulator restores a table as it is now, whatever the instant; so the table of the instant is made at that instant, and is
named to the command. On AWS the same command has it made.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from agon.client import Client
from agon.errors import ProblemError
from agon.instance import rewinding
from agon.instance.cloud import CloudFailed
from agon.local.demo import Demo
from agon.local.stack import ORGANIZER
from tests import builders
from tests.operating import agon, operating
from tests.stack import DeployedStack, eventually, standing


@dataclass
class Mistaken:
    """A site where a competition was deleted by mistake, and all that it was before."""

    stack: DeployedStack
    at: str
    table: str
    competition: dict[str, Any]
    board: list[dict[str, Any]]
    file: bytes
    submission: str
    revoked: str
    later: str

    @property
    def phase(self) -> str:
        """The id of its phase."""
        return str(self.competition["phases"][0]["id"])

    def rewind(self, *more: str) -> dict[str, Any]:
        """Have it undone, as an operator."""
        return agon(self.stack, "admin", "rewind", "--to", self.at, "--table", self.table, *more)

    def read_board(self) -> list[dict[str, Any]]:
        """The board's rows, for everybody."""
        return list(self.stack.call("GET", f"/phases/{self.phase}/leaderboard").json().get("rows", []))


def handed_in(client: Client, submission: str) -> bytes:
    """The file that somebody handed in."""
    return httpx.get(str(client.submission_files(submission)["submission"])).raise_for_status().content


def left_of(stack: DeployedStack, competition: str) -> list[str]:
    """What still has something of a deleted competition: its items, and the catalogue's note until it was read.

    The job that takes them away stays for minutes, lest a function that had read the competition writes behind it.
    """

    def items(key: str) -> list[dict[str, Any]]:
        condition = {"KeyConditionExpression": "pk = :pk", "ExpressionAttributeValues": {":pk": {"S": key}}}
        return list(stack.aws("dynamodb").query(TableName=stack.outputs["TableName"], **condition)["Items"])

    keys = f"COMPETITION#{competition}", "CATALOGUE"
    return [item["sk"]["S"] for key in keys for item in items(key) if item["sk"]["S"] != "REVIEW"]


@pytest.fixture(scope="module")
def mistaken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mistaken]:
    folder = tmp_path_factory.mktemp("rewinding")
    with (
        standing(folder / "stack") as stack,
        stack.client(ORGANIZER, "organizer") as organizer,
        stack.client("ada") as ada,
    ):
        demo = Demo(stack.local, print)
        board = demo.play()
        competition = dict(organizer.competition(demo.competition["id"]))
        (submission, *_) = [one["id"] for one in ada.submissions(competition["phases"][0]["id"])]
        file = handed_in(ada, submission)
        token = ada.create_token("laptop")
        stack.aws("dynamodb").restore_table_to_point_in_time(
            SourceTableName=stack.outputs["TableName"], TargetTableName="then", UseLatestRestorableTime=True
        )
        at = datetime.now(UTC)
        # S3 tells whole seconds.
        time.sleep(2)
        ada.revoke_token(token["id"])
        organizer.remove_account("grace", "She asked for it.")
        bundle = folder / "bundle.zip"
        bundle.write_bytes(builders.bundle(title="Since then"))
        done = organizer.wait_for_import(organizer.import_bundle(organizer.upload(bundle, "bundle")["id"])["id"])
        organizer.unpublish(competition["id"])
        organizer.delete_competition(competition["id"], competition["slug"])
        eventually(lambda: left_of(stack, competition["id"]), lambda left: left == [])
        rows = [dict(row) for row in board["rows"]]
        yield Mistaken(
            stack,
            f"{at:%Y-%m-%dT%H:%M:%SZ}",
            "then",
            competition,
            rows,
            file,
            submission,
            str(token["token"]),
            str(done["competition"]),
        )


def test_what_would_change_is_told_first_and_nothing_is_changed(mistaken: Mistaken) -> None:
    told = mistaken.rewind()
    assert not told["done"] and told["back"]["competition"] == 1 and told["back"]["submission"] == 2
    assert told["new"]["competition"] == 1 and told["files"] > 3
    # What came since may go by itself meanwhile, such as the job that has removed the competition.
    again = mistaken.rewind()
    assert [again[part] for part in ("done", "back", "files")] == [told[part] for part in ("done", "back", "files")]
    assert mistaken.stack.call("GET", f"/competitions/{mistaken.competition['id']}").status_code == 404


def test_a_competition_that_was_deleted_is_back_with_its_board_and_its_files(mistaken: Mistaken) -> None:
    with mistaken.stack.client(ORGANIZER, "organizer") as organizer, operating(mistaken.stack) as cloud:
        assert not cloud.is_paused
        organizer.change_site({"paused": True, "message": "We undo a mistake."})
        assert cloud.is_paused and mistaken.rewind("--yes")["done"]
        # At the instant nobody had paused it: what is handed in while all is copied back would be a mixture of both.
        assert organizer.site()["paused"] is True
        organizer.change_site({"paused": False})
    shown = mistaken.stack.call("GET", f"/competitions/{mistaken.competition['slug']}").json()
    assert (shown["id"], shown["published"]) == (mistaken.competition["id"], True)
    rows = eventually(mistaken.read_board, lambda rows: len(rows) == 2)
    assert [row["scores"] for row in rows] == [row["scores"] for row in mistaken.board]
    with mistaken.stack.client("ada") as ada:
        assert handed_in(ada, mistaken.submission) == mistaken.file


def test_who_removed_their_account_since_is_removed_again(mistaken: Mistaken) -> None:
    assert "grace" in [row["participant"] for row in mistaken.board]
    eventually(mistaken.read_board, lambda rows: len(rows) == 2 and "grace" not in [row["participant"] for row in rows])


def test_done_again_it_finds_nothing_of_what_was_undone(mistaken: Mistaken) -> None:
    told = mistaken.rewind()
    assert "competition" not in {**told["back"], **told["new"]} and told["files"] == 0


def test_what_runs_left_is_lost_and_made_again_by_a_re_run(mistaken: Mistaken) -> None:
    # The runs bucket has no versions: a log that is sent every three seconds would have two hundred.
    with mistaken.stack.client(ORGANIZER, "organizer") as organizer:
        organizer.rerun(mistaken.submission)
        done = organizer.wait_for_submission(mistaken.submission, timeout_seconds=120)
        assert done["status"] == "Finished", done["reason"]
        output = httpx.get(str(organizer.submission_files(mistaken.submission)["output"]))
        assert output.status_code == 200


def test_what_came_since_is_gone(mistaken: Mistaken) -> None:
    assert mistaken.stack.call("GET", f"/competitions/{mistaken.later}").status_code == 404


def test_what_was_closed_stays_closed_and_the_log_stays_whole(mistaken: Mistaken) -> None:
    with Client(mistaken.stack.api_url) as revoked, pytest.raises(ProblemError):
        revoked.use_token(mistaken.revoked)
        revoked.me()
    with mistaken.stack.client(ORGANIZER, "organizer") as organizer:
        assert "competition_removed" in [one["what"] for one in organizer.own_audit()]


def test_what_is_submitted_from_then_on_is_scored(mistaken: Mistaken, tmp_path: Path) -> None:
    with mistaken.stack.client("ada") as ada:
        archive = tmp_path / "again.zip"
        archive.write_bytes(mistaken.file)
        submission = ada.submit(mistaken.phase, ada.upload(archive, "submission")["id"])["id"]
        done = ada.wait_for_submission(submission, timeout_seconds=120)
        assert (done["status"], done["scores"]) == ("Finished", ada.submission(mistaken.submission)["scores"])


def test_without_a_table_aws_is_asked_for_one_and_of_no_instant_that_it_has_no_more(mistaken: Mistaken) -> None:
    told = agon(mistaken.stack, "admin", "rewind", "--to", f"{datetime.now(UTC) - timedelta(minutes=1):%Y-%m-%dT%H:%MZ}")
    assert told["table"].startswith("agon-at-") and not told["done"]
    with operating(mistaken.stack) as cloud, pytest.raises(CloudFailed, match="of the last 30 days"):
        rewinding.restored(cloud, datetime(2020, 1, 1, tzinfo=UTC), print)
