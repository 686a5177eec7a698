"""Scores groups: `python3 score.py INPUT OUTPUT`, with INPUT/res/groups.json and INPUT/ref/groups.json."""

import json
import sys
from collections import Counter
from math import comb
from pathlib import Path


def main(given: Path, output: Path) -> None:
    truth = json.loads((given / "ref/groups.json").read_text())
    found = json.loads((given / "res/groups.json").read_text())
    score = round(adjusted_rand_index(truth, found), 6)
    (output / "scores.json").write_text(json.dumps({"agreement": score}))
    print(f"{len(truth)} points, agreement {score}")


def adjusted_rand_index(truth: list, found: list) -> float:
    """1 for the same groups, 0 for what is to be expected by chance. Needs two true groups of two or more."""
    together = pairs(zip(truth, found, strict=True))
    in_truth, in_found = pairs(truth), pairs(found)
    expected = in_truth * in_found / comb(len(truth), 2)
    most = (in_truth + in_found) / 2
    return (together - expected) / (most - expected)


def pairs(labels: object) -> int:
    """How many pairs have the same label."""
    return sum(comb(count, 2) for count in Counter(labels).values())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
