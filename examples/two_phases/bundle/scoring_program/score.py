"""Scores forecasts: `python3 score.py INPUT OUTPUT`, with INPUT/res/forecasts.json and INPUT/ref/future.json."""

import json
import sys
from pathlib import Path


def main(given: Path, output: Path) -> None:
    truth = json.loads((given / "ref/future.json").read_text())
    forecasts = json.loads((given / "res/forecasts.json").read_text())
    scaled = {name: error(forecasts.get(name, []), series["future"]) / series["scale"] for name, series in truth.items()}
    score = round(sum(scaled.values()) / len(scaled), 6)
    (output / "scores.json").write_text(json.dumps({"scaled_error": score}))
    for name, value in scaled.items():
        print(f"{name}: {value:.4f}")


def error(answer: list, future: list) -> float:
    """The mean distance. What is missing of an answer counts as 0, what is too much is not read."""
    full = [*answer, *[0.0] * len(future)][: len(future)]
    return sum(abs(mine - true) for mine, true in zip(full, future, strict=True)) / len(future)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
