"""Phases that take one plain file as it is, with an extension that they name; others take zips, as ever."""

import io
import zipfile
from typing import Any

import pytest

from chalicelib.actions.background.sweep import sweep
from chalicelib.contract import PROTOCOL_VERSION
from tests import builders
from tests.api.conftest import Answer, Person, Site, sender
from tests.api.test_editor import edit
from tests.api.test_judging import Contest
from tests.api.test_migration import START
from tests.api.test_sharing import publish
from tests.api.test_submission_exports import archives, look, order

CSV = b"id,label\r\n1,\xff\n"
TAKING = "agon: {submission_extensions: [csv, zip]}"


@pytest.fixture
def runner(site: Site, admin: Person) -> str:
    return site.runner_token(admin)


@pytest.fixture
def competition(organizer: Person, ada: Person) -> dict[str, Any]:
    made = organizer.competition(phase_extra=TAKING)
    ada.join(made)
    return made


def begin(person: Person, content: bytes, filename: str, **more: Any) -> Answer:
    facts = {"filename": filename, "size_bytes": len(content), "sha256": builders.sha256(content)}
    return person.call("POST", "/uploads", {"purpose": "submission", "plain": True, **facts, **more})


def commit(person: Person, begun: Answer, content: bytes) -> Answer:
    form = begun.body["post"]
    sender().post(form["url"], data=form["fields"], files={"file": content}).raise_for_status()
    return person.call("POST", f"/uploads/{begun.body['id']}/commit", {"parts": []})


def sent(person: Person, content: bytes = CSV, filename: str = "My predictions.CSV") -> str:
    begun = begin(person, content, filename)
    assert commit(person, begun, content).status == 200
    return str(begun.body["id"])


def submit(person: Person, phase: str, upload: str) -> Answer:
    return person.call("POST", f"/phases/{phase}/submissions", {"upload": upload})


def phase_of(competition: dict[str, Any], index: int = 0) -> str:
    return str(competition["phases"][index]["id"])


def submitted(person: Person, competition: dict[str, Any], **file: Any) -> str:
    answer = submit(person, phase_of(competition), sent(person, **file))
    assert answer.status == 201, answer.body
    return str(answer.body["id"])


def claim(site: Site, submission: str, runner: str, protocol: int = PROTOCOL_VERSION) -> Answer:
    return site.call("POST", f"/runner/jobs/{submission}/claim", {"runner": "r", "protocol": protocol}, token=runner)


def test_a_phase_tells_what_it_takes(ada: Person, competition: dict[str, Any]) -> None:
    told = ada.call("GET", f"/competitions/{competition['id']}").body["phases"][0]
    assert told["submission_extensions"] == ["csv", "zip"]


def test_the_file_goes_to_the_runner_as_it_was_sent_under_one_name(
    site: Site, ada: Person, competition: dict[str, Any], runner: str
) -> None:
    made = submitted(ada, competition)
    job = claim(site, made, runner).body
    assert job["plain_file"] == "submission.csv"
    assert sender().get(job["archive"]["url"]).content == CSV
    assert (job["archive"]["size_bytes"], job["archive"]["sha256"]) == (len(CSV), builders.sha256(CSV))


def test_it_is_handed_out_under_its_own_name_to_be_saved(ada: Person, competition: dict[str, Any]) -> None:
    files = ada.call("GET", f"/submissions/{submitted(ada, competition)}/files").body
    assert files["extension"] == "csv"
    answer = sender().get(files["submission"])
    assert (answer.content, answer.headers["content-type"]) == (CSV, "text/csv")
    assert answer.headers["content-disposition"].startswith('attachment; filename="My_predictions.CSV"')


def test_a_page_is_handed_out_as_bytes_and_never_shown(organizer: Person, ada: Person) -> None:
    made = organizer.competition(phase_extra="agon: {submission_extensions: [html, svg]}")
    ada.join(made)
    for filename in ("a.html", "a.svg"):
        submission = submitted(ada, made, content=b"<script>alert(1)</script>", filename=filename)
        answer = sender().get(ada.call("GET", f"/submissions/{submission}/files").body["submission"])
        assert answer.headers["content-type"] == "application/octet-stream"
        assert answer.headers["content-disposition"].startswith("attachment")


def test_a_zip_stays_one_where_it_is_named_however_it_was_sent(
    site: Site, ada: Person, competition: dict[str, Any], runner: str
) -> None:
    for upload in (sent(ada, builders.submission(), "a.zip"), ada.upload(builders.submission())):
        made = submit(ada, phase_of(competition), upload).body["id"]
        assert claim(site, made, runner).body["plain_file"] == "submission.zip"
        assert ada.call("GET", f"/submissions/{made}/files").body["extension"] == "zip"


def test_what_is_called_a_zip_must_be_one(ada: Person) -> None:
    answer = commit(ada, begin(ada, CSV, "a.zip"), CSV)
    assert (answer.status, "no zip archive" in answer.body["detail"]) == (422, True)


def test_another_extension_is_refused_without_an_attempt_and_the_allowed_ones_are_named(
    ada: Person, competition: dict[str, Any]
) -> None:
    answer = submit(ada, phase_of(competition), sent(ada, b"{}", "a.json"))
    assert answer.status == 422
    assert answer.body["detail"] == "This phase takes one file, .csv or .zip, as it is. Yours is called a.json."
    assert ada.call("GET", f"/phases/{phase_of(competition)}/quota").body["in_all"]["left"] == 10


def test_a_zip_is_refused_where_none_is_taken(organizer: Person, ada: Person) -> None:
    made = organizer.competition(phase_extra="agon: {submission_extensions: [csv]}")
    ada.join(made)
    answer = ada.submit(made)
    assert answer.status == 422
    assert answer.body["detail"] == "This phase takes one file, .csv, as it is. Yours is called file.zip."


def test_a_phase_that_names_none_takes_zips_and_says_so(site: Site, organizer: Person, ada: Person, runner: str) -> None:
    made = organizer.competition()
    ada.join(made)
    answer = submit(ada, phase_of(made), sent(ada))
    assert (answer.status, answer.body["detail"]) == (422, "This phase takes zips, and no other file.")
    assert answer.body["errors"][0]["message"] == "Put My predictions.CSV into a zip, and submit that."
    zipped = submit(ada, phase_of(made), sent(ada, builders.submission(), "a.zip"))
    assert claim(site, zipped.body["id"], runner).body["plain_file"] == ""


@pytest.mark.parametrize("filename", ["predictions", "a.", "a.c s", "a.é", "a." + "b" * 17])
def test_a_plain_file_needs_an_extension(ada: Person, filename: str) -> None:
    answer = begin(ada, CSV, filename)
    assert (answer.status, answer.body["errors"][0]["place"]) == (422, "filename")


@pytest.mark.parametrize("purpose", ["bundle", "dataset"])
def test_nothing_but_a_submission_is_plain(ada: Person, purpose: str) -> None:
    assert begin(ada, CSV, "a.csv", purpose=purpose).status == 422


def test_limits_of_size_hold_for_plain_files_too(organizer: Person, ada: Person) -> None:
    made = organizer.competition(phase_extra="agon: {submission_extensions: [csv], max_submission_bytes: 5}")
    ada.join(made)
    assert submit(ada, phase_of(made), sent(ada)).status == 413
    assert submit(ada, phase_of(made), sent(ada, b"1,2", "a.csv")).status == 201


@pytest.mark.parametrize("protocol", [1, 2])
def test_a_runner_that_would_unpack_it_is_not_given_it_and_others_are(
    site: Site, ada: Person, competition: dict[str, Any], runner: str, protocol: int
) -> None:
    made = submitted(ada, competition)
    presence = {"runner": "old", **({"protocol": protocol} if protocol > 1 else {})}
    assert site.call("POST", "/runner/presence", presence, token=runner).body["waiting"] is None
    assert claim(site, made, runner, protocol).status == 204
    assert ada.call("GET", f"/submissions/{made}").body["queue"]["runners_alive"] == 0
    assert claim(site, made, runner).body["submission"] == made


def test_each_of_several_tasks_gets_it(site: Site, organizer: Person, ada: Person, runner: str) -> None:
    made = organizer.competition(phase_extra=TAKING, tasks=("A", "B"))
    ada.join(made)
    submission = submitted(ada, made)
    jobs = [claim(site, f"{submission}-{task}", runner).body for task in "01"]
    assert [job["plain_file"] for job in jobs] == ["submission.csv"] * 2


def test_a_rerun_runs_it_as_it_was_sent_whatever_the_phase_takes_since(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any], runner: str
) -> None:
    made = submitted(ada, competition)
    site.finish(claim(site, made, runner).body, {"accuracy": 0.5, "seconds": 1.0})
    assert edit(organizer, competition, "/phases/0", {"agon": {"submission_extensions": []}}).status == 200
    assert organizer.call("POST", f"/submissions/{made}/rerun").status == 200
    assert claim(site, made, runner).body["plain_file"] == "submission.csv"


def test_it_goes_along_into_the_next_phase_as_it_is(site: Site, organizer: Person, ada: Person, runner: str) -> None:
    second = "  - {index: 1, name: Second, start: 2090-01-01, auto_migrate_to_this_phase: true, tasks: [0]}"
    made = organizer.competition(end="2090-01-01", phase_extra=TAKING, more_phases=second)
    ada.join(made)
    site.finish(claim(site, submitted(ada, made), runner).body, {"accuracy": 0.5, "seconds": 1.0})
    sweep(START)
    site.work()
    (there,) = organizer.call("GET", f"/phases/{phase_of(made, 1)}/submissions?everyone=true").body["submissions"]
    assert claim(site, there["id"], runner).body["plain_file"] == "submission.csv"


def test_it_is_shared_and_started_from_as_it_is(site: Site, ada: Person, competition: dict[str, Any], runner: str) -> None:
    made, grace = submitted(ada, competition), site.person("grace")
    site.finish(claim(site, made, runner).body, {"accuracy": 0.5, "seconds": 1.0})
    publish(ada, made)
    grace.join(competition)
    assert grace.call("GET", f"/shared/{made}").body["extension"] == "csv"
    shared = sender().get(grace.call("POST", f"/shared/{made}/download").body["url"])
    assert (shared.content, shared.headers["content-disposition"]) == (CSV, f'attachment; filename="{made}.csv"')
    forked = grace.call("POST", f"/phases/{phase_of(competition)}/submissions", {"forked_from": made})
    assert claim(site, forked.body["id"], runner).body["plain_file"] == "submission.csv"


def test_what_is_shared_is_not_run_in_a_phase_that_does_not_take_it(
    site: Site, organizer: Person, ada: Person, runner: str
) -> None:
    second = "  - {index: 1, name: Second, start: 2026-01-01, tasks: [0]}"
    made = organizer.competition(
        end="2090-01-01", phase_extra=TAKING, more_phases=second.replace("tasks", "end: 2091-01-01, tasks")
    )
    ada.join(made)
    source = submitted(ada, made)
    site.finish(claim(site, source, runner).body, {"accuracy": 0.5, "seconds": 1.0})
    publish(ada, source)
    answer = ada.call("POST", f"/phases/{phase_of(made, 1)}/submissions", {"forked_from": source})
    assert (answer.status, answer.body["detail"]) == (422, "This phase takes zips, and no other file.")


def test_it_is_packed_for_organizers_as_it_is(
    site: Site, organizer: Person, ada: Person, competition: dict[str, Any]
) -> None:
    made = submitted(ada, competition)
    parcel = order(organizer, competition)
    site.work()
    (archive,) = archives(look(organizer, competition, parcel))
    assert archive.read(f"ada/{made}/submission.csv") == CSV


def test_jurors_see_it_under_a_name_that_tells_nothing(site: Site, organizer: Person, admin: Person, ada: Person) -> None:
    contest = Contest(site, organizer, admin)
    assert (
        edit(organizer, contest.competition, "/phases/0", {"agon": {"submission_extensions": ["txt", "bin"]}}).status == 200
    )
    ada.join(contest.competition)
    made = submitted(ada, contest.competition, content=b"A story.", filename="by ada.txt")
    site.finish(claim(site, made, contest.runner).body, {"accuracy": 0.5, "seconds": 1.0})
    contest.work()
    (file,) = contest.case(contest.juror("juno"))["outputs"][0]["files"]
    assert (file["name"], file["kind"], file["size_bytes"]) == ("submission.txt", "text", 8)
    assert sender().get(file["url"]).text == "A story."


def test_a_solution_is_a_zip_whose_file_has_the_name_that_programs_expect(
    site: Site, organizer: Person, runner: str
) -> None:
    solutions = "solutions: [{index: 0, name: Good, tasks: [0], path: submission.csv}]"
    made = organizer.competition(files={"submission.csv": CSV}, phase_extra=TAKING, extra=solutions)
    (run,) = organizer.call("POST", f"/competitions/{made['id']}/solutions/0/run").body["submissions"]
    job = claim(site, run["id"], runner).body
    with zipfile.ZipFile(io.BytesIO(sender().get(job["archive"]["url"]).content)) as archive:
        assert (job["plain_file"], archive.namelist(), archive.read("submission.csv")) == ("", ["submission.csv"], CSV)
