"""Scores probabilities: `python3 score.py INPUT OUTPUT`, with INPUT/res/predictions.csv and INPUT/ref/rain.csv."""

import csv
import json
import sys
from pathlib import Path

from report import page

UNKNOWN = 0.5
#: Days whose probability lies in the same fifth are judged together.
BINS = 5


def main(given: Path, output: Path) -> None:
    truth = {day: int(rain) for day, rain in read(given / "ref/rain.csv").items()}
    predicted = read(given / "res/predictions.csv")
    days = list(truth)
    rain = [truth[day] for day in days]
    probabilities = [probability(predicted.get(day)) for day in days]
    left_out = [day for day, value in zip(days, probabilities, strict=True) if value is None]
    pairs = [(UNKNOWN if value is None else value, wet) for value, wet in zip(probabilities, rain, strict=True)]
    bins = binned(pairs)
    scores = {
        "brier": round(sum((value - wet) ** 2 for value, wet in pairs) / len(pairs), 6),
        "area": round(area(pairs), 6),
        "calibration": round(sum(count * abs(mean - share) for count, mean, share in bins if count) / len(pairs), 6),
        "days_left_out": len(left_out),
    }
    (output / "scores.json").write_text(json.dumps(scores))
    (output / "detailed_results.html").write_text(page(scores, bins, left_out), encoding="utf-8")
    print(f"{len(pairs) - len(left_out)} of {len(pairs)} days have a probability. Scores: {scores}")


def read(path: Path) -> dict:
    """The second column by the first."""
    if not path.is_file():
        print(f"There is no {path.name} at the root of the submission.", file=sys.stderr)
        return {}
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        rows = [row for row in csv.reader(file) if len(row) == 2]
    return {day.strip(): value for day, value in rows if day.strip() != "day"}


def probability(text: "str | None") -> "float | None":
    """A number from 0 to 1, or None."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if 0 <= value <= 1 else None


def area(pairs: list) -> float:
    """The share of pairs of a wet and a dry day in which the wet one has the higher probability; equal counts half."""
    wet = [value for value, rain in pairs if rain]
    dry = [value for value, rain in pairs if not rain]
    won = sum((one > other) + (one == other) / 2 for one in wet for other in dry)
    return won / (len(wet) * len(dry))


def binned(pairs: list) -> list:
    """For each fifth: how many days, their mean probability, and the share of them that was wet."""
    bins = []
    for number in range(BINS):
        inside = [pair for pair in pairs if min(int(pair[0] * BINS), BINS - 1) == number]
        count = len(inside) or 1
        bins.append((len(inside), sum(value for value, _ in inside) / count, sum(wet for _, wet in inside) / count))
    return bins


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
