"""How exports of submissions are laid out."""

import io
from datetime import UTC, datetime

import pytest

from chalicelib.domain.submissions import export_layout
from chalicelib.domain.submissions.export_layout import Packed

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def packed(submission: str, **more: object) -> Packed:
    facts = {"username": "ada", "name": "", "status": "Finished", "submitted_at": NOW, "finished_at": NOW, "attempt": 1}
    facts |= {"size_bytes": 7, "sha256": "0", "scores": {}, "fact_sheet": {}, "fault": None, "reason": ""}
    return Packed(submission, **{**facts, "withdrawn_at": None, "folder": f"ada/{submission}", **more})


@pytest.mark.parametrize(
    ("username", "folder"),
    [("ada", "ada/s"), ("../../etc", "_.._etc/s"), ("a/b\\c:d", "a_b_c_d/s"), ("..", "_/s"), ("", "_/s"), ("Zoë", "Zo_/s")],
)
def test_no_username_leads_out_of_its_folder(username, folder):
    assert export_layout.folder(username, "s") == folder


def test_each_file_has_its_place():
    places = [export_layout.place(name) for name in ("output", "scoring_stdout", "results/plot.png", "results/../../x")]
    assert places == ["output.zip", "logs/scoring_stdout.txt", "results/plot.png", "results/x"]
    assert export_layout.folder("ada", "s", "1") == "ada/s/task-1"


def test_the_table_has_every_score_and_answer_and_no_formula():
    target = io.StringIO()
    rows = [packed("s1", name="=HYPERLINK()", scores={"b": 1.5}), packed("s2", scores={"a": 2}, fact_sheet={"gpu": True})]
    export_layout.write_table(target, [*rows, packed("s3", gone=("output.zip",))])
    header, first, second, third = (line.split(",") for line in target.getvalue().splitlines())
    cells = [dict(zip(header, line, strict=True)) for line in (first, second, third)]
    assert (cells[0]["Name"], cells[0]["a"], cells[0]["b"], cells[1]["a"]) == ("'=HYPERLINK()", "", "1.5", "2")
    assert (cells[1]["Fact sheet: gpu"], cells[0]["Submitted at"]) == ("True", "2026-01-02T00:00:00Z")
    assert cells[2]["Gone from storage"] == "output.zip"
