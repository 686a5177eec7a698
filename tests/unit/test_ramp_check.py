"""A RAMP kit becomes a bundle, row by row of its mapping (OTHERS 2.3), and what is wrong with one has its place."""

import pytest

from tests.unit.challenges import challenge, errors, kaggle, read, settings_of, taken, unpacked, warnings
from tests.unit.ramp_kits import PROBLEM, kit

SCORES = 'score_types = [rw.score_types.RMSE(name="rmse", precision=3), CloseBy()]'


def with_scores(text: str) -> str:
    return PROBLEM.replace(SCORES, text)


def columns(problem: str) -> list[tuple[str, str, str, int]]:
    """Key, title, direction and decimals of each column of the public board."""
    return [(one.key, one.title, one.sorting, one.precision) for one in taken(kit(problem=problem)).leaderboards[0].columns]


def test_a_small_kit_is_taken_without_a_remark() -> None:
    assert (errors(kit()), warnings(kit())) == ([], [])
    assert read(kit()).outline.version == "a RAMP kit"


def test_its_title_its_readme_and_what_participants_start_from() -> None:
    bundle, files = taken(kit()), unpacked(kit())
    assert bundle.title == "Slopes"
    assert [(page.title, files[page.file]) for page in bundle.pages] == [("Overview", b"# Slopes\n")]
    assert {name for name in files if name.startswith("starting_kit/")} == {
        "starting_kit/problem.py",
        "starting_kit/README.md",
        "starting_kit/slopes_starting_kit.ipynb",
        "starting_kit/submissions/starting_kit/estimator.py",
    }


def test_participants_and_their_code_get_the_data_without_those_of_the_test() -> None:
    files = unpacked(kit())
    below = {name.split("/data/")[0] for name in files if name.endswith("test.csv")}
    assert below == {"reference_data/kit"}
    assert {name for name in files if name.endswith("data/train.csv")} == {
        "public_data/data/train.csv",
        "input_data/kit/data/train.csv",
        "reference_data/kit/data/train.csv",
    }


def test_agon_yaml_says_which_data_are_private() -> None:
    files = {**kit(private=["data/truth", "data/t*.csv"]), "data/truth/y.csv": "1"}
    assert [name for name in unpacked(files) if name.startswith("input_data/kit/data")] == []
    assert errors(kit(private=["data/other.csv"])) == [
        ("private", "`data/other.csv` is no file below `data`. Correct the pattern.")
    ]
    unclear = PROBLEM.replace("test.csv", "later.csv")
    ((place, message),) = warnings({**kit(("data/test",), problem=unclear), "data/later.csv": "x,y\n1,1\n"})
    assert place == "private" and "participants get all of them" in message


def test_the_kits_other_submissions_are_solutions_and_what_lacks_an_element_is_none() -> None:
    files = {**kit(), "submissions/better/estimator.py": "x", "submissions/better/training_output/y.csv": "1"}
    assert [one.name for one in taken(files).solutions] == ["starting_kit", "better"]
    assert unpacked(files)["solutions/1/estimator.py"] == b"x" and not any(
        "training_output" in name for name in unpacked(files)
    )
    ((place, message),) = warnings({**kit(), "submissions/odd/classifier.py": "x"})
    assert place == "submissions/odd" and "has no estimator.py" in message
    assert warnings(kit(("submissions/",)))[0][1].startswith("There is no `submissions/starting_kit`")


def test_the_code_runs_beside_the_scoring_and_sees_no_truth() -> None:
    (task,) = taken(kit()).tasks
    assert task.ingestion_only_during_scoring and (task.ingestion_program, task.input_data) == (
        "ingestion_program",
        "input_data",
    )
    files = unpacked(kit())
    assert files["ingestion_program/adapter.py"] == files["scoring_program/adapter.py"]
    assert (
        b"adapter.py code " in files["ingestion_program/metadata.yaml"]
        and b" truth " in files["scoring_program/metadata.yaml"]
    )


def test_scores_are_columns_of_two_boards_of_one_run() -> None:
    public, private = taken(kit()).leaderboards
    assert [(one.key, one.title, one.sorting, one.precision) for one in public.columns] == [
        ("valid_rmse", "rmse", "asc", 3),
        ("valid_close_by", "close by", "desc", 2),
    ]
    assert [one.key for one in private.columns] == ["test_rmse", "test_close_by"]
    assert (public.hidden, private.hidden, public.primary_index) == (False, True, 0)
    (phase,) = taken(kit()).phases
    assert phase.final_board_from is not None and phase.final_board_from.leaderboard == 1


def test_without_an_end_the_test_scores_stay_hidden_and_the_check_says_so() -> None:
    assert taken(kit(end=...)).phases[0].final_board_from is None
    ((place, message),) = warnings(kit(end=...))
    assert (place, message) == (
        "end",
        "Test scores are shown when the phase is over. Write `end: 2027-01-31` into agon.yaml.",
    )


def test_a_kit_without_truth_of_its_test_has_one_board() -> None:
    problem = PROBLEM.replace('return _read(path, "test.csv")', "return None, None")
    assert [one.key for one in taken(kit(problem=problem, end=...)).leaderboards] == ["public"]
    assert settings_of(kit(problem=problem), "reference_data/phase.json")["has_test"] is False
    assert len(taken(kit(test_scores=False)).leaderboards) == 1


def test_dates_and_limits_are_not_in_a_kit() -> None:
    (phase,) = taken(kit(start="2026-05-01", max_submissions_per_day=4, execution_time_limit=60)).phases
    assert (str(phase.start)[:10], str(phase.end)[:10]) == ("2026-05-01", "2099-01-01")
    assert (phase.max_submissions_per_day, phase.execution_time_limit_seconds) == (4, 60)
    (phase,) = taken(kit()).phases
    assert (phase.max_submissions_per_day, phase.max_submissions, phase.min_interval_seconds) == (None, None, 900)


def test_what_the_image_lacks_is_told_until_one_is_named_or_wheels_lie_beside() -> None:
    ((_, message),) = warnings(kit(("wheels/",)))
    assert "`ramp-workflow`" in message and "infra/images/ramp/Dockerfile" in message
    bundle = taken(kit(("wheels/",), docker_image="ghcr.io/lab/ramp:1"))
    assert (
        bundle.docker_image == "ghcr.io/lab/ramp:1" and warnings(kit(("wheels/",), docker_image="ghcr.io/lab/ramp:1")) == []
    )
    wheels = {name for name in unpacked(kit()) if name.endswith(".whl")}
    assert {name.split("/")[0] for name in wheels} == {"scoring_program", "ingestion_program"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("score_types = [rw.score_types.NegativeLogLikelihood()]", ("negative log likelihood", "asc", 2)),
        ("score_types = [rw.score_types.BrierScoreReliability('BS Rel', 5)]", ("BS Rel", "asc", 5)),
        ("digits = 4\nscore_types = [rw.score_types.ROCAUC(precision=digits)]", ("roc_auc", "desc", 4)),
        (
            "one = rw.score_types.MARE()\nscore_types = (rw.score_types.MakeCombined(score_type=one, index=0),)",
            ("mare", "asc", 2),
        ),
        (
            "one = rw.score_types.F1Above()\nscore_types = [rw.score_types.Combined([one], [1], name='both', precision=3)]",
            ("both", "desc", 3),
        ),
        ("score_types = [rw.score_types.Combined([rw.score_types.RMSE()], [1.0])]", ("combined", "asc", 2)),
        ("class Own(rw.score_types.RMSE):\n    pass\n\nscore_types = [Own(name='own')]", ("own", "asc", 2)),
    ],
)
def test_score_types_are_found_by_the_syntax_tree(text: str, found: tuple[str, str, int]) -> None:
    assert [one[1:] for one in columns(with_scores(text))] == [found]


@pytest.mark.parametrize(
    "text",
    [
        "score_types = [rw.score_types.RMSE(name=f'{n}') for n in 'ab']",
        "score_types = [rw.score_types.RMSE()]\nscore_types.append(rw.score_types.MARE())",
        "score_types = make()",
        "score_types = [rw.score_types.Unknown()]",
        "score_types = [rw.score_types.RMSE(**{'name': 'x'})]",
        "score_types = [CloseBy(name=input())]",
    ],
)
def test_what_the_tree_does_not_tell_is_asked_of_agon_yaml(text: str) -> None:
    ((place, message),) = errors(kit(problem=with_scores(text)))
    assert place == "score_types" and "`score_types: [{name: acc, lower_is_better: false, precision: 3}]`" in message
    said = [{"name": "rmse", "lower_is_better": True, "precision": 1}, {"name": "Close by"}]
    (column, other) = taken(kit(problem=with_scores(text), score_types=said)).leaderboards[0].columns
    assert (column.key, column.sorting, column.precision) == ("valid_rmse", "asc", 1)
    assert (other.key, other.sorting, other.precision) == ("valid_close_by", "desc", 2)


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("rw.workflows.Regressor()", "regressor.py"),
        ("rw.workflows.FeatureExtractorClassifier()", "feature_extractor.py, classifier.py"),
        ("rw.workflows.EstimatorExternalData()", "external_data.csv"),
        ("rw.workflows.Classifier(workflow_element_names=['model'])", "model.py"),
        ("rw.workflows.Classifier(['model'])", "model.py"),
        ("Own()\n\n\nclass Own:\n    element_names = ['mine']", "mine.py"),
        ("Own()\n\n\nclass Own(rw.workflows.Regressor):\n    pass", "regressor.py"),
        (
            "Own()\n\n\nclass Own:\n    def __init__(self, workflow_element_names=['mine', 'x.csv']):\n        pass",
            "mine.py, x.csv",
        ),
    ],
)
def test_elements_are_found_by_the_syntax_tree(text: str, lacking: str) -> None:
    problem = PROBLEM.replace("rw.workflows.Estimator()", text)
    assert any(f"has no {lacking}, so" in message for _, message in warnings(kit(problem=problem)))


def test_a_mean_in_the_place_of_bagging_reaches_the_adapter() -> None:
    said = settings_of(kit(problem=PROBLEM + "\nleaderboard_score_kind = 'mean'\n"), "reference_data/phase.json")
    assert said["statistic"] == "mean"
    assert settings_of(kit(), "reference_data/phase.json")["statistic"] == "bag"


@pytest.mark.parametrize("name", ["Predictions", "workflow", "score_types", "get_cv", "get_train_data", "get_test_data"])
def test_a_name_that_every_kit_defines_is_missed(name: str) -> None:
    assert (name, f"`problem.py` has no `{name}`, which every kit of RAMP defines. Write it.") in errors(
        kit(problem=PROBLEM.replace(f"{name}(", "other(").replace(f"{name} =", "other ="))
    )


def test_an_empty_problem_is_a_kit_that_lacks_everything() -> None:
    assert len(errors({"problem.py": "", "data/x.csv": "1"})) == 6


def test_a_problem_that_no_python_reads_or_that_raises_is_told_with_its_line() -> None:
    ((file, line, message),) = [(one.file, one.line, one.message) for one in read(kit(problem="x = (\n")).errors]
    assert (file, line) == ("problem.py", 1) and message.startswith("No Python reads it: ")
    ((line, message),) = [(one.line, one.message) for one in read(kit(problem=PROBLEM + "raise ValueError\n")).errors]
    assert line == len(PROBLEM.splitlines()) + 1 and message == "Whoever imports it comes by this `raise`. Take it out."


def test_nothing_of_a_kit_is_run_while_it_is_read(tmp_path_factory: pytest.TempPathFactory) -> None:
    left = tmp_path_factory.mktemp("left") / "here"
    taken(kit(problem=f"open({str(left)!r}, 'w').close()\n" + PROBLEM))
    assert not left.exists()


def test_several_kinds_in_one_folder_are_told() -> None:
    ((_, message),) = errors({**kit(), **challenge()})
    assert "`challenge_config.yaml`, and `problem.py`" in message
    ((_, message),) = errors({**kit(), "metric.py": kaggle()["metric.py"]})
    assert "`metric.py`, and `problem.py`" in message


def test_missing_data_are_named_with_how_they_come() -> None:
    ((place, message),) = errors(kit(("data/",)))
    assert (place, message) == (
        "data",
        "There is no folder `data`, and `problem.py` reads `train.csv`, `test.csv`. Add the files.",
    )
    ((_, message),) = errors(kit(("data/test",)))
    assert message == "`problem.py` reads `test.csv`, of which the kit has none. Add the files."
    fetched = {**kit(("data/test",)), "download_data.py": "import getpass\npassword = getpass.getpass()\n"}
    ((_, message),) = errors(fetched)
    assert "run `python download_data.py` first" in message and "behind a password, which only you have" in message
    parts = PROBLEM.replace('"test.csv"', '"test" + "_{0}.nc".format(1)')
    ((_, message),) = errors(kit(("data/test",), problem=parts))
    assert "`_{0}.nc`" in message


def test_files_that_a_kit_writes_are_not_asked_for() -> None:
    saving = "\n\ndef save_submission(y_pred, data_path, output_path, suffix):\n    open('y_pred.csv', 'w').close()\n"
    assert errors(kit(problem=PROBLEM + saving)) == []


def test_a_kit_with_several_data_sets_says_which() -> None:
    problem = PROBLEM.replace('get_train_data(path=".")', "get_train_data(path, data_label)")
    ((place, message),) = errors(kit(problem=problem))
    assert place == "get_train_data" and "Write `data_label: …`" in message
    assert settings_of(kit(problem=problem, data_label="north"), "reference_data/phase.json")["data_label"] == "north"


def test_a_key_of_agon_yaml_that_means_nothing_is_told_there() -> None:
    ((file, message),) = [(one.file, one.message) for one in read(kit(lower_is_better=True)).warnings]
    assert file == "agon.yaml" and "lower_is_better" in message
