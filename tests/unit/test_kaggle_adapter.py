"""Kaggle's adapter calls the metric as Kaggle does: once a board, on rows that are aligned (OTHERS 3.1)."""

import io
import zipfile
from pathlib import Path

import pytest

from tests.unit.adapting import Ran, run
from tests.unit.challenges import METRIC, Files, kaggle

END = {"end": "2027-01-31"}
RIGHT = "id,target\n4,0\n3,3.5\n1,1\n2,4\n"


def tried(room: Path, submission: str = RIGHT, files: Files | None = None) -> Ran:
    return run(files or kaggle(**END), {"submission.csv": submission}, room / "run")


def refused(room: Path, submission: str, files: Files | None = None) -> str:
    """What the participant is told, and nobody else's fault it is."""
    done = tried(room, submission, files)
    assert (done.exit_code, done.scores) == (1, None) and done.refusal is not None
    return done.refusal


def with_metric(text: str) -> Files:
    return {**kaggle(**END), "metric.py": text}


def test_each_board_has_the_score_of_its_rows_and_ignored_ones_are_in_neither(tmp_path: Path) -> None:
    assert tried(tmp_path).scores == {"score": 1.0, "private_score": 0.5}


def test_without_usages_all_rows_are_scored(tmp_path: Path) -> None:
    files = {**kaggle(), "solution.csv": "id,target\n1,1\n2,2\n3,3\n4,4\n"}
    assert tried(tmp_path, "id,target\n1,1\n2,2\n3,3\n4,8\n", files).scores == {"score": 1.0}


def test_rows_are_aligned_usage_is_dropped_and_copies_are_given(tmp_path: Path) -> None:
    metric = """
def score(solution, submission, row_id_column_name):
    assert "Usage" not in solution.columns and list(solution[row_id_column_name]) == list(submission[row_id_column_name])
    assert list(solution.index) == list(submission.index) == list(range(len(solution)))
    assert submission.columns[0] == row_id_column_name
    del solution["target"]
    return len(solution)
"""
    assert tried(tmp_path, files=with_metric(metric)).scores == {"score": 2, "private_score": 1}


def test_parameters_are_given_by_name(tmp_path: Path) -> None:
    assert tried(tmp_path, files=kaggle(parameters={"power": 2}, **END)).scores == {"score": 2.0, "private_score": 0.25}


@pytest.mark.parametrize("ids", ["1.0 2.0 3.0 4.0", "1 2 3 4"])
def test_ids_are_compared_as_they_are_written_and_given_as_the_solution_has_them(tmp_path: Path, ids: str) -> None:
    rows = "".join(f"{one},1\n" for one in ids.split())
    metric = "def score(a, b, row_id_column_name):\n    return float(a.dtypes.iloc[0] == b.dtypes.iloc[0])\n"
    assert tried(tmp_path, f"id,target\n{rows}", with_metric(metric)).scores == {"score": 1.0, "private_score": 1.0}


def test_a_zip_and_a_zip_that_came_unpacked_hold_the_table(tmp_path: Path) -> None:
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as target:
        target.writestr("my.csv", RIGHT)
        target.writestr("__MACOSX/._my.csv", "x")
    for submission in (
        {"submission.zip": zipped.getvalue()},
        {"folder/my.csv": RIGHT},
        {"my.csv": RIGHT, "readme.txt": "x"},
    ):
        assert run(kaggle(**END), submission, tmp_path / "run").scores == {"score": 1.0, "private_score": 0.5}


def test_bad_rows_are_told_by_their_ids_and_hold_no_truth(tmp_path: Path) -> None:
    told = {
        "id,target\n1,1\n2,2\n3,3\n": "1 of 4 rows are missing, with the `id` 4. Add them.",
        "id,target\n1,1\n2,2\n3,3\n4,4\n7,7\n": (
            "Row 5 has the `id` 7, which is none of this competition. Take the ids of the sample submission."
        ),
        "id,target\n1,1\n2,2\n3,3\n4,4\n2,2\n": "`id` 2 is there 2 times, in the rows 2, 5. Keep one of each.",
        "id,target\n1,1\n2,2\n3,3\n,4\n": (
            "Row 4 has the `id` (nothing), which is none of this competition. Take the ids of the sample submission."
        ),
        "key,target\n1,1\n": "The column `id` is missing. The header has: key, target.",
    }
    for submission, why in told.items():
        assert refused(tmp_path, submission) == why


def test_no_table_is_the_participants_fault(tmp_path: Path) -> None:
    assert refused(tmp_path, "").startswith("The submission cannot be read as CSV:")
    assert refused(tmp_path, 'id,target\n1,"').startswith("The submission cannot be read as CSV:")
    assert run(kaggle(**END), {"a.csv": RIGHT, "b.csv": RIGHT}, tmp_path / "run").refusal == (
        "A submission is one CSV file. This one has 2 files."
    )


def test_participant_visible_errors_reach_the_participant(tmp_path: Path) -> None:
    assert refused(tmp_path, "id,target\n1,-1\n2,2\n3,3\n4,4\n") == "Targets are not negative."
    shared = """
from kaggle_metric_utilities import ParticipantVisibleError as Seen
def score(a, b, row_id_column_name):
    raise Seen("Hm.")
"""
    assert refused(tmp_path, RIGHT, with_metric(shared)) == "Hm."


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("raise ValueError('the truth is 7')", "The metric failed: ValueError: the truth is 7"),
        ("return float('nan')", "The metric gave nan, which is no finite number."),
        ("return 'high'", "The metric failed: ValueError: could not convert string to float: 'high'"),
        ("import lost", "The metric failed: ModuleNotFoundError: No module named 'lost'"),
    ],
)
def test_every_other_error_is_the_organizers_and_nothing_of_it_is_shown(tmp_path: Path, body: str, why: str) -> None:
    done = tried(tmp_path, files=with_metric(f"def score(solution, submission, row_id_column_name):\n    {body}\n"))
    assert (done.exit_code, done.refusal, done.scores) == (1, None, None) and done.errors.rstrip().endswith(why)


def test_what_hinders_the_metrics_import_is_the_organizers_fault(tmp_path: Path) -> None:
    done = tried(tmp_path, files=with_metric(f"{METRIC}\nraise RuntimeError('no')\n"))
    assert done.refusal is None and done.errors.rstrip().endswith("The metric cannot be imported: RuntimeError: no")


def test_where_a_metric_fails_on_what_differs_from_the_sample_the_participant_is_told_the_rows(tmp_path: Path) -> None:
    assert refused(tmp_path, "id,target\n1,1\n2,\n3,3\n4,4\n", _strict()) == (
        "`target` is empty, or no number, in the rows with the ids 2."
    )
    assert refused(tmp_path, "id,target\n1,1\n2,two\n3,3\n4,4\n") == "`target` is no number in the rows with the ids 2."
    assert refused(tmp_path, "id,guess\n1,1\n2,2\n3,3\n4,4\n") == (
        "Columns are missing: target. Write them as the sample submission does."
    )


def _strict() -> Files:
    metric = """
def score(solution, submission, row_id_column_name):
    if submission["target"].isna().any():
        raise ValueError("Input contains NaN.")
    return 0.0
"""
    return with_metric(metric)


def test_empty_fields_are_the_metrics_own_matter(tmp_path: Path) -> None:
    metric = "def score(solution, submission, row_id_column_name):\n    return float(submission['target'].isna().sum())\n"
    assert tried(tmp_path, "id,target\n1,\n2,\n3,1\n4,1\n", with_metric(metric)).scores == {
        "score": 2.0,
        "private_score": 0.0,
    }


def test_text_with_line_ends_is_one_field(tmp_path: Path) -> None:
    files = {
        **with_metric("def score(a, b, row_id_column_name):\n    return float((a['text'] == b['text']).all())\n"),
        "solution.csv": 'id,text,Usage\n1,"two\nlines",Public\n2,"a, b",Private\n',
        "sample_submission.csv": "id,text\n1,x\n2,x\n",
    }
    assert tried(tmp_path, 'id,text\n2,"a, b"\n1,"two\nlines"\n', files).scores == {"score": 1.0, "private_score": 1.0}


def test_safe_calls_show_messages_without_digits_where_the_truth_is_numbers(tmp_path: Path) -> None:
    def metric(message: str) -> Files:
        text = f"""
import kaggle_metric_utilities
def inner(solution, submission):
    raise ValueError({message!r})
def score(solution, submission, row_id_column_name):
    return kaggle_metric_utilities.safe_call_score(inner, solution["target"], submission["target"])
"""
        return with_metric(text)

    assert refused(tmp_path, RIGHT, metric("Input is mixed.")) == "Input is mixed."
    assert tried(tmp_path, files=metric("Input has 7 in it.")).refusal is None
