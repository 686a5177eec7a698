"""A whole instance is exported from one stack and imported into another, where everything goes on (ADR 48)."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from botocore.client import BaseClient

from agon.client import Client
from agon.errors import BadFile
from agon.instance import exporting, importing
from agon.instance.cloud import CloudFailed
from agon.instance.folder import Folder
from agon.local import runner as runners
from agon.local.deploy import STACK
from agon.local.stack import ORGANIZER
from tests.operating import agon, operating
from tests.stack import DeployedStack, standing

PASSWORD = "another long password"
#: The emulator mails the same code to everybody.
CODE = "654321"


class PowerCut(BaseException):
    """The machine goes off."""


@dataclass
class Moved:
    """Both sites, with the competition and what was handed in by ada on the first."""

    old: DeployedStack
    new: DeployedStack
    folder: Path
    competition: str
    phase: str
    submission: str
    queue: str

    def sign_in(self, username: str) -> Client:
        """Sign in at the new site, as somebody who chose a new password by mail."""
        asked = {"username": username}
        assert self.new.call("POST", "/accounts/password/forgot", body=asked).status_code == 202
        reset = self.new.call("POST", "/accounts/password/reset", body={**asked, "code": CODE, "password": PASSWORD})
        assert reset.status_code == 200, reset.text
        client = Client(self.new.api_url)
        client.sign_in(username, PASSWORD)
        return client


def cut_again_and_again(do: Callable[[], object]) -> int:
    """Do something whose machine goes off at its 2nd, 4th, 8th, … call of AWS, until it gets through: how often it did."""
    real, cuts, calls, ends_at = BaseClient._make_api_call, 0, 0, 0

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        nonlocal calls
        calls += 1
        if calls >= ends_at:
            raise PowerCut
        return real(self, operation, arguments)

    while True:
        calls, ends_at = 0, 2 ** (cuts + 1)
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(BaseClient, "_make_api_call", call)
            try:
                do()
                return cuts
            except PowerCut:
                cuts += 1


@pytest.fixture(scope="module")
def moved(runner: DeployedStack, finished_demo: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Moved]:
    old, folder = runner, tmp_path_factory.mktemp("export")
    with old.client(ORGANIZER, "organizer") as organizer, old.client("ada") as ada:
        phase = organizer.competition(finished_demo)["phases"][0]["id"]
        queue = organizer.create_queue("Lab")["id"]
        organizer.store_queue_registry(queue, "registry.lab.example", "robot", "Not-to-be-shown-7")
        (submission, *_) = [one["id"] for one in ada.submissions(phase)]
    with operating(old) as source:
        cuts = cut_again_and_again(lambda: exporting.export(source, Folder(folder), print))
        assert cuts >= 3, "it was hardly broken off"
    with standing(tmp_path_factory.mktemp("new")) as new:
        with operating(new) as target:
            cuts = cut_again_and_again(lambda: importing.Import(target, Folder(folder), print).run())
            assert cuts >= 3, "it was hardly broken off"
        yield Moved(old, new, folder, finished_demo, phase, submission, queue)


def queues_of(stack: DeployedStack) -> set[str]:
    urls = stack.aws("sqs").list_queues(QueueNamePrefix=f"{STACK}-queue-")["QueueUrls"]
    return {url.rpartition("/")[2] for url in urls}


def board(stack: DeployedStack, phase: str) -> list[tuple[Any, ...]]:
    answer = stack.call("GET", f"/phases/{phase}/leaderboard").json()
    return [(row["rank"], row["participant"], row["submission"], row["scores"]) for row in answer["rows"]]


def test_the_leaderboard_is_as_it_was(moved: Moved) -> None:
    assert len(board(moved.old, moved.phase)) == 2
    assert board(moved.new, moved.phase) == board(moved.old, moved.phase)


def test_people_sign_in_with_a_new_password_and_have_what_was_theirs(moved: Moved, tmp_path: Path) -> None:
    with moved.sign_in("ada") as ada, moved.old.client("ada") as before:
        assert (ada.me()["username"], ada.me()["is_admin"]) == ("ada", False)
        assert ada.me()["id"] != before.me()["id"], "Cognito gives its own ids"
        mine, its = ada.submission(moved.submission), before.submission(moved.submission)
        assert (mine["scores"], mine["status"]) == (its["scores"], "Finished")
        fetched = [
            client.download_files(moved.submission, tmp_path / name) for name, client in (("new", ada), ("old", before))
        ]
        contents = [{name: path.read_bytes() for name, path in one.items()} for one in fetched]
        assert contents[0] and contents[0] == contents[1]


def test_an_administrator_is_one_still_and_has_their_queue_with_its_secret(moved: Moved) -> None:
    with moved.sign_in(ORGANIZER) as organizer:
        assert organizer.me()["is_admin"]
        assert moved.queue in [one["id"] for one in organizer.queues("mine")]
        assert organizer.queue_registry(moved.queue)["username"] == "robot"
    login = moved.new.aws("ssm").get_parameter(Name=f"/{STACK}/registries/queue/{moved.queue}", WithDecryption=True)
    assert "Not-to-be-shown-7" in login["Parameter"]["Value"]
    new, old = (queues_of(stack) for stack in (moved.new, moved.old))
    assert f"{STACK}-queue-{moved.queue}" in new and new <= old


def test_the_runner_of_before_scores_what_is_submitted_on_the_new_site(
    moved: Moved, send: Callable[..., str], tmp_path: Path
) -> None:
    with moved.sign_in("grace") as grace:
        (before, *_) = [one["id"] for one in grace.submissions(moved.phase)]
        files = grace.download_files(before, tmp_path / "fetched")
        archive = next(path for name, path in files.items() if "submission" in name)
        submission = grace.submit(moved.phase, send(grace, archive.read_bytes()))["id"]
        # With the token that the first site gave it: it learns the new address, and nothing else.
        local = moved.new.local
        runners.start(local.state, moved.new.api_url, local.aws.endpoint, moved.old.local.state.get("runner_token"))
        try:
            done = grace.wait_for_submission(submission, timeout_seconds=120)
        finally:
            runners.stop(local.state)
        assert (done["status"], done["scores"]) == ("Finished", grace.submission(before)["scores"]), done["reason"]


def test_a_stack_that_is_in_use_is_not_imported_into(moved: Moved) -> None:
    with operating(moved.old) as used, pytest.raises(CloudFailed, match="is in use"):
        importing.Import(used, Folder(moved.folder), print).run()


def test_what_was_changed_in_the_folder_is_not_imported(moved: Moved, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(moved.folder, copy)
    (page, *_) = sorted((copy / "items").iterdir())
    page.write_bytes(page.read_bytes() + b"x")
    with pytest.raises(BadFile, match="not as it was exported"):
        list(Folder(copy).pages())
    digest = Folder(copy).objects("files")[0]["sha256"]
    Folder(copy).place_of(digest).write_bytes(b"x")
    with pytest.raises(BadFile, match="not as it was exported"):
        Folder(copy).check_object(digest)


def test_nobody_else_of_the_machine_reads_what_was_exported(moved: Moved) -> None:
    assert moved.folder.stat().st_mode & 0o077 == 0
    assert (moved.folder / "secrets.json").stat().st_mode & 0o077 == 0
    assert PASSWORD not in "".join(path.read_text() for path in moved.folder.glob("*.json*"))


def test_both_commands_say_what_is_done_when_it_is(moved: Moved) -> None:
    told = agon(moved.old, "admin", "export", str(moved.folder))
    pool = moved.old.aws("cognito-idp").get_paginator("list_users").paginate(UserPoolId=moved.old.outputs["UserPoolId"])
    people = [one for page in pool for one in page["Users"] if one["UserStatus"] != "UNCONFIRMED"]
    assert told["people"] == len(people) >= 3
    assert told["items"] > 20 and told["buckets"]["files"]["objects"] > 5
    assert agon(moved.new, "admin", "import", str(moved.folder)) == told
