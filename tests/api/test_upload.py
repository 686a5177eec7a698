"""Uploads: begin, send, commit."""

import os

import httpx
import pytest

from chalicelib.contract import parts
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


def commit(person: Person, begun: Answer, sent: list[dict[str, object]] | None = None) -> Answer:
    return person.call("POST", f"/uploads/{begun.body['id']}/commit", {"parts": sent or []})


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


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A file of two parts."""
    monkeypatch.setattr(parts, "SINGLE_BYTES", 1024)
    monkeypatch.setattr(parts, "PART_BYTES", 5 * 1024**2)
    return builders.archive({"noise": os.urandom(6 * 1024**2)})


def sums(content: bytes) -> list[str]:
    cut = parts.PART_BYTES
    return [builders.sha256(content[start : start + cut]) for start in range(0, len(content), cut)]


def put(begun: Answer, content: bytes) -> list[dict[str, object]]:
    sent, start = [], 0
    for part in begun.body["parts"]:
        answer = httpx.put(part["url"], headers=part["headers"], content=content[start : start + part["size_bytes"]])
        sent.append({"number": part["number"], "etag": answer.headers.get("ETag", "none")})
        start += part["size_bytes"]
    return sent


def test_a_large_file_goes_in_parts(site: Site, ada: Person, large: bytes) -> None:
    begun = begin(ada, large, part_sha256=sums(large))
    assert (begun.body["method"], [part["size_bytes"] for part in begun.body["parts"]]) == (
        "multipart",
        [5 * 1024**2, len(large) - 5 * 1024**2],
    )
    sent = put(begun, large)
    assert commit(ada, begun, sent[:1]).status == 422
    assert commit(ada, begun, sent).body["size_bytes"] == len(large)


def test_a_part_with_another_byte_is_found_at_commit(site: Site, ada: Person, large: bytes) -> None:
    begun = begin(ada, large, part_sha256=sums(large))
    spoilt = large[:1000] + bytes([large[1000] ^ 1]) + large[1001:]
    answer = commit(ada, begun, put(begun, spoilt))
    assert answer.status == 422, answer
    upload = begun.body["id"]
    assert ada.call("POST", "/phases/c-0/submissions", {"upload": upload}).status == 404
    assert next(row["state"] for row in site.rows() if row["id"] == upload) == "begun"


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_sums_fit_the_parts_or_the_answer_says_how_many_there_are(ada: Person, large: bytes, count: int) -> None:
    answer = begin(ada, large, part_sha256=["0" * 64] * count)
    assert answer.status == 422 and "2 parts of 5,242,880 bytes" in answer.body["errors"][0]["message"]
    assert begin(ada, CONTENT, part_sha256=["0" * 64]).status == 422


def test_files_of_any_size_are_cut_into_as_many_parts_as_one_answer_holds() -> None:
    assert parts.sizes(100 * 1024**2) == []
    assert parts.sizes(100 * 1024**2 + 1) == [64 * 1024**2, 36 * 1024**2 + 1]
    huge = parts.sizes(5 * 1024**4)
    assert len(huge) <= 2000 and sum(huge) == 5 * 1024**4


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
