"""Uploads: begin, send, commit."""

import os
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from chalicelib.actions.background import sweep
from chalicelib.aws import objects
from chalicelib.aws.clients import client
from chalicelib.contract import limits, parts
from chalicelib.store.library.uploads import UploadTally
from tests import builders
from tests.api.conftest import Answer, Person, Site, sender

CONTENT = builders.archive({"answer.txt": "42"})
OTHER = builders.archive({"answer.txt": "43"})


def begin(person: Person, content: bytes, **other: object) -> Answer:
    body = {"purpose": "submission", "filename": "a.zip", "size_bytes": len(content), "sha256": builders.sha256(content)}
    return person.call("POST", "/uploads", {**body, **other})


def send(begun: Answer, content: bytes) -> int:
    form = begun.body["post"]
    return sender().post(form["url"], data=form["fields"], files={"file": content}).status_code


def commit(person: Person, begun: Answer, sent: list[dict[str, object]] | None = None) -> Answer:
    return person.call("POST", f"/uploads/{begun.body['id']}/commit", {"parts": sent or []})


def test_a_file_is_sent_by_a_form_and_committed(site: Site, ada: Person) -> None:
    begun = begin(ada, CONTENT)
    assert send(begun, CONTENT) in (200, 204)
    assert commit(ada, begun).body["state"] == "committed"


def test_a_filename_that_hides_its_ending_is_refused_by_the_name_of_the_letter(ada: Person) -> None:
    answer = begin(ada, CONTENT, filename="answers\u202epiz.exe")
    told = "This is one line, so it cannot have U+202E RIGHT-TO-LEFT OVERRIDE. Take that character out."
    params = {"found": "U+202E RIGHT-TO-LEFT OVERRIDE"}
    complaint = {"place": "filename", "message": told, "code": "line", "params": params}
    assert (answer.status, answer.body["errors"]) == (422, [complaint])


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
        answer = sender().put(part["url"], headers=part["headers"], content=content[start : start + part["size_bytes"]])
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
    assert states(site) == ["begun"]


def test_an_upload_that_broke_off_tells_what_arrived_and_goes_on_at_fresh_addresses(
    site: Site, ada: Person, organizer: Person, large: bytes
) -> None:
    begun = begin(ada, large, part_sha256=sums(large))
    place = f"/uploads/{begun.body['id']}"
    first = put(Answer(200, {"parts": begun.body["parts"][:1]}, {}), large)
    seen = ada.call("GET", place)
    assert (seen.body["state"], seen.body["method"], seen.body["post"]) == ("begun", "multipart", None)
    assert seen.body["arrived"] == [{**first[0], "size_bytes": 5 * 1024**2}]
    assert [part["number"] for part in seen.body["parts"]] == [2]
    assert organizer.call("GET", place).status == 404
    second = put(seen, large[5 * 1024**2 :])
    assert [part["number"] for part in ada.call("GET", place).body["arrived"]] == [1, 2]
    assert commit(ada, begun, [*first, *second]).body["state"] == "committed"
    done = ada.call("GET", place).body
    assert (done["state"], done["arrived"], done["parts"]) == ("committed", [], [])


def test_an_upload_whose_commit_broke_off_in_its_middle_has_all_parts(site: Site, ada: Person, large: bytes) -> None:
    begun = begin(ada, large, part_sha256=sums(large))
    etags = {int(str(part["number"])): str(part["etag"]) for part in put(begun, large)}
    (row,) = site.rows()
    assert objects.end_parts(row["object_key"], row["multipart"], etags, sums(large))
    seen = ada.call("GET", f"/uploads/{begun.body['id']}").body
    assert ([part["number"] for part in seen["arrived"]], seen["parts"]) == ([1, 2], [])
    assert commit(ada, begun, [{key: part[key] for key in ("number", "etag")} for part in seen["arrived"]]).status == 200


def test_a_small_upload_that_broke_off_has_a_fresh_form(ada: Person) -> None:
    begun = begin(ada, CONTENT)
    seen = ada.call("GET", f"/uploads/{begun.body['id']}")
    assert send(seen, CONTENT) in (200, 204) and commit(ada, begun).status == 200


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


def states(site: Site) -> list[str]:
    return [row["state"] for row in site.rows() if row["kind"] == "upload"]


def tally(person: Person) -> tuple[int, int]:
    found = UploadTally.get(*UploadTally.at(person.id))
    return int(found.uploads), int(found.size_bytes)


def test_an_abandoned_upload_is_gone_with_its_file(site: Site, ada: Person) -> None:
    begun = begin(ada, CONTENT)
    send(begun, CONTENT)
    path = f"/uploads/{begun.body['id']}"
    assert [ada.call("DELETE", path).status for _ in range(2)] == [200, 404]
    assert (states(site), site.object_keys("FilesBucket"), tally(ada)) == (["removed"], [], (0, 0))


def test_a_store_that_is_too_busy_to_delete_says_when_to_come_again(site: Site, ada: Person) -> None:
    upload = ada.upload(CONTENT)
    events = client("s3").meta.events
    refusal = {"Error": {"Code": "SlowDown", "Message": "Slow."}, "ResponseMetadata": {"HTTPStatusCode": 503}}

    def refuse(**_: Any) -> tuple[SimpleNamespace, dict[str, Any]]:
        return SimpleNamespace(status_code=503), refusal

    events.register_first("before-call.s3.DeleteObjects", refuse)
    try:
        busy = ada.call("DELETE", f"/uploads/{upload}")
        sweep.sweep(datetime.now(UTC) + timedelta(hours=1))
    finally:
        events.unregister("before-call.s3.DeleteObjects", refuse)
    assert (busy.status, int(busy.headers["retry-after"]) > 0) == (503, True)
    assert "Try again" in busy.body["detail"] and len(site.object_keys("FilesBucket")) == 1
    # A store that is busy is no defect that administrators are told of.
    assert not [row for row in site.rows() if row["kind"] == "sweep_failure"]
    sweep.sweep(datetime.now(UTC) + timedelta(hours=2))
    assert site.object_keys("FilesBucket") == []


def test_what_arrives_after_its_upload_was_removed_is_removed_too(site: Site, ada: Person) -> None:
    begun, now = begin(ada, CONTENT), datetime.now(UTC)
    ada.call("DELETE", f"/uploads/{begun.body['id']}")
    send(begun, CONTENT)
    assert len(site.object_keys("FilesBucket")) == 1
    for hours, left in ((1, ["removed"]), (3, [])):
        sweep.sweep(now + timedelta(hours=hours))
        assert states(site) == left
    assert site.object_keys("FilesBucket") == []


@pytest.mark.parametrize("became", ["submission", "dataset", "failed import"])
def test_what_is_sent_again_after_what_it_became_is_gone_is_removed_too(
    site: Site, ada: Person, organizer: Person, became: str
) -> None:
    competition, now = organizer.competition(), datetime.now(UTC)
    ada.join(competition)
    before = site.object_keys("FilesBucket")
    purpose = {"submission": "submission", "dataset": "dataset", "failed import": "bundle"}[became]
    begun = begin(ada, CONTENT, purpose=purpose)
    send(begun, CONTENT)
    assert commit(ada, begun).status == 200
    upload = {"upload": begun.body["id"]}
    if became == "submission":
        made = ada.call("POST", f"/phases/{competition['phases'][0]['id']}/submissions", upload).body["id"]
        assert ada.call("POST", f"/submissions/{made}/cancel").status == 200
        assert ada.call("DELETE", f"/submissions/{made}").status == 200
    elif became == "dataset":
        made = ada.call("POST", "/datasets", {**upload, "type": "solution", "name": "Mine"}).body["id"]
        assert ada.call("DELETE", f"/datasets/{made}").status == 200
    else:
        manifest = builders.archive({"competition.yaml": "version: 2"})
        begun = begin(ada, manifest, purpose="bundle")
        assert send(begun, manifest) < 300 and commit(ada, begun).status == 200
        ada.call("POST", "/competitions", {"upload": begun.body["id"]})
        site.work()
        ada.call("DELETE", f"/uploads/{upload['upload']}")
    sweep.sweep(now + timedelta(minutes=1))
    send(begun, manifest if became == "failed import" else CONTENT)
    assert len(site.object_keys("FilesBucket")) == len(before) + 1
    sweep.sweep(now + timedelta(hours=3))
    assert site.object_keys("FilesBucket") == before


def test_so_many_uploads_of_an_account_are_in_progress_and_no_more(
    site: Site, ada: Person, organizer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_UPLOADS", 2)
    first, _ = begin(ada, CONTENT), begin(ada, CONTENT)
    refused = begin(ada, CONTENT)
    assert (refused.status, "2 uploads in progress" in refused.body["detail"]) == (429, True)
    assert begin(organizer, CONTENT).status == 201
    ada.call("DELETE", f"/uploads/{first.body['id']}")
    assert begin(ada, CONTENT).status == 201


def test_the_bytes_of_uploads_in_progress_have_an_end(site: Site, ada: Person) -> None:
    size = 20 * limits.GIB
    body = {"purpose": "bundle", "filename": "a.zip", "size_bytes": size, "sha256": "0" * 64}
    body["part_sha256"] = ["0" * 64] * len(parts.sizes(size))
    begun = [ada.call("POST", "/uploads", body) for _ in range(6)]
    assert [one.status for one in begun] == [201] * 5 + [429]
    assert {ada.call("DELETE", f"/uploads/{one.body['id']}").status for one in begun[:5]} == {200}


def test_what_is_used_counts_no_more_whatever_it_became(site: Site, ada: Person, organizer: Person) -> None:
    competition = organizer.competition()
    ada.join(competition)
    assert ada.submit(competition).status == 201
    program = ada.upload(builders.archive({"metadata": "command: x"}), "dataset")
    ada.call("POST", "/datasets", {"name": "P", "type": "scoring_program", "upload": program})
    manifest = "name: T\ndescription: T\nscoring_program: {zip: p}\n"
    task = ada.upload(builders.archive({"task.yaml": manifest, "p/metadata": "command: x"}), "bundle")
    assert ada.call("POST", "/tasks/bundle", {"upload": task}).status == 201
    assert tally(ada) == (0, 0)


@pytest.mark.parametrize("content", [b"this is no zip", CONTENT[:-20]], ids=["no-zip", "cut-short"])
def test_a_zip_that_is_no_zip_is_refused_and_not_kept(site: Site, ada: Person, content: bytes) -> None:
    begun = begin(ada, content)
    send(begun, content)
    answer = commit(ada, begun)
    assert (answer.status, "no zip archive" in answer.body["detail"]) == (422, True)
    assert (states(site), site.object_keys("FilesBucket"), tally(ada)) == (["removed"], [], (0, 0))
