"""Trains, predicts and scores what a RAMP kit asks for, in two containers side by side: one has the code, one the truth.

`python3 adapter.py code SUBMISSION KIT SHARED OUTPUT` runs a submission as `ramp-test` does: for each fold it trains on the
fold's points and predicts all. `python3 adapter.py truth REFERENCE SHARED OUTPUT` reads the kit's data, hands the code what
it may see through the folder SHARED, and scores with the kit's own score types. Truths of the test set never leave it.

Needs ramp-workflow in the image, or its wheels in the folder `wheels` beside this file. Runs on Agon and on Codabench.
"""

from __future__ import annotations

import importlib.util
import inspect
import json
import math
import os
import pickle
import stat
import subprocess
import sys
import time
import traceback
from pathlib import Path
from typing import Any, NoReturn

GIVEN, LOADED, GO, DONE = "given.pkl", "loaded.json", "go", "done"
#: More than this is no prediction that is read.
MOST_BYTES = 2 * 1024**3
TOLD_CHARACTERS = 600
WAIT_SECONDS = 0.02


class AtFault(Exception):
    """The submission is at fault. Its text is a sentence for the participant."""


def fail(why: str) -> NoReturn:
    """End for a fault that is not the participant's."""
    sys.stdout.flush()
    print(why, file=sys.stderr, flush=True)
    sys.exit(1)


def refuse(why: str, output: Path) -> NoReturn:
    """End because of the submission, with a sentence for its participant."""
    (output / "submission_error.txt").write_text(why[:1000], "utf-8")
    fail(why)


def told(error: BaseException) -> str:
    """An error in a line; of one without a word, such as a bare `assert` raises, the line that raised it."""
    said = " ".join(str(error).split())
    if not said and error.__traceback__:
        said = f"`{traceback.extract_tb(error.__traceback__)[-1].line}`"
    return f"{type(error).__name__}: {said}"[:TOLD_CHARACTERS] if said else type(error).__name__


def problem_of(kit: Path) -> Any:
    """The kit's `problem.py`, imported as ramp-test does it: in its folder, not by its name. Raises what it raises."""
    sys.dont_write_bytecode = True
    sys.path += [str(one) for one in sorted((Path(__file__).resolve().parent / "wheels").glob("*.whl"))]
    sys.path += [str(one) for one in (kit / "external_imports", kit) if one.is_dir()]
    os.chdir(kit)
    spec = importlib.util.spec_from_file_location("problem", kit / "problem.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pickler() -> Any:
    """The pickler that takes classes of the kit along; the plain one where the image has no other."""
    try:
        import cloudpickle

        return cloudpickle
    except ImportError:
        return pickle


def put(folder: Path, name: str, content: bytes) -> None:
    """Write a file that is whole as soon as it is there."""
    part = folder / f".{name}"
    part.write_bytes(content)
    part.replace(folder / name)


def taken(folder: Path, name: str) -> bytes:
    """A plain file that the code left. Raises AtFault for what is none: a link would lead to the truth."""
    try:
        number = os.open(folder / name, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        raise AtFault(f"There are no predictions ({name}).") from error
    with os.fdopen(number, "rb") as file:
        about = os.fstat(number)
        if not stat.S_ISREG(about.st_mode) or about.st_size > MOST_BYTES:
            raise AtFault(f"The predictions ({name}) are no plain file of at most {MOST_BYTES >> 30} GiB.")
        return file.read(MOST_BYTES)


def wait_for(path: Path) -> None:
    """Wait until a file is there. The runner's time limit ends what waits in vain."""
    while not path.is_file():
        time.sleep(WAIT_SECONDS)


# What runs the code.


def run_code(submission: Path, kit: Path, shared: Path, output: Path) -> None:
    """Run a submission in a process of its own, and tell when that ended too early: its code may end anything."""
    words = [sys.executable, str(Path(__file__).resolve()), "fold", *map(str, (submission, kit, shared, output))]
    ended = subprocess.run(words).returncode
    if (shared / DONE).exists():
        return
    if (output / "submission_error.txt").exists():
        sys.exit(1)
    if not (shared / GO).exists():
        put(shared, LOADED, json.dumps(f"Reading the kit ended with exit code {ended}.").encode())
        wait_for(shared / GO)
    refuse(f"The submission ended its own process (exit code {ended}) before all was predicted.", output)


def run_folds(submission: Path, kit: Path, shared: Path, output: Path) -> None:
    """Train and predict for each fold, as rampwf.utils.submission does."""
    wait_for(shared / GIVEN)
    try:
        problem = problem_of(kit)
        given = pickle.loads((shared / GIVEN).read_bytes())
    except BaseException as error:
        traceback.print_exc()
        put(shared, LOADED, json.dumps(f"{told(error)}. It sees all of the kit but what is private.").encode())
        wait_for(shared / GO)
        raise
    put(shared, LOADED, b'""')
    wait_for(shared / GO)
    try:
        module_path = str(folder_of(submission, elements_of(problem.workflow)))
        for number, fold in enumerate(given["cv"]):
            predicted = run_fold(problem.workflow, module_path, number, fold, given)
            for step, values in predicted.items():
                put(shared, f"fold_{number}_{step}", encoded(values, number))
    except AtFault as error:
        refuse(str(error), output)
    put(shared, DONE, b"")


def elements_of(workflow: Any) -> list[str]:
    """The files of a submission: names without a suffix are Python's."""
    names = getattr(workflow, "element_names", None) or getattr(workflow, "workflow_element_names", None) or []
    return [name if "." in name else f"{name}.py" for name in names]


def folder_of(submission: Path, elements: list[str]) -> Path:
    """The folder that has the elements: the submission, or the one in it that has. Raises AtFault with what is missing."""
    inside = sorted(one for one in submission.iterdir() if one.is_dir() and not one.name.startswith(("_", ".")))
    for folder in (submission, *inside):
        if all((folder / name).is_file() for name in elements):
            return folder
    lacking = [name for name in elements if not (submission / name).is_file()]
    listed = ", ".join(lacking)
    raise AtFault(f"{listed} {'is' if len(lacking) == 1 else 'are'} missing. A submission has: {', '.join(elements)}.")


def run_fold(workflow: Any, module_path: str, number: int, fold: Any, given: dict[str, Any]) -> dict[str, Any]:
    """The predictions of one fold's model. Raises AtFault where the code raises."""
    parameters = list(inspect.signature(workflow.test_submission).parameters)
    has_fold = len(parameters) == 3 and parameters[2] == "fold"
    doing = "Training"
    try:
        model = workflow.train_submission(module_path, given["X_train"], given["y_train"], fold[0])
        doing = "Predicting the training data"
        predicted = {"train": workflow.test_submission(model, given["X_train"], *([fold] if has_fold else []))}
        doing = "Predicting the test data"
        if given["X_test"] is not None:
            predicted["test"] = workflow.test_submission(model, given["X_test"], *([None] if has_fold else []))
    except (Exception, SystemExit) as error:
        traceback.print_exc()
        raise AtFault(f"{doing} failed in fold {number}: {told(error)}") from error
    return predicted


def encoded(values: Any, number: int) -> bytes:
    """Predictions as bytes that can be read without trust. Raises AtFault for what cannot be written so."""
    import io

    import numpy as np

    array, target = np.asarray(values), io.BytesIO()
    try:
        if array.dtype.hasobject:
            return b"J" + json.dumps([plain(one) for one in values]).encode()
        np.lib.format.write_array(target, array, allow_pickle=False)
    except (TypeError, ValueError) as error:
        raise AtFault(f"The predictions of fold {number} are neither numbers nor lists of them: {told(error)}") from error
    return b"N" + target.getvalue()


def plain(value: Any) -> Any:
    """Lists and tuples of numpy's numbers as Python's."""
    if isinstance(value, (list, tuple)):
        return [plain(one) for one in value]
    return value.tolist() if hasattr(value, "tolist") else value


def decoded(content: bytes) -> Any:
    """Predictions that the code left. Raises AtFault."""
    import io

    import numpy as np

    try:
        if content[:1] == b"N":
            return np.load(io.BytesIO(content[1:]), allow_pickle=False)
        listed = json.loads(content[1:])
        array = np.empty(len(listed), dtype=object)
        array[:] = listed
        return array
    except (ValueError, TypeError, EOFError, RecursionError, MemoryError) as error:
        raise AtFault(f"The predictions cannot be read: {told(error)}") from error


# What has the truth.


def score(reference: Path, shared: Path, output: Path) -> None:
    """Hand over what may be seen, wait for the predictions, and write the scores."""
    settings = json.loads((reference / "phase.json").read_text("utf-8"))
    try:
        problem = problem_of(reference / "kit")
        label = {"data_label": settings["data_label"]} if settings["data_label"] else {}
        (X_train, y_train), (X_test, y_test) = problem.get_train_data(".", **label), problem.get_test_data(".", **label)
        cv = list(problem.get_cv(X_train, y_train))
    except (Exception, SystemExit) as error:
        traceback.print_exc()
        fail(f"The kit cannot be read: {told(error)}")
    compare(problem.score_types, settings["score_types"])
    if settings["has_test"] and y_test is None:
        fail("`get_test_data` gives no truth, so there are no test scores. Write `test_scores: false` into agon.yaml.")
    given = {"X_train": X_train, "y_train": y_train, "X_test": X_test, "cv": cv}
    put(shared, GIVEN, pickler().dumps(given))
    wait_for(shared / LOADED)
    if why := json.loads(taken(shared, LOADED)):
        fail(f"The kit cannot be read where the code runs: {why}")
    put(shared, GO, b"")
    wait_for(shared / DONE)
    try:
        steps = [("valid", "train", y_train)] + ([("test", "test", y_test)] if settings["has_test"] else [])
        found = {}
        for step, name, truth in steps:
            folds = [decoded(taken(shared, f"fold_{number}_{name}")) for number in range(len(cv))]
            found[step] = scores_of(problem, step, folds, truth, cv, settings["statistic"])
    except AtFault as error:
        refuse(str(error), output)
    write(found, settings["score_types"], output)


def compare(score_types: Any, said: list[dict[str, str]]) -> None:
    """End where the boards have other scores than the kit."""
    names = [one.name for one in score_types]
    wanted = [one["name"] for one in said]
    if names != wanted:
        fail(f"`problem.py` has the score types {names}, and the boards {wanted}. Write them as `score_types` in agon.yaml.")


def scores_of(problem: Any, step: str, folds: list[Any], truth: Any, cv: list[Any], statistic: str) -> dict[str, Any]:
    """The scores of a step by their names: bagged over the folds, or their mean. Raises AtFault."""
    from rampwf.utils.combine import get_score_cv_bags

    parts = [valid for _, valid in cv] if step == "valid" else None
    predictions = []
    for number, values in enumerate(folds):
        check(values, truth, parts[number] if parts else None, f"{step} data in fold {number}")
        try:
            how = {"fold_is": parts[number]} if parts else {}
            predictions.append(problem.Predictions(y_pred=values, **how))
        except Exception as error:
            traceback.print_exc()
            raise AtFault(f"The predictions of the {step} data in fold {number} do not fit: {told(error)}") from error
    found = {}
    try:
        for one in problem.score_types:
            if statistic == "bag":
                _, bagged = get_score_cv_bags(one, predictions, problem.Predictions(y_true=truth), test_is_list=parts)
                found[one.name] = bagged[-1]
            else:
                truths = [problem.Predictions(y_true=truth, **({"fold_is": part} if parts else {})) for part in parts or cv]
                alone = [one.score_function(right, own) for right, own in zip(truths, predictions)]  # noqa: B905
                found[one.name] = sum(alone) / len(alone)
    except Exception as error:
        traceback.print_exc()
        fail(f"The score types failed: {told(error)}")
    return found


def check(values: Any, truth: Any, part: Any, what: str) -> None:
    """Raise AtFault for predictions that are too many or too few, or no numbers where they count."""
    import numpy as np

    if not hasattr(values, "shape") or not values.shape or len(values) != len(truth):
        raise AtFault(f"The predictions of the {what} are {len(values) if values.shape else 1}, and not {len(truth)}.")
    counted = values if part is None else values[part]
    if counted.dtype.kind == "f" and np.isnan(counted).any():
        raise AtFault(f"The predictions of the {what} are not all numbers: some are NaN.")


def write(found: dict[str, dict[str, Any]], said: list[dict[str, str]], output: Path) -> None:
    """Write the scores under the keys of the boards' columns. What is no number is left out."""
    scores, lacking = {}, []
    for one in said:
        for step, values in found.items():
            number = float(values[one["name"]])
            if math.isfinite(number):
                scores[one[step]] = number
            else:
                lacking.append(f"{step} {one['name']}")
    if lacking:
        print(f"[agon] no number, so not shown: {', '.join(lacking)}", file=sys.stderr)
    (output / "scores.json").write_text(json.dumps(scores, allow_nan=False), "utf-8")


if __name__ == "__main__":
    role, paths = sys.argv[1], [Path(word) for word in sys.argv[2:]]
    roles: Any = {"code": run_code, "fold": run_folds, "truth": score}
    roles[role](*paths)
