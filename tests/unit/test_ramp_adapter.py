"""RAMP's adapter: one process has the code, one the truth, and what comes of it is what ramp-test says (OTHERS 2.2)."""

from pathlib import Path

import pytest

from tests.unit.adapting import Ran
from tests.unit.challenges import Files
from tests.unit.ramp_kits import ESTIMATOR, PROBLEM, kit, run

#: The slopes that the lines of the two folds have: sums of x·y over sums of x².
FIRST, SECOND = 20 / 10, 44 / 20


def tried(room: Path, estimator: str = ESTIMATOR, files: Files | None = None) -> Ran:
    return run(files or kit(), {"estimator.py": estimator}, room / "run")


def refused(room: Path, estimator: str, files: Files | None = None) -> str:
    done = tried(room, estimator, files)
    assert (done.exit_code, done.scores) == (1, None), done.errors
    assert done.refusal is not None, done.errors
    return done.refusal


def failed(room: Path, files: Files) -> str:
    """What the organizer is told, and the participant is not."""
    done = tried(room, files=files)
    assert (done.exit_code, done.scores, done.refusal) == (1, None, None), done.errors
    return done.errors


def predicting(line: str) -> str:
    return ESTIMATOR.replace("        return self.slope * X[:, 0]", f"        import numpy as np, os\n        {line}")


def test_folds_are_bagged_over_what_they_hold_out_and_over_the_whole_test(tmp_path: Path) -> None:
    done = tried(tmp_path)
    valid = [4 - 2 * FIRST, 9 - 4 * FIRST, 2 - SECOND, 6 - 3 * SECOND]
    test = [10 - 5 * (FIRST + SECOND) / 2, 13 - 6 * (FIRST + SECOND) / 2]
    assert done.scores == pytest.approx(
        {
            "valid_rmse": (sum(one**2 for one in valid) / 4) ** 0.5,
            "valid_close_by": sum(abs(one) < 0.5 for one in valid) / 4,
            "test_rmse": (sum(one**2 for one in test) / 2) ** 0.5,
            "test_close_by": sum(abs(one) < 0.5 for one in test) / 2,
        }
    )


def test_a_mean_is_that_of_the_folds(tmp_path: Path) -> None:
    done = tried(tmp_path, files=kit(problem=PROBLEM + "\nleaderboard_score_kind = 'mean'\n"))
    first, second = (0**2 + 1**2) / 2, ((2 - SECOND) ** 2 + (6 - 3 * SECOND) ** 2) / 2
    assert done.scores is not None and done.scores["valid_rmse"] == pytest.approx((first**0.5 + second**0.5) / 2)


def test_without_truth_of_the_test_only_the_held_out_points_count(tmp_path: Path) -> None:
    problem = PROBLEM.replace('return _read(path, "test.csv")', "return None, None")
    done = tried(tmp_path, files=kit(problem=problem))
    assert done.scores is not None and set(done.scores) == {"valid_rmse", "valid_close_by"}


def test_the_code_sees_no_truth_of_the_test_set(tmp_path: Path) -> None:
    look = ESTIMATOR.replace(
        "        self.slope",
        "        import glob, pickle\n"
        "        given = pickle.load(open(glob.glob('../../shared/given.pkl')[0], 'rb'))\n"
        "        assert sorted(given) == ['X_test', 'X_train', 'cv', 'y_train'], given\n"
        "        assert sorted(glob.glob('data/*')) == ['data/train.csv'], glob.glob('data/*')\n"
        "        self.slope",
        1,
    )
    assert tried(tmp_path, look).scores is not None


def test_a_missing_element_is_the_participants_and_is_named(tmp_path: Path) -> None:
    done = run(kit(), {"model.py": ESTIMATOR}, tmp_path / "run")
    assert done.refusal == "estimator.py is missing. A submission has: estimator.py."


def test_a_folder_around_the_elements_is_looked_into(tmp_path: Path) -> None:
    assert run(kit(), {"mine/estimator.py": ESTIMATOR}, tmp_path / "run").scores is not None


@pytest.mark.parametrize(
    ("estimator", "said"),
    [
        ("raise OSError('no such disk')\n", "Training failed in fold 0: OSError: no such disk"),
        ("assert 1 > 2\n", "Training failed in fold 0: AssertionError: `assert 1 > 2`"),
        ("import sys\nsys.exit(3)\n", "Training failed in fold 0: SystemExit: 3"),
        (predicting("raise KeyError('x')"), "Predicting the training data failed in fold 0: KeyError: 'x'"),
        (
            predicting("return X[:, 0] if len(X) == 4 else 1 / 0"),
            "Predicting the test data failed in fold 0: ZeroDivisionError",
        ),
        (
            predicting("return X[:, 0] * np.nan"),
            "The predictions of the valid data in fold 0 are not all numbers: some are NaN.",
        ),
        (predicting("return X[:2, 0]"), "The predictions of the valid data in fold 0 are 2, and not 4."),
        (predicting("return 1.0"), "The predictions of the valid data in fold 0 are 1, and not 4."),
        (
            predicting("return X"),
            "The predictions of the valid data in fold 0 do not fit: ValueError: Wrong y_pred dimensions",
        ),
        (predicting("return [object()] * len(X)"), "The predictions of fold 0 are neither numbers nor lists of them"),
        (predicting("os._exit(0)"), "The submission ended its own process (exit code 0) before all was predicted."),
    ],
)
def test_what_the_code_does_wrong_is_told_to_its_participant(tmp_path: Path, estimator: str, said: str) -> None:
    assert refused(tmp_path, estimator).startswith(said)


def test_a_link_in_the_place_of_predictions_is_not_followed(tmp_path: Path) -> None:
    link = predicting(
        "[os.symlink('/etc/hostname', f'../../shared/fold_{n}_{s}') for n in (0, 1) for s in ('train', 'test')]; "
        "open('../../shared/done', 'w').close(); os._exit(0)"
    )
    assert refused(tmp_path, link).startswith("There are no predictions (fold_0_train).")


def test_pickles_are_not_opened(tmp_path: Path) -> None:
    write = "open(f'../../shared/fold_{n}_{s}', 'wb').write(b'N' + __import__('pickle').dumps(X))"
    line = f"[{write} for n in (0, 1) for s in ('train', 'test')]; open('../../shared/done', 'w').close(); os._exit(0)"
    assert refused(tmp_path, predicting(line)).startswith("The predictions cannot be read: ValueError")


def test_predictions_that_are_objects_come_over_as_lists(tmp_path: Path) -> None:
    problem = PROBLEM.replace('rw.score_types.RMSE(name="rmse", precision=3), ', "")
    line = "return np.array([float(self.slope * one) for one in X[:, 0]], dtype=object)"
    done = tried(tmp_path, predicting(line), kit(problem=problem))
    assert done.scores == {"valid_close_by": 0.5, "test_close_by": 0.5}


@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (PROBLEM + "\n1 / 0\n", "The kit cannot be read: ZeroDivisionError: division by zero"),
        (PROBLEM.replace("rw.score_types.RMSE(", "make("), "The kit cannot be read: NameError"),
        (PROBLEM + "\nopen('data/test.csv').close()\n", "The kit cannot be read where the code runs: FileNotFoundError"),
        (
            PROBLEM + "\nscore_types = score_types\nglobals()['score_types'] = score_types[:1]\n",
            "Write them as `score_types`",
        ),
        (PROBLEM.replace("return np.mean(np", "return np.mean(none"), "The score types failed: NameError"),
    ],
)
def test_what_the_kit_does_wrong_is_the_organizers(tmp_path: Path, problem: str, said: str) -> None:
    score_types = [{"name": "rmse", "lower_is_better": True}, {"name": "close by"}]
    assert said in failed(tmp_path, kit(problem=problem, score_types=score_types))


def test_a_test_set_without_truth_that_was_promised_is_the_organizers(tmp_path: Path) -> None:
    problem = PROBLEM.replace(
        'return _read(path, "test.csv")', "X, y = _read(path, 'test.csv')\n    y = None\n    return X, y"
    )
    assert "Write `test_scores: false` into agon.yaml." in failed(tmp_path, kit(problem=problem))


def test_an_infinite_score_is_left_out_and_told(tmp_path: Path) -> None:
    done = tried(tmp_path, predicting("return X[:, 0] * np.inf"))
    assert done.scores == {"valid_close_by": 0.0, "test_close_by": 0.0}
    assert "no number, so not shown: valid rmse, test rmse" in done.errors


def test_what_stands_in_external_imports_can_be_imported(tmp_path: Path) -> None:
    files = {**kit(problem="import helpers\n" + PROBLEM), "external_imports/helpers.py": ""}
    assert tried(tmp_path, files=files).scores is not None
