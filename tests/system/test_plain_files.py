"""A participant hands in one CSV file, and reads what the scoring program says of it: deployed stack, real runner."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from agon import archive, templates
from agon.client import Client

TEMPLATE = templates.source("plain_csv")
SAMPLE = TEMPLATE / "sample_submission" / "predictions.csv"


@pytest.fixture
def phase(runner: Any, organizer: Client, ada: Client, send: Callable[..., str]) -> str:
    with archive.packed(TEMPLATE / "bundle") as bundle:
        upload = send(organizer, bundle.read_bytes(), "bundle")
    done = organizer.wait_for_import(organizer.import_bundle(upload)["id"])
    assert done["status"] == "Finished", done["errors"]
    organizer.publish(done["competition"])
    ada.join(done["competition"])
    return f"{done['competition']}-0"


def handed_in(person: Client, phase: str, file: Path) -> dict[str, Any]:
    upload = person.upload(file, "submission", plain=True)
    done: Any = person.wait_for_submission(person.submit(phase, upload["id"])["id"], timeout_seconds=120)
    return dict(done)


def test_what_is_wrong_with_a_file_is_told_beside_its_page_and_costs_an_attempt(
    ada: Client, phase: str, tmp_path: Path
) -> None:
    short, whole = tmp_path / "Mine at last.CSV", SAMPLE.read_text().splitlines(keepends=True)
    short.write_text("".join(whole[:-1]))
    before = ada.quota(phase)["today"]
    failed = handed_in(ada, phase, short)
    assert (failed["status"], failed["fault"], failed["scores"]) == ("Failed", "participant", {})
    assert failed["reason"] == "1 of 20 beds have no prediction, such as bed 60."
    left = ada.quota(phase)["today"]
    assert before and left and left["left"] == before["left"] - 1
    files = ada.submission_files(failed["id"])
    page, sent = httpx.get(files["detailed_results"], timeout=35), httpx.get(files["submission"], timeout=35)
    assert "such as bed 60" in page.text
    assert (sent.text, sent.headers["content-type"]) == (short.read_text(), "text/csv")
    assert sent.headers["content-disposition"].startswith("attachment; filename=")
    scored = handed_in(ada, phase, SAMPLE)
    assert (scored["status"], scored["scores"]) == ("Finished", {"mean_error": 0.79})
    assert ada.download_files(scored["id"], tmp_path / "got")["submission"].name == "submission.csv"
