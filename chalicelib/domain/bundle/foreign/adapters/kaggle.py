"""Scores a submission with a Kaggle-style metric, called as Kaggle calls it: once for each board, on rows that are aligned.

`python3 adapter.py INPUT OUTPUT`: beside this file stands the metric, in the folder `metric`; in INPUT/ref the solution and
what was said of it (phase.json), in INPUT/res the submission. Needs pandas, as metrics do. Runs on Agon and on Codabench.
No message of it holds any truth: ids are known to participants.
"""

from __future__ import annotations

import importlib.util
import json
import math
import sys
import traceback
import types
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

NAMED = 5
TOLD_CHARACTERS = 1000
VISIBLE, HOST = "ParticipantVisibleError", "HostVisibleError"
_LITTER = ("__MACOSX", ".DS_Store", "Thumbs.db")


class Refused(Exception):
    """The submission is at fault. Its text is a sentence for the participant."""


def main(given: Path, output: Path) -> None:
    """Score, or end with why not: in submission_error.txt for the participant, else in the error output."""
    settings = json.loads((given / "ref" / "phase.json").read_text("utf-8"))
    key, solution = settings["row_id"], pd.read_csv(given / "ref" / settings["solution"])
    truth_ids = ids_of(given / "ref" / settings["solution"], settings["row_id"])
    supply_utilities()
    metric = metric_of(Path(__file__).resolve().parent / "metric" / settings["metric"])
    try:
        path = submitted(given / "res", output)
        submission = read(path)
        aligned = align(path, submission, solution, truth_ids, key)
        sample = pd.read_csv(given / "ref" / settings["sample"]) if settings["sample"] else None
        scores = {}
        for usage, column in settings["boards"].items():
            rows = rows_of(solution, usage)
            truth = solution[rows].drop(columns=["Usage"], errors="ignore").reset_index(drop=True)
            own = aligned[rows].reset_index(drop=True)
            scores[column] = score_of(metric, truth, own, key, settings["parameters"], sample)
    except Refused as error:
        refuse(str(error), output)
    (output / "scores.json").write_text(json.dumps(scores, allow_nan=False), "utf-8")


def fail(why: str) -> NoReturn:
    """End for a fault that is not the participant's."""
    sys.stdout.flush()
    print(why, file=sys.stderr, flush=True)
    sys.exit(1)


def refuse(why: str, output: Path) -> NoReturn:
    """End because of the submission, with a sentence for its participant."""
    (output / "submission_error.txt").write_text(why[:TOLD_CHARACTERS], "utf-8")
    fail(why)


def submitted(folder: Path, room: Path) -> Path:
    """The one table that was submitted, also out of a zip. Raises Refused."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file() and not set(path.parts) & set(_LITTER)]
    files = [path for path in files if path != folder / "metadata"]
    tables = [path for path in files if path.suffix.lower() in (".csv", ".parquet", ".zip")] or files
    if len(tables) != 1:
        raise Refused(f"A submission is one CSV file. This one has {len(tables)} files.")
    return tables[0]


def read(path: Path, **how: Any) -> pd.DataFrame:
    """A table of a CSV, of a zip that holds one, or of a Parquet file. Raises Refused."""
    try:
        if path.suffix.lower() == ".parquet":
            frame = pd.read_parquet(path)
            return frame.astype(str) if how else frame
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive:
                names = [name for name in archive.namelist() if name.lower().endswith(".csv") and "__MACOSX" not in name]
                if len(names) != 1:
                    raise Refused(f"The zip should hold one CSV file. It holds {len(names)}.")
                with archive.open(names[0]) as table:
                    return pd.read_csv(table, **how)
        return pd.read_csv(path, **how)
    except (ValueError, ImportError, UnicodeDecodeError, zipfile.BadZipFile) as error:
        raise Refused(f"The submission cannot be read as CSV: {' '.join(str(error).split())[:300]}") from error


def ids_of(path: Path, key: str) -> list[str]:
    """The ids of a table's rows, as they are written. Raises Refused."""
    frame = read(path, dtype=str, keep_default_na=False)
    if key not in frame.columns:
        raise Refused(f"The column `{key}` is missing. The header has: {named(list(frame.columns))}.")
    return [identity(value) for value in frame[key]]


def identity(value: str) -> str:
    """An id as it is compared: 7 and 7.0 are one."""
    text = value.strip()
    return text[:-2] if text.endswith(".0") and text[:-2].lstrip("-").isdigit() else text


def align(path: Path, submission: pd.DataFrame, solution: pd.DataFrame, truth_ids: list[str], key: str) -> pd.DataFrame:
    """The submission's rows in the order of the solution's, with its ids as the solution has them. Raises Refused."""
    ids = ids_of(path, key)
    counts, known = Counter(ids), set(truth_ids)
    if twice := [one for one, count in counts.items() if count > 1]:
        rows = [number for number, one in enumerate(ids, 1) if one == twice[0]]
        raise Refused(
            f"`{key}` {twice[0]} is there {len(rows)} times, in the rows {named(rows)}.{others(twice)} Keep one of each."
        )
    if unknown := [(number, one) for number, one in enumerate(ids, 1) if one not in known]:
        number, one = unknown[0]
        said = f"Row {number} has the `{key}` {one[:60] or '(nothing)'}, which is none of this competition."
        raise Refused(f"{said}{others(unknown)} Take the ids of the sample submission.")
    if missing := [one for one in truth_ids if one not in counts]:
        raise Refused(f"{len(missing)} of {len(truth_ids)} rows are missing, with the `{key}` {named(missing)}. Add them.")
    places = {one: place for place, one in enumerate(ids)}
    aligned = submission.iloc[[places[one] for one in truth_ids]].reset_index(drop=True)
    aligned[key] = solution[key].to_numpy()
    return aligned[[key, *(name for name in aligned.columns if name != key)]]


def rows_of(solution: pd.DataFrame, usage: str) -> Any:
    """The rows of a board: those of its usage, or all where the solution has no usages."""
    if not usage:
        return pd.Series(True, index=solution.index)
    return solution["Usage"].astype(str).str.strip().str.lower() == usage.lower()


def metric_of(path: Path) -> Any:
    """The metric's module. Whatever hinders its import is the organizer's fault."""
    sys.path.insert(0, str(path.parent))
    spec = importlib.util.spec_from_file_location("metric", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["metric"] = module
    try:
        spec.loader.exec_module(module)
        return module.score
    except (Exception, SystemExit) as error:
        traceback.print_exc()
        fail(f"The metric cannot be imported: {type(error).__name__}: {error}")


def score_of(
    metric: Any, truth: pd.DataFrame, own: pd.DataFrame, key: str, parameters: dict[str, Any], sample: pd.DataFrame | None
) -> float:
    """The score of one board. Raises Refused where the metric, or the sample, shows the submission at fault."""
    try:
        score = float(metric(truth.copy(), own.copy(), key, **parameters))
    except (Exception, SystemExit) as error:
        if is_called(error, VISIBLE):
            raise Refused(str(error) or "The metric refuses this submission.") from error
        traceback.print_exc()
        if not is_called(error, HOST) and (why := unlike(own, sample)):
            raise Refused(why) from error
        fail(f"The metric failed: {type(error).__name__}: {' '.join(str(error).split())[:300]}")
    if not math.isfinite(score):
        if why := unlike(own, sample):
            raise Refused(why)
        fail(f"The metric gave {score}, which is no finite number.")
    return score


def is_called(error: BaseException, name: str) -> bool:
    """True for an error of a class of this name, wherever a metric has it from."""
    return any(kind.__name__ == name for kind in type(error).__mro__)


def unlike(own: pd.DataFrame, sample: pd.DataFrame | None) -> str:
    """Differences from the sample, of what could not be scored: columns, gaps, words for numbers. "" where none is."""
    if sample is None:
        return ""
    if lacking := [name for name in sample.columns if name not in own.columns]:
        return f"Columns are missing: {named(lacking)}. Write them as the sample submission does."
    for name in sample.columns:
        if sample[name].isna().any():
            continue
        if rows := [own.iloc[at, 0] for at in range(len(own)) if pd.isna(own[name].iloc[at])]:
            return f"`{name}` is empty, or no number, in the rows with the ids {named(rows)}."
        if pd.api.types.is_numeric_dtype(sample[name]) and not pd.api.types.is_numeric_dtype(own[name]):
            numbers = pd.to_numeric(own[name], errors="coerce")
            rows = [own.iloc[at, 0] for at in range(len(own)) if pd.isna(numbers.iloc[at])]
            return f"`{name}` is no number in the rows with the ids {named(rows)}."
    return ""


def named(values: list[Any]) -> str:
    """The first of several."""
    more = f" and {len(values) - NAMED} more" if len(values) > NAMED else ""
    return ", ".join(str(value)[:60] for value in values[:NAMED]) + more


def others(found: list[Any]) -> str:
    """The number of further ones, as a sentence."""
    return f" So it is with {len(found) - 1} more." if len(found) > 1 else ""


def supply_utilities() -> None:
    """The module that metrics on Kaggle find there: its two errors, and the call that decides which errors are shown."""
    module: Any = types.ModuleType("kaggle_metric_utilities")
    module.ParticipantVisibleError = type(VISIBLE, (Exception,), {})
    module.HostVisibleError = type(HOST, (Exception,), {})

    def safe_call_score(metric: Any, solution: Any, submission: Any, **more: Any) -> Any:
        """Call, and show participants what is raised where the truth is numbers alone and the message has no digit."""
        try:
            return metric(solution, submission, **more)
        except Exception as error:
            text = str(error)
            frame = solution.to_frame() if hasattr(solution, "to_frame") else pd.DataFrame(solution)
            is_numeric = len(frame.select_dtypes(exclude="number").columns) == 0
            if is_called(error, VISIBLE) or is_called(error, HOST) or not is_numeric or any(map(str.isdigit, text)):
                raise
            raise module.ParticipantVisibleError(text) from error

    module.safe_call_score = safe_call_score
    sys.modules["kaggle_metric_utilities"] = module


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
