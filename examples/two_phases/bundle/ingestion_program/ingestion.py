"""Runs a submission: `python3 ingestion.py DATA OUTPUT SUBMISSION`, with SUBMISSION/forecaster.py."""

import json
import math
import sys
from pathlib import Path


def main(data: Path, output: Path, submission: Path) -> None:
    sys.path.insert(0, str(submission))
    if not (submission / "forecaster.py").is_file():
        sys.exit("There is no forecaster.py at the root of the submission.")
    from forecaster import forecast

    given = json.loads((data / "series.json").read_text())
    answers = {}
    for name, history in given["histories"].items():
        answers[name] = [number(value) for value in forecast(list(history), given["months"])]
    (output / "forecasts.json").write_text(json.dumps(answers))
    print(f"Continued {len(answers)} series by {given['months']} months.")


def number(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) and math.isfinite(value) else 0.0


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
