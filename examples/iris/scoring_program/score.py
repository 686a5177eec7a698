"""Scores predicted species: `python3 score.py INPUT OUTPUT` with INPUT/res/predictions.csv and INPUT/ref/labels.csv.

What a participant got wrong, even the format, costs points and is told; it never makes this program fail, because a
scoring program that fails is the organizer's fault.
"""

import csv
import json
import sys
from pathlib import Path

from report import page

SPECIES = ("setosa", "versicolor", "virginica")
MAX_BYTES = 1_000_000
MAX_PROBLEMS = 20
#: Rounded, so that two ways to the same number are a tie and not a difference in the sixteenth digit.
DECIMALS = 6


def main(input_folder: Path, output_folder: Path) -> None:
    labels = dict(rows(input_folder / "ref" / "labels.csv"))
    predictions, problems = read_predictions(input_folder / "res", labels)
    scores = {
        "accuracy": round(accuracy(labels, predictions), DECIMALS),
        "balanced_accuracy": round(balanced_accuracy(labels, predictions), DECIMALS),
    }
    problems = shortened(problems)
    (output_folder / "scores.json").write_text(json.dumps(scores), encoding="utf-8")
    html = page(scores, confusion(labels, predictions), SPECIES, problems)
    (output_folder / "detailed_results.html").write_text(html, encoding="utf-8")
    print(f"{len(predictions)} of {len(labels)} flowers have a usable prediction. Scores: {scores}")
    for problem in problems:
        print(problem, file=sys.stderr)


def read_predictions(folder: Path, labels: dict) -> tuple:
    """The usable predictions by id, and in sentences what was not usable."""
    path = folder / "predictions.csv"
    if not path.is_file():
        return {}, ["There is no predictions.csv at the root of the submission, so every flower counts as wrong."]
    if path.stat().st_size > MAX_BYTES:
        return {}, [f"predictions.csv is larger than {MAX_BYTES} bytes and was not read."]
    try:
        written = rows(path)
    except (csv.Error, ValueError) as error:
        return {}, [f"predictions.csv cannot be read: {error}"]
    predictions, problems, seen = {}, [], set()
    for ident, species in written:
        problem = problem_with(ident, species, labels, seen)
        seen.add(ident)
        if problem is None:
            predictions[ident] = species
            continue
        problems.append(problem)
        predictions.pop(ident, None)
    problems += [f"{ident}: no row, counts as wrong." for ident in labels if ident not in seen]
    return predictions, problems


def problem_with(ident: str, species: str, labels: dict, seen: set) -> "str | None":
    if ident not in labels:
        return f"{ident[:40] or 'A row without id'}: no such id in test.csv, ignored."
    if ident in seen:
        return f"{ident}: stands there more than once, counts as wrong."
    if species not in SPECIES:
        return f"{ident}: '{species[:40]}' is none of {', '.join(SPECIES)}, counts as wrong."
    return None


def rows(path: Path) -> list:
    """Pairs of id and species of a CSV file with a header. Raises ValueError when a column is missing."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = {"id", "species"} - set(reader.fieldnames or ())
        if missing:
            raise ValueError(f"its first line must be `id,species`; missing: {', '.join(sorted(missing))}.")
        return [((row["id"] or "").strip(), (row["species"] or "").strip().lower()) for row in reader]


def accuracy(labels: dict, predictions: dict) -> float:
    return sum(predictions.get(ident) == species for ident, species in labels.items()) / len(labels)


def balanced_accuracy(labels: dict, predictions: dict) -> float:
    shares = []
    for wanted in SPECIES:
        own = {ident: species for ident, species in labels.items() if species == wanted}
        shares.append(accuracy(own, predictions))
    return sum(shares) / len(shares)


def confusion(labels: dict, predictions: dict) -> dict:
    """How often each species was predicted for each; None stands for no usable prediction."""
    counts = {}
    for ident, species in labels.items():
        pair = (species, predictions.get(ident))
        counts[pair] = counts.get(pair, 0) + 1
    return counts


def shortened(problems: list) -> list:
    rest = len(problems) - MAX_PROBLEMS
    return problems if rest <= 0 else [*problems[:MAX_PROBLEMS], f"… and {rest} more."]


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
