"""What a run left, and who may see which of it."""

from typing import Any

import pytest

from chalicelib import settings
from chalicelib.actions.submissions import removal
from chalicelib.aws import objects
from chalicelib.aws.object_keys import run_file, still_page
from chalicelib.store.submissions import submissions
from tests.api.conftest import Person, Site, sender

UPLOADED = ["output", "private_output", "prediction_output", "detailed_results", "results/curve.png", "scoring_stdout"]


@pytest.fixture
def runner(site: Site, admin: Person) -> str:
    return site.runner_token(admin)


@pytest.fixture
def finished(site: Site, organizer: Person, ada: Person, runner: str) -> Any:
    """Ada's submission in a phase with these settings, once its runner has sent everything."""

    def finish(phase_extra: str = "", extra: str = "enable_detailed_results: true") -> str:
        competition = organizer.competition(phase_extra=phase_extra, extra=extra)
        ada.join(competition)
        job = site.claim(ada.submit(competition).body["id"], runner).body
        step = {"name": "scoring", "exit_code": 0, "seconds": 1.0, "cpu_seconds": 0.5, "image_digest": "sha256:1"}
        assert site.finish(job, {"accuracy": 1.0}, uploaded=UPLOADED, steps=[step]).status == 200
        return str(job["submission"])

    return finish


def names(person: Person, submission: str) -> set[str]:
    files = person.call("GET", f"/submissions/{submission}/files").body
    return {name for name, url in files.items() if url} - {"submission", "extension"}


ALL = {"output", "prediction_output", "detailed_results", "results", "scoring_stdout"}


def test_participants_get_all_but_the_private_output_and_organizers_that_too(
    organizer: Person, ada: Person, finished: Any
) -> None:
    submission = finished()
    assert names(ada, submission) == ALL
    assert names(organizer, submission) == ALL | {"private_output"}
    results = ada.call("GET", f"/submissions/{submission}/files").body["results"]
    assert list(results) == ["curve.png"] and "/results/curve.png" in results["curve.png"]


PAGE = '<h1>0.5</h1><meta http-equiv="refresh" content="0; url=https://elsewhere.example"><script>steal()</script>'


def test_pages_are_saved_as_they_were_written_and_shown_as_what_can_do_nothing(
    site: Site, organizer: Person, ada: Person, runner: str
) -> None:
    competition = organizer.competition(extra="enable_detailed_results: true")
    ada.join(competition)
    job = site.claim(ada.submit(competition).body["id"], runner).body
    pages = {"detailed_results": "detailed_results.html", "results/more.HTML": "results/more.HTML"}
    for file in (*pages.values(), "results/curve.png"):
        objects.write(settings.get().runs_bucket, run_file(job["submission"], 1, file), PAGE.encode(), "text/html")
    site.finish(job, {"accuracy": 1.0}, uploaded=[*pages, "results/curve.png"])
    path = f"/submissions/{job['submission']}"
    for query, is_shown in (("", False), ("?in_frames=true", True)):
        found = ada.call("GET", f"{path}/files{query}").body
        assert set(found["results"]) == {"more.HTML", "curve.png"} and "curve.png" in found["results"]["curve.png"]
        for url in (found["detailed_results"], found["results"]["more.HTML"]):
            sent = sender().get(url)
            assert sent.headers["content-disposition"].startswith("inline" if is_shown else "attachment")
            assert (sent.text == PAGE) is not is_shown
            assert not is_shown or ' http-equiv="refresh' not in sent.text and sent.text.index("default-src 'none'") < 200
    copies = [run_file(job["submission"], 1, still_page(file)) for file in pages.values()]
    assert all(objects.head(settings.get().runs_bucket, copy) for copy in copies)
    removal.finish(submissions.find(job["submission"]))
    assert not any(objects.head(settings.get().runs_bucket, copy) for copy in copies)


@pytest.mark.parametrize(
    ("setting", "hidden"),
    [("hide_output", ALL), ("hide_prediction_output", {"prediction_output"}), ("hide_score_output", {"output"})],
)
def test_what_a_phase_hides_is_hidden_from_participants_and_not_from_organizers(
    organizer: Person, ada: Person, finished: Any, setting: str, hidden: set[str]
) -> None:
    submission = finished(f"{setting}: true")
    assert names(ada, submission) == ALL - hidden
    assert names(organizer, submission) == ALL | {"private_output"}


@pytest.mark.parametrize("extra", ["", "enable_detailed_results: true\nshow_detailed_results_in_submission_panel: false"])
def test_pages_of_detailed_results_are_for_participants_only_where_a_competition_shows_them(
    organizer: Person, ada: Person, finished: Any, extra: str
) -> None:
    submission = finished(extra=extra)
    assert names(ada, submission) == ALL - {"detailed_results", "results"}
    assert names(organizer, submission) == ALL | {"private_output"}


def test_a_step_says_what_it_used_and_to_organizers_which_image_it_was(
    organizer: Person, ada: Person, finished: Any
) -> None:
    path = f"/submissions/{finished()}"
    seen, known = (person.call("GET", path).body["steps"][0] for person in (ada, organizer))
    assert (seen["cpu_seconds"], seen["peak_gpu_memory_bytes"], seen["image_digest"]) == (0.5, None, None)
    assert known["image_digest"] == "sha256:1"


@pytest.mark.parametrize("name", ["results/../output.zip", "results/a/b.png", "results/.hidden", "stdout", "../x"])
def test_a_name_that_no_runner_may_report_is_refused(
    site: Site, organizer: Person, ada: Person, runner: str, name: str
) -> None:
    competition = organizer.competition()
    ada.join(competition)
    job = site.claim(ada.submit(competition).body["id"], runner).body
    assert site.finish(job, {"accuracy": 1.0}, uploaded=[name]).status == 422


def send(job: dict[str, Any], name: str, content: bytes) -> None:
    """Upload as a runner does."""
    form = job["uploads"][name]
    sender().post(form["url"], data=form["fields"], files={"file": content}).raise_for_status()


@pytest.fixture
def running(site: Site, organizer: Person, ada: Person, runner: str) -> Any:
    """The job of Ada's submission in a phase with these settings, claimed."""

    def claim(phase_extra: str = "") -> dict[str, Any]:
        competition = organizer.competition(phase_extra=phase_extra)
        ada.join(competition)
        return dict(site.claim(ada.submit(competition).body["id"], runner).body)

    return claim


def test_logs_are_read_while_a_submission_runs_and_afterwards(
    site: Site, organizer: Person, ada: Person, running: Any
) -> None:
    job = running()
    path = f"/submissions/{job['submission']}/logs"
    assert ada.call("GET", path).body == {"status": "Preparing", "attempt": 1, "logs": {}}
    send(job, "submission_stdout", b"one\n")
    send(job, "scoring_stderr", "caf\u00e9".encode())
    expected = {"submission_stdout": "one\n", "scoring_stderr": "caf\u00e9"}
    assert [person.call("GET", path).body["logs"] for person in (ada, organizer)] == [expected, expected]
    send(job, "submission_stdout", b"one\n" + b"x" * 200_000 + b"end")
    site.finish(job, {"accuracy": 1.0}, uploaded=["submission_stdout"])
    seen = ada.call("GET", path).body
    assert (seen["status"], list(seen["logs"])) == ("Finished", ["submission_stdout"])
    assert len(seen["logs"]["submission_stdout"]) == 128 * 1024 and seen["logs"]["submission_stdout"].endswith("xend")


def test_logs_are_nobody_elses_and_hidden_where_the_phase_hides_output(
    site: Site, organizer: Person, ada: Person, running: Any
) -> None:
    job = running("hide_output: true")
    send(job, "scoring_stdout", b"one\n")
    path = f"/submissions/{job['submission']}/logs"
    assert site.person("grace").call("GET", path).status == 404
    refused = ada.call("GET", path)
    assert (refused.status, "organizers show no output" in refused.body["detail"]) == (403, True)
    assert organizer.call("GET", path).body["logs"] == {"scoring_stdout": "one\n"}


@pytest.mark.parametrize(("setting", "tells"), [("", True), ("hide_output: true", False), ("agon: {is_blind: true}", False)])
def test_the_reason_of_a_failure_may_quote_logs_only_where_participants_read_them(
    running: Any, setting: str, tells: bool
) -> None:
    assert running(setting)["tells_errors"] is tells


def test_a_result_page_is_sent_under_its_own_name(site: Site, organizer: Person, running: Any) -> None:
    job = running()
    form = job["uploads"]["results"]
    assert form["fields"]["key"].endswith("/results/${filename}")
    fields = {**form["fields"], "key": form["fields"]["key"].replace("${filename}", "curve.png")}
    sender().post(form["url"], data=fields, files={"file": b"png"}).raise_for_status()
    site.finish(job, {"accuracy": 1.0}, uploaded=["results/curve.png"])
    url = organizer.call("GET", f"/submissions/{job['submission']}/files").body["results"]["curve.png"]
    assert sender().get(url).content == b"png"
