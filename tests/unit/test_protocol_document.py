"""docs/protocol.md says what the code says: each of its examples is read by the code that reads the real thing."""

import json
import re
import threading
from dataclasses import fields
from datetime import datetime
from pathlib import Path

import pytest

from chalicelib import requests, responses
from chalicelib.contract import (
    PROTOCOL_VERSION,
    Capabilities,
    Fault,
    Job,
    Outcome,
    Source,
    Stage,
    Status,
    StepReport,
    Upload,
    uploads,
)
from chalicelib.requests import Release, Released
from runner import queue
from runner.backend import Backend, Session
from tests.unit import fake_api

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "protocol.md"
_EXAMPLE = re.compile(r"<!-- example: (?P<name>[a-z-]+) -->\n```json\n(?P<json>.*?)\n```", re.DOTALL)


def examples() -> dict[str, dict]:
    """Every example of the document by its name."""
    return {found["name"]: json.loads(found["json"]) for found in _EXAMPLE.finditer(DOCUMENT.read_text())}


EXAMPLES = examples()


def test_every_json_block_is_a_named_example():
    assert DOCUMENT.read_text().count("```json") == len(EXAMPLES) >= 11


def test_the_version_is_the_codes():
    assert f"# The runner protocol, version {PROTOCOL_VERSION}" in DOCUMENT.read_text()
    assert EXAMPLES["session-request"]["protocol"] == PROTOCOL_VERSION


def test_the_message_is_read():
    assert queue.read_submission(json.dumps(EXAMPLES["message"])) == EXAMPLES["message"]["submission"]


@pytest.mark.parametrize("body", ["", "[]", "{}", '{"version": 2, "submission": "a"}', '{"version": 1, "submission": 5}',
                                  '{"version": 1, "submission": "../../etc"}'])  # fmt: skip
def test_a_message_of_another_shape_is_not(body):
    assert queue.read_submission(body) is None


def test_the_job_is_read_and_written_back_whole():
    job = Job.from_dict(EXAMPLES["job"])
    assert json.loads(json.dumps(job.to_dict())) == EXAMPLES["job"]
    assert isinstance(job.uploads["output"], Upload)
    assert [step.stage for step in job.steps] == [Stage.PREDICTION, Stage.PREDICTION, Stage.SCORING]
    assert job.steps[1].program is None
    assert [(mount.path, mount.source) for mount in job.steps[2].mounts] == [
        ("/app/input/ref", None), ("/app/input/res", Source.PREDICTION), ("/app/data", Source.DATA),
    ]  # fmt: skip


def test_a_job_with_a_registry_is_read_and_its_password_is_in_no_text():
    registry = {"server": "registry.lab.example", "username": "olga", "password": "s3cret"}
    job = Job.from_dict({**EXAMPLES["job"], "registry": registry})
    assert json.loads(json.dumps(job.to_dict()))["registry"] == registry
    assert "s3cret" not in repr(job)


def test_the_names_of_uploads_are_the_codes():
    known = {*uploads.FILENAMES, uploads.RESULTS}
    assert set(EXAMPLES["job"]["uploads"]) <= known
    assert {name.partition("/")[0] for name in EXAMPLES["outcome-finished"]["uploaded"]} <= known
    assert set(EXAMPLES["heartbeat-request"]["log_bytes"]) <= set(uploads.LOGS)
    for name in (*uploads.ARCHIVES, uploads.DETAILED_RESULTS, uploads.RESULTS):
        assert f"`{name}`" in DOCUMENT.read_text()


def test_a_job_with_unknown_keys_is_read():
    assert Job.from_dict({**EXAMPLES["job"], "new": 1}) == Job.from_dict(EXAMPLES["job"])


@pytest.mark.parametrize("name", ["outcome-finished", "outcome-failed"])
def test_the_outcomes_have_the_keys_of_the_code(name):
    example = EXAMPLES[name]
    assert set(example) == {field.name for field in fields(Outcome)}
    for step in example["steps"]:
        assert set(step) == {field.name for field in fields(StepReport)}
    assert example["fault"] is None or Fault(example["fault"])


def test_an_outcome_is_written_as_the_example():
    example = EXAMPLES["outcome-failed"]
    outcome = Outcome(
        fault=Fault.ORGANIZER,
        reason=example["reason"],
        steps=(StepReport("scoring", 1, 0.2),),
        uploaded=tuple(example["uploaded"]),
        host=example["host"],
    )
    assert json.loads(json.dumps(outcome.to_dict())) == example


def test_the_answers_name_states_of_a_submission():
    assert Status(EXAMPLES["finish-answer"]["status"]).is_final
    assert Status(EXAMPLES["abort-answer"]["status"]) is Status.SUBMITTED


def test_the_times_have_an_offset():
    for text in (EXAMPLES["session-answer"]["expires_at"], EXAMPLES["heartbeat-answer"]["lease_expires_at"]):
        assert datetime.fromisoformat(text).tzinfo is not None


def test_the_session_has_what_the_code_reads():
    example = EXAMPLES["session-answer"]
    told = {*example, *example["credentials"]} - {"credentials"}
    assert told == {field.name for field in fields(Session)} - {"clock_ahead_seconds"}


def test_the_requests_have_the_keys_of_the_runner():
    assert set(EXAMPLES["session-request"]) == {"protocol", "runner", "version"}
    assert set(EXAMPLES["claim-request"]) == {"runner", "protocol", "capabilities"}
    capabilities = EXAMPLES["claim-request"]["capabilities"]
    assert Capabilities.from_dict(capabilities).to_dict() == capabilities
    assert set(EXAMPLES["heartbeat-request"]) == {"step", "log_bytes"}
    assert set(EXAMPLES["abort-request"]) == {"reason"}


def test_the_presence_is_what_the_api_reads_and_answers():
    assert requests.Presence(**EXAMPLES["presence-request"]).model_dump(mode="json") == EXAMPLES["presence-request"]
    assert set(EXAMPLES["presence-answer"]) == {field.name for field in fields(responses.Presence)}


def test_no_secret_is_in_the_message():
    assert set(EXAMPLES["message"]) == {"version", "submission"}


def test_fresh_uploads_are_where_the_api_puts_them_and_the_runner_looks():
    answer = EXAMPLES["uploads-answer"]
    assert set(answer) == {field.name for field in fields(responses.FreshUploads)}
    job = Job.from_dict(EXAMPLES["job"])
    with fake_api.running() as api:
        api.on("POST", f"/runner/jobs/{job.submission}/uploads", answer)
        backend = Backend(api.url, "agonr_x", "gpu-01")
        try:
            assert backend.uploads(job, threading.Event()) == {"output": Upload(**answer["uploads"]["output"])}
        finally:
            backend.close()


def test_a_release_is_what_the_api_reads():
    assert Release(**EXAMPLES["release-request"]).model_dump(mode="json") == EXAMPLES["release-request"]
    assert Released(**EXAMPLES["released-request"]).model_dump(mode="json") == EXAMPLES["released-request"]
