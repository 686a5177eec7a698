"""A Kaggle-style competition becomes one of Agon's: what its files and agon.yaml say has a place, or is told."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from chalicelib.domain.bundle.leaderboard import SubmissionRule
from chalicelib.domain.bundle.model import FinalBoard
from tests.unit.challenges import METRIC, SAMPLE, SOLUTION, errors, kaggle, read, settings_of, taken, unpacked, warnings

END = {"end": "2027-01-31"}
WITHOUT_USAGE = {"solution.csv": "id,target\n1,1.0\n2,2.0\n"}


def about(**values: Any) -> dict[str, str | bytes]:
    """The competition with Kaggle's own settings beside it, and no title in agon.yaml."""
    return {**kaggle(title=..., **END), "competition-metadata.json": json.dumps(values)}


def test_metadata_and_settings_are_title_description_reward_and_limits() -> None:
    bundle = taken(
        about(
            title="Houses",
            briefDescription="What does a house cost?",
            reward={"quantity": 1000, "id": "USD"},
            max_daily_submissions=3,
            max_pending_submissions_per_team=2,
            max_team_size=4,
            team_merger_deadline="2026-12-01",
            disable_submissions=True,
        )
    )
    (phase,) = bundle.phases
    assert (bundle.title, bundle.description, bundle.reward) == ("Houses", "What does a house cost?", "1000 USD")
    assert (phase.max_submissions_per_day, phase.max_concurrent_submissions, phase.paused) == (3, 2, True)
    assert bundle.enable_teams and bundle.max_team_members == 4
    assert bundle.team_merge_deadline == datetime(2026, 12, 1, tzinfo=UTC)


def test_the_deadline_is_the_phases_end_and_so_is_what_agon_yaml_says() -> None:
    files = {**kaggle(), "settings.json": json.dumps({"deadline": "2027-02-01T23:59:00Z"})}
    assert taken(files).phases[0].end == datetime(2027, 2, 1, 23, 59, tzinfo=UTC)
    assert taken(kaggle(**END)).phases[0].end == datetime(2027, 1, 31, tzinfo=UTC)


def test_pages_and_rules_are_pages_and_terms() -> None:
    files = {**kaggle(**END), "description.md": "# Hi", "pages/data-description.html": "<p>", "rules.md": "Play fair."}
    bundle = taken(files)
    assert [page.title for page in bundle.pages] == ["Overview", "Data"]
    assert bundle.terms and unpacked(files)[bundle.terms] == b"Play fair."


def test_the_metric_is_the_file_that_defines_score_whatever_it_is_called() -> None:
    files = {**kaggle(("metric.py",), **END), "our_rmse.py": METRIC, "helper.py": "def score(a, b):\n    return 0\n"}
    assert settings_of(files, "reference_data/phase.json")["metric"] == "our_rmse.py"
    assert unpacked(files)["scoring_program/metric/our_rmse.py"] == METRIC.encode()


def test_what_a_metric_imports_from_beside_it_comes_along() -> None:
    files = {**kaggle(**END), "metric.py": f"import helper, kaggle_metric_utilities\n{METRIC}", "helper.py": "X = 1\n"}
    assert warnings(files) == [] and "scoring_program/metric/helper.py" in unpacked(files)


def test_one_run_gives_the_public_and_the_private_score_and_the_private_board_ranks_at_the_end() -> None:
    bundle = taken(kaggle(**END))
    public, private = bundle.leaderboards
    assert (public.hidden, private.hidden) == (False, True)
    assert [[column.key for column in board.columns] for board in (public, private)] == [["score"], ["private_score"]]
    assert bundle.phases[0].final_board_from == FinalBoard(leaderboard=1) and len(bundle.tasks) == 1
    assert settings_of(kaggle(**END), "reference_data/phase.json")["boards"] == {
        "Public": "score",
        "Private": "private_score",
    }


def test_without_usages_there_is_one_board() -> None:
    files = {**kaggle(), **WITHOUT_USAGE}
    assert [board.title for board in taken(files).leaderboards] == ["Leaderboard"]
    assert settings_of(files, "reference_data/phase.json")["boards"] == {"": "score"}
    assert taken(files).phases[0].final_board_from is None


def test_without_an_end_the_private_board_stays_hidden_and_that_is_told() -> None:
    assert warnings(kaggle()) == [
        ("end", "The private board ranks when the phase is over. Write `end: 2027-01-31` into agon.yaml.")
    ]
    assert taken(kaggle()).phases[0].final_board_from is None


def test_the_sample_submission_is_handed_out_and_proves_the_import() -> None:
    files = unpacked(kaggle(**END))
    bundle = taken(kaggle(**END))
    assert bundle.phases[0].starting_kit == "starting_kit" and files["starting_kit/sample_submission.csv"] == SAMPLE.encode()
    assert [(one.path, one.tasks) for one in bundle.solutions] == [("sample_submission", (0,))]


def test_train_and_test_are_handed_out_and_nothing_else_is() -> None:
    files = {
        **kaggle(**END),
        "train.csv": "a\n1\n",
        "test.csv": "a\n2\n",
        "public_data/more.txt": "x",
        "test_labels.csv": "y\n",
    }
    given = {name for name in unpacked(files) if name.startswith("public_data/")}
    assert given == {"public_data/train.csv", "public_data/test.csv", "public_data/more.txt"}
    assert taken(files).phases[0].public_data == "public_data" and taken(kaggle(**END)).phases[0].public_data is None


def test_the_row_id_is_the_first_column_that_both_files_have_and_that_tells_rows_apart() -> None:
    assert settings_of(kaggle(**END), "reference_data/phase.json")["row_id"] == "id"
    files = {
        **kaggle(**END),
        "solution.csv": "group,page,target,Usage\na,1,1,Public\na,2,2,Private\n",
        "sample_submission.csv": "page,group,target\n1,a,0\n2,a,0\n",
    }
    assert settings_of(files, "reference_data/phase.json")["row_id"] == "page"
    assert settings_of(kaggle(row_id="target", **END), "reference_data/phase.json")["row_id"] == "target"


def test_the_direction_is_asked_for_and_is_the_columns() -> None:
    ((place, message),) = errors(kaggle(lower_is_better=..., **END))
    assert place == "lower_is_better" and message.startswith("Is a lower score the better one? No file says so.")
    for lower, sorting in ((True, "asc"), (False, "desc")):
        boards = taken(kaggle(lower_is_better=lower, **END)).leaderboards
        assert {column.sorting for board in boards for column in board.columns} == {sorting}


def test_a_submission_is_one_csv_or_a_zip_of_it() -> None:
    assert taken(kaggle(**END)).phases[0].submission_extensions == ("csv", "zip")


def test_limits_are_kaggles_usual_ones_unless_they_are_said() -> None:
    assert taken(kaggle(**END)).phases[0].max_submissions_per_day == 5
    assert taken(kaggle(max_submissions_per_day=9, **END)).phases[0].max_submissions_per_day == 9


def test_two_submissions_can_be_chosen_for_the_end_and_the_best_public_one_counts_else() -> None:
    bundle = taken(kaggle(**END))
    assert bundle.phases[0].final_selection == 2
    assert {board.submission_rule for board in bundle.leaderboards} == {SubmissionRule.FORCE_BEST}
    assert taken(kaggle(final_selection=1, **END)).phases[0].final_selection == 1


def test_further_arguments_of_the_metric_are_parameters() -> None:
    files = kaggle(parameters={"power": 2}, **END)
    assert settings_of(files, "reference_data/phase.json")["parameters"] == {"power": 2}
    ((place, message),) = errors(kaggle(parameters={"beta": 2}, **END))
    assert (place, message) == ("parameters.beta", "`score` has no argument `beta`. It has: power.")
    needed = {**kaggle(**END), "metric.py": METRIC.replace("power: int = 1", "power: int")}
    assert errors(needed)[0][0] == "parameters"


def test_precision_image_and_dates_are_said_in_agon_yaml() -> None:
    bundle = taken(kaggle(precision=3, docker_image="ghcr.io/lab/metric:1", start="2026-02-03", **END))
    assert bundle.leaderboards[0].columns[0].precision == 3 and bundle.docker_image == "ghcr.io/lab/metric:1"
    assert bundle.phases[0].start == datetime(2026, 2, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("only_allow_kernel_submissions", True),
        ("hackathon", True),
        ("private_leaderboard_release_date", "2027-02-01"),
        ("new_entrant_deadline", "2027-01-01"),
        ("licenseId", 4),
        ("restrictLinkToEmailList", True),
    ],
)
def test_what_cannot_be_mapped_is_told_where_it_stands(key: str, value: Any) -> None:
    found = [one for one in read(about(title="T", **{key: value})).warnings if one.file == "competition-metadata.json"]
    assert [one.key for one in found] == [key]


def faults(**files: str) -> list[tuple[str, int | None, str]]:
    """The errors of the competition with other files: each with its file, its line and its sentence."""
    changed = {name.replace("__", "."): text for name, text in files.items()}
    return [(one.file, one.line, one.message) for one in read({**kaggle(**END), **changed}).errors]


def test_nothing_of_a_metric_is_run_while_it_is_read(tmp_path: Path) -> None:
    left = tmp_path / "here"
    metric = f"open({str(left)!r}, 'w').close()\n{METRIC}\nraise RuntimeError\n"
    assert taken({**kaggle(**END), "metric.py": metric}).tasks
    assert not left.exists()


def test_a_metric_without_score_is_told() -> None:
    assert errors({**kaggle(("metric.py",), **END), "metric.py": "def other():\n    pass\n"})[0] == (
        "metric",
        "There is no metric, a .py with `score(solution, submission, row_id_column_name)`. Add it, or name it in agon.yaml "
        "as `metric: …`.",
    )
    said = "metric: other.py\nlower_is_better: true\nend: 2027-01-31\n"
    ((file, _, message),) = faults(agon__yaml=said, other__py="x = (\n")
    assert file == "other.py" and "is no Python that can be read" in message


def test_several_metrics_are_asked_for_by_name() -> None:
    files = {**kaggle(**END), "metric_b.py": METRIC}
    assert "There are several files that may be the metric" in errors(files)[0][1]
    assert errors({**kaggle(metric="metric_b.py", **END), "metric_b.py": METRIC}) == []
    assert errors(kaggle(metric="nowhere.py", **END))[0][0] == "metric"


def test_a_solution_without_ids_with_ids_twice_or_with_odd_usages_is_told_with_its_line() -> None:
    assert faults(solution__csv="target,Usage\n1.0,Public\n2.0,Private\n", sample_submission__csv="id,guess\n1,0\n") == [
        ("solution.csv", 1, "No column of it tells rows apart and is in the sample submission, too: there are no ids.")
    ]
    assert faults(solution__csv="id,target,Usage\n1,1,Public\n2,1,Private\n1,2,Private\n") == [
        ("solution.csv", 4, "`id` is to tell rows apart, and these are there several times: 1.")
    ]
    assert faults(solution__csv="id,target,Usage\n1,1,Public\n,1,Private\n") == [
        ("solution.csv", 3, "There are rows (lines 3) without a `id`. Write one into each.")
    ]
    assert faults(solution__csv="id,target,Usage\n1,1,Public\n2,1,Secret\n") == [
        ("solution.csv", 3, "`Usage` is `Secret`. Write Public, Private or Ignored.")
    ]
    assert faults(solution__csv="id,target,Usage\n1,1,Ignored\n2,1,Private\n")[0][2].startswith("No row is Public")


@pytest.mark.parametrize("text", ["", "id,target\n", "\xff\xfe", 'id,target\n"' + "x" * 1_100_000])
def test_a_solution_that_is_no_table_is_told(text: str) -> None:
    content = text.encode("latin-1")
    assert [one.file for one in read({**kaggle(**END), "solution.csv": content}).errors] == ["solution.csv"]


def test_a_solution_that_lacks_and_a_row_id_that_is_none_are_told() -> None:
    assert errors(kaggle(("solution.csv",), **END))[0][0] == "solution"
    assert errors(kaggle(row_id="nobody", **END)) == [
        ("row_id", "The solution has no column `nobody`. It has: id, target, Usage.")
    ]


def test_kaggles_own_metrics_are_asked_for_as_a_file() -> None:
    files = {"solution.csv": SOLUTION, "sample_submission.csv": SAMPLE, "agon.yaml": "lower_is_better: true\n"}
    assert errors(files)[0][1].startswith("There is no metric, a .py with `score(")


def test_without_a_title_or_a_sample_that_is_told() -> None:
    assert [place for place, _ in warnings(kaggle(("sample_submission.csv",), title=..., **END))] == [
        "sample_submission",
        "title",
    ]


@pytest.mark.parametrize("text", ["a: [", "- a\n", "lower_is_better: perhaps\n"])
def test_an_agon_yaml_that_cannot_be_read_is_told(text: str) -> None:
    assert any(one.file == "agon.yaml" for one in read({**kaggle(), "agon.yaml": text}).errors)


@pytest.mark.parametrize("text", ["{", "[]", "[" * 100_000])
def test_settings_that_are_no_json_object_are_told(text: str) -> None:
    assert errors({**kaggle(**END), "settings.json": text})


def test_unknown_keys_of_agon_yaml_are_told() -> None:
    ((place, message),) = warnings(kaggle(lower_is_beter=True, **END))
    assert place == "lower_is_beter" and "Did you mean `lower_is_better`?" in message
