"""Scores labels: `python3 score.py INPUT OUTPUT`, with INPUT/res/predictions.json and INPUT/ref/labels.csv."""

import json
import sys
from pathlib import Path


def main(given: Path, output: Path) -> None:
    truth = [int(line) for line in (given / "ref/labels.csv").read_text().split()[1:]]
    predicted = json.loads((given / "res/predictions.json").read_text())
    right = sum(mine == yours for mine, yours in zip(truth, predicted, strict=True))
    (output / "scores.json").write_text(json.dumps({"accuracy": right / len(truth)}))
    print(f"{right} of {len(truth)} points are right.")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
