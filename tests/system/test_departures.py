"""People and administrators on the deployed stack: own data, removal, merger, ban and approval, with the rights of each."""

import io
import json
import secrets
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from agon.client import Client
from agon.errors import ProblemError
from tests import builders
from tests.stack import PATIENCE_SECONDS, DeployedStack, eventually

from .conftest import Line

REASON = "Both addresses answered."


def refused(action: Callable[[], Any]) -> int:
    with pytest.raises(ProblemError) as problem:
        action()
    return problem.value.status


def until(is_so: Callable[[], Any]) -> None:
    """Wait until something is so."""
    eventually(is_so, bool)


def newcomer(stack: DeployedStack, name: str) -> Client:
    return stack.client(f"{name}-{secrets.token_hex(4)}")


@pytest.fixture
def gone(stack: DeployedStack, organizer: Client, sweep: Callable[..., None]) -> Callable[[str, str], None]:
    """Waits until an account is gone from the user pool: its job is made a minute older, so that nobody waits for that."""

    def is_gone(account: str, username: str) -> bool:
        try:
            told = organizer.preview_removal(username)
        except ProblemError as problem:
            assert problem.status == 404
            return True
        assert told["status"] != "Failed", told["reason"]
        if told["status"] == "Waiting":
            key = f"ACCOUNT_JOB#departure-{account}"
            at = f"{datetime.now(UTC) - timedelta(minutes=5):%Y-%m-%dT%H:%M:%S.%f+0000}"
            stack.aws("dynamodb").update_item(
                TableName=stack.outputs["TableName"],
                Key={"pk": {"S": key}, "sk": {"S": "ACCOUNT_JOB"}},
                UpdateExpression="SET created_at = :at",
                ExpressionAttributeValues={":at": {"S": at}},
            )
            sweep((key, "ACCOUNT_JOB"))
        return False

    return lambda account, username: until(lambda: is_gone(account, username))


@pytest.fixture
def scored(send: Any, line: Line) -> Callable[[Client, str, float], str]:
    """Submits, and finishes that as a runner would."""

    def scored(client: Client, phase: str, score: float) -> str:
        made = str(client.submit(phase, send(client, builders.submission()))["id"])
        line.finish(made, {"accuracy": score, "seconds": 1.0})
        return made

    return scored


def on_board(stack: DeployedStack, phase: str) -> list[str]:
    rows = stack.call("GET", f"/phases/{phase}/leaderboard").json()["rows"]
    return [str(row["participant"]) for row in rows]


def test_people_take_their_data_along_and_have_their_account_removed(
    stack: DeployedStack, organizer: Client, compete: Any, line: Line, scored: Any, gone: Any
) -> None:
    with newcomer(stack, "leaver") as leaver:
        me = leaver.me()
        phase = compete(leaver, extra=line.manifest)["phases"][0]["id"]
        submission = scored(leaver, phase, 0.75)
        until(lambda: on_board(stack, phase) == [me["username"]])

        packed = leaver.export_account(PATIENCE_SECONDS)
        assert packed["status"] == "Finished", packed
        content = httpx.get(packed["zips"][0]["url"]).content
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            told = json.loads(archive.read("account.json"))
            assert told["address"] == f"{me['username']}@example.org"
            assert any(submission in archive.read(name).decode() for name in archive.namelist())

        known_as = leaver.preview_removal()["known_as"]
        token = leaver.create_token("laptop", 1)["token"]
        password = stack.local.state.get("accounts")[me["username"]]["password"]
        assert refused(lambda: leaver.remove_own_account("not the password")) == 403
        assert leaver.remove_own_account(password)["status"] in ("Waiting", "Running")
    assert stack.call("GET", "/me", token).status_code == 401
    signed_in = {"username": me["username"], "password": password}
    assert stack.call("POST", "/sessions", body=signed_in).status_code in (401, 403)
    gone(me["id"], me["username"])
    assert stack.call("POST", "/sessions", body=signed_in).status_code == 401
    until(lambda: on_board(stack, phase) == [known_as])
    kept = organizer.submission(submission)
    assert (kept["participant"], kept["scores"]["accuracy"]) == (known_as, 0.75)
    again = {"username": me["username"], "email": f"{me['username']}@example.org", "password": password}
    assert stack.call("POST", "/accounts", body=again).status_code == 409


def test_an_administrator_merges_two_accounts_of_one_person(
    stack: DeployedStack, organizer: Client, compete: Any, line: Line, scored: Any, gone: Any
) -> None:
    with newcomer(stack, "second") as second, newcomer(stack, "first") as first:
        former, stays = second.me(), first.me()
        phase = compete(first, second, extra=line.manifest)["phases"][0]["id"]
        both = {scored(first, phase, 0.5), scored(second, phase, 0.9)}
        until(lambda: len(on_board(stack, phase)) == 2)
        assert refused(lambda: first.merge_accounts(former["username"], stays["username"], REASON)) == 403
        assert organizer.preview_merger(former["username"], stays["username"])["obstacles"] == []
        organizer.merge_accounts(former["username"], stays["username"], REASON)
        gone(former["id"], former["username"])
        until(lambda: on_board(stack, phase) == [stays["username"]])
        assert {one["id"] for one in first.submissions(phase)} == both
        used = stack.call("GET", f"/phases/{phase}/quota", first.http.session.access_token).json()
        assert used["in_all"]["limit"] - used["in_all"]["left"] == 2


def test_a_banned_account_is_out_and_comes_back_by_its_password(
    stack: DeployedStack, organizer: Client, compete: Any, line: Line, send: Any
) -> None:
    with newcomer(stack, "banned") as client:
        username, phase = client.me()["username"], compete(client, extra=line.manifest)["phases"][0]["id"]
        submission = client.submit(phase, send(client, builders.submission()))["id"]
        token = client.create_token("laptop", 1)["token"]
        assert organizer.ban(username, "Two accounts.")["ban"] is not None
        signed_in = {"username": username, "password": stack.local.state.get("accounts")[username]["password"]}
        assert stack.call("POST", "/sessions", body=signed_in).status_code == 403
        until(lambda: organizer.submission(submission)["status"] == "Cancelled")
        until(lambda: stack.call("GET", "/me", token).status_code == 401)
        assert organizer.restore_account(username, "Sorry.")["ban"] is None
        assert stack.call("POST", "/sessions", body=signed_in).status_code == 200


def test_a_competition_waits_for_approval_where_the_site_wants_it(
    stack: DeployedStack, organizer: Client, send: Any
) -> None:
    organizer.change_site({"approval": True})
    try:
        with newcomer(stack, "maker") as maker:
            made = maker.wait_for_import(maker.import_bundle(send(maker, builders.bundle(), "bundle"))["id"])
            competition = str(made["competition"])
            assert maker.publish(competition)["waiting_since"] is not None
            assert stack.call("GET", f"/competitions/{competition}").status_code == 404
            assert competition in [one["id"] for one in organizer.waiting()]
            assert organizer.decide_publication(competition, "refused", "Whose data?")["published"] is False
            assert maker.competition(competition)["refusal"] == "Whose data?"
            maker.publish(competition)
            assert organizer.decide_publication(competition, "approved")["published"] is True
        assert stack.call("GET", f"/competitions/{competition}").status_code == 200
    finally:
        organizer.change_site({"approval": False})
