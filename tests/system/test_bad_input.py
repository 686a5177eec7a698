"""What must be refused, on the deployed stack: with a sentence that says what to do, and with nothing stored."""

import time
from collections.abc import Callable
from typing import Any

import httpx
import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from agon.client import Client
from agon.errors import ProblemError
from agon.transfer import TransferFailed
from tests import builders, clock
from tests.stack import DeployedStack

from .conftest import Line

#: template.yaml's MaxSubmissionBytes.
LARGEST_BYTES = 5 * 1024**3


def refusal(action: Callable[..., Any], *arguments: Any) -> ProblemError:
    with pytest.raises(ProblemError) as problem:
        action(*arguments)
    assert problem.value.detail.endswith(".")
    assert "Traceback" not in problem.value.detail
    return problem.value


def objects(stack: DeployedStack) -> set[str]:
    """The keys of all files that are kept; what others left behind may go meanwhile."""
    found = stack.aws("s3").list_objects_v2(Bucket=stack.outputs["FilesBucket"])
    return {item["Key"] for item in found.get("Contents", [])}


def stored(client: Client, phase: str) -> list[dict[str, Any]]:
    return list(client.submissions(phase))


@pytest.mark.parametrize("purpose", ["bundle", "submission"])
def test_a_zip_that_is_no_zip_is_not_kept(ada: Client, stack: DeployedStack, send, purpose: str) -> None:
    before = objects(stack)
    assert refusal(send, ada, b"this is no zip", purpose).status == 422
    assert objects(stack) <= before


def test_a_bundle_without_a_manifest_is_not_kept(organizer: Client, stack: DeployedStack, send) -> None:
    before = objects(stack)
    upload = send(organizer, builders.archive({"readme.md": "no competition here"}), "bundle")
    assert refusal(organizer.import_bundle, upload).status == 422
    assert objects(stack) <= before


def test_a_bundle_with_a_mistake_becomes_no_competition(organizer: Client, stack: DeployedStack, send) -> None:
    before = objects(stack)
    upload = send(organizer, builders.archive({"competition.yaml": builders.manifest()}), "bundle")
    done = organizer.wait_for_import(organizer.import_bundle(upload)["id"])
    assert (done["status"], done["competition"]) == ("Failed", None)
    assert done["errors"][0]["message"]
    assert objects(stack) <= before


def test_a_closed_phase_takes_no_submission(ada: Client, compete, send) -> None:
    phase = compete(ada, end="2026-02-01")["phases"][0]["id"]
    assert refusal(ada.submit, phase, send(ada, builders.submission())).status == 409
    assert stored(ada, phase) == []


def test_a_stranger_may_not_submit(stranger: Client, organizer: Client, compete, send) -> None:
    phase = compete()["phases"][0]["id"]
    assert refusal(stranger.submit, phase, send(stranger, builders.submission())).status in (403, 404)
    assert list(organizer.submissions(phase, everyone=True)) == []


def test_a_submission_above_the_quota_is_refused_and_told_when_to_come_again(ada: Client, compete, send, line) -> None:
    # This competition's scoring program reports nothing: a runner would have the attempt given back.
    phase = compete(ada, per_day=1, extra=line.manifest)["phases"][0]["id"]
    clock.within_one(clock.DAY)
    ada.submit(phase, send(ada, builders.submission()))
    problem = refusal(ada.submit, phase, send(ada, builders.submission("43")))
    assert problem.status == 429
    assert any(character.isdigit() for character in problem.detail)
    assert len(stored(ada, phase)) == 1


def test_a_file_that_is_too_large_is_refused_before_it_is_sent(ada: Client) -> None:
    body = {"purpose": "submission", "filename": "x.zip", "size_bytes": LARGEST_BYTES + 1, "sha256": "0" * 64}
    assert refusal(ada.http.call, "POST", "/uploads", body).status == 413


def test_a_file_that_is_larger_than_announced_is_refused_by_storage(ada: Client, stack: DeployedStack) -> None:
    body = {"purpose": "submission", "filename": "x.zip", "size_bytes": 3, "sha256": builders.sha256(b"abc")}
    upload = ada.http.call("POST", "/uploads", body)
    sent = httpx.post(upload["post"]["url"], data=upload["post"]["fields"], files={"file": b"abcd"}, timeout=35)
    assert sent.status_code == 400
    assert refusal(ada.http.call, "POST", f"/uploads/{upload['id']}/commit", {"parts": []}).status in (409, 422)


def test_a_file_that_is_another_than_announced_is_not_committed(ada: Client, tmp_path, monkeypatch) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(b"abc")
    monkeypatch.setattr("agon.archive.sha256", lambda path, parts: (builders.sha256(b"xyz"), []))
    with pytest.raises((ProblemError, TransferFailed)):
        ada.upload(path, "submission")


def test_a_token_that_expired_is_refused(stack: DeployedStack, ada: Client) -> None:
    # Signed with the user pool's own key, so that nothing but its age is wrong with it.
    stack.keeps_what_is_read()
    keys = stack.local.state.root / "aws" / "cognito-pool-keys"
    key = (keys / f"{stack.outputs['UserPoolId']}-access.pem").read_bytes()
    mine = ada.http.session.access_token
    header, claims = jwt.get_unverified_header(mine), jwt.decode(mine, options={"verify_signature": False})
    assert stack.call("GET", "/me", jwt.encode(claims, key, "RS256", headers=header)).status_code == 200
    expired = claims | {"iat": int(time.time()) - 7200, "exp": int(time.time()) - 3600}
    assert_refused(stack.call("GET", "/me", jwt.encode(expired, key, "RS256", headers=header)), 401)


def test_a_token_that_somebody_else_signed_is_refused(stack: DeployedStack, ada: Client) -> None:
    mine = ada.http.session.access_token
    claims = jwt.decode(mine, options={"verify_signature": False})
    forger = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    assert_refused(
        stack.call("GET", "/me", jwt.encode(claims, forger, "RS256", headers=jwt.get_unverified_header(mine))), 401
    )
    assert_refused(stack.call("GET", "/me", jwt.encode(claims, "", "none")), 401)


def test_a_revoked_token_is_refused(stack: DeployedStack, ada: Client) -> None:
    token = ada.create_token("lost laptop", 1)
    assert stack.call("GET", "/me", token["token"]).status_code == 200
    ada.revoke_token(token["id"])
    assert_refused(stack.call("GET", "/me", token["token"]), 401)


def test_a_participants_token_claims_no_job(stack: DeployedStack, ada: Client, compete, send) -> None:
    phase = compete(ada)["phases"][0]["id"]
    submission = ada.submit(phase, send(ada, builders.submission()))["id"]
    token = ada.create_token("curious", 1)["token"]
    for presented in (token, ada.http.session.access_token, "agonr_invented"):
        assert_refused(stack.call("POST", f"/runner/jobs/{submission}/claim", presented, {"runner": "x"}), 401)


def test_an_old_attempts_token_changes_nothing(stack: DeployedStack, ada: Client, compete, send, line: Line) -> None:
    phase = compete(ada, extra=line.manifest)["phases"][0]["id"]
    submission = ada.submit(phase, send(ada, builders.submission()))["id"]
    job = f"/runner/jobs/{submission}"
    old = line.claim(submission)["token"]
    assert stack.call("POST", f"{job}/abort", old, {"reason": "The disk is full."}).json() == {"status": "Submitted"}
    new = line.claim(submission)
    assert new["attempt"] == 2
    assert_refused(line.ask(submission), 404)
    outcome = {"fault": None, "reason": "", "scores": {"accuracy": 1.0}, "notes": [], "steps": []}
    outcome |= {"host": "a"}
    assert_refused(stack.call("POST", f"{job}/finish", old, outcome), 409)
    assert_refused(stack.call("POST", f"{job}/heartbeat", old, {"step": "scoring", "log_bytes": {}}), 409)
    assert_refused(stack.call("POST", f"{job}/abort", old, {"reason": "Again."}), 409)
    seen = ada.submission(submission)
    assert (seen["status"], seen["scores"], seen["attempt"]) == ("Preparing", {}, 2)
    assert stack.call("POST", f"{job}/finish", new["token"], outcome | {"host": "b"}).json() == {"status": "Finished"}


def assert_refused(answer: httpx.Response, status: int) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert answer.json()["detail"].endswith(".")
