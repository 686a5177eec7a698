"""Uploads: begin, send, commit."""

import os

import httpx
import pytest

from chalicelib.actions import uploads
from tests import builders
from tests.api.conftest import Answer, Person, Site

CONTENT = builders.archive({"answer.txt": "42"})
OTHER = builders.archive({"answer.txt": "43"})


def begin(person: Person, content: bytes, **other: object) -> Answer:
    body = {"purpose": "submission", "filename": "a.zip", "size_bytes": len(content), "sha256": builders.sha256(content)}
    return person.call("POST", "/uploads", {**body, **other})


def send(begun: Answer, content: bytes) -> int:
    form = begun.body["post"]
    return httpx.post(form["url"], data=form["fields"], files={"file": content}).status_code


def commit(person: Person, begun: Answer, parts: list[dict[str, object]] | None = None) -> Answer:
    return person.call("POST", f"/uploads/{begun.body['id']}/commit", {"parts": parts or []})


def test_a_file_is_sent_by_a_form_and_committed(site: Site, ada: Person) -> None:
    begun = begin(ada, CONTENT)
    assert send(begun, CONTENT) in (200, 204)
    assert commit(ada, begun).body["state"] == "committed"


def test_a_commit_sent_twice_answers_the_same(site: Site, ada: Person) -> None:
    begun = begin(ada, CONTENT)
    send(begun, CONTENT)
    assert commit(ada, begun).body == commit(ada, begun).body


def test_a_commit_before_the_file_says_that_it_has_not_arrived(site: Site, ada: Person) -> None:
    answer = commit(ada, begin(ada, CONTENT))
    assert (answer.status, "has not arrived" in answer.body["detail"]) == (422, True)


def test_a_file_with_another_checksum_is_refused(site: Site, ada: Person) -> None:
    begun = begin(ada, CONTENT)
    send(begun, OTHER)
    answer = commit(ada, begun)
    assert answer.status == 422
    assert ada.call("POST", "/phases/c-0/submissions", {"upload": begun.body["id"]}).status == 404


def test_a_file_above_the_limit_is_refused_before_it_is_sent(site: Site, ada: Person) -> None:
    answer = begin(ada, b"", size_bytes=6 * 1024**3)
    assert (answer.status, "bytes at most" in answer.body["detail"]) == (413, True)
    assert site.rows() == []


def test_nobody_commits_somebody_elses_upload(site: Site, ada: Person, organizer: Person) -> None:
    begun = begin(ada, CONTENT)
    send(begun, CONTENT)
    assert commit(organizer, begun).status == 404


def test_a_large_file_goes_in_parts(site: Site, ada: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "SINGLE_BYTES", 1024)
    monkeypatch.setattr(uploads, "PART_BYTES", 5 * 1024**2)
    content = builders.archive({"noise": os.urandom(6 * 1024**2)})
    begun = begin(ada, content)
    assert (begun.body["method"], [part["size_bytes"] for part in begun.body["parts"]]) == (
        "multipart",
        [5 * 1024**2, len(content) - 5 * 1024**2],
    )
    parts, start = [], 0
    for part in begun.body["parts"]:
        sent = httpx.put(part["url"], content=content[start : start + part["size_bytes"]])
        parts.append({"number": part["number"], "etag": sent.headers["ETag"]})
        start += part["size_bytes"]
    assert commit(ada, begun, parts[:1]).status == 422
    assert commit(ada, begun, parts).body["size_bytes"] == len(content)


def test_an_abandoned_upload_is_gone_with_its_file(site: Site, ada: Person) -> None:
    begun = begin(ada, CONTENT)
    send(begun, CONTENT)
    assert ada.call("DELETE", f"/uploads/{begun.body['id']}").status == 200
    assert (site.rows(), site.object_keys("FilesBucket")) == ([], [])


@pytest.mark.parametrize("content", [b"this is no zip", CONTENT[:-20]], ids=["no-zip", "cut-short"])
def test_a_zip_that_is_no_zip_is_refused_and_not_kept(site: Site, ada: Person, content: bytes) -> None:
    begun = begin(ada, content)
    send(begun, content)
    answer = commit(ada, begun)
    assert (answer.status, "no zip archive" in answer.body["detail"]) == (422, True)
    assert (site.rows(), site.object_keys("FilesBucket")) == ([], [])
