"""Scores a data set: `python3 score.py INPUT OUTPUT`, with INPUT/res/answers.json and INPUT/ref/rules.json.

A data set that breaks the rules is hard for nobody: every score is 0, and the log says why.
"""

import json
import math
import sys
from pathlib import Path


def main(given: Path, output: Path) -> None:
    rules = json.loads((given / "ref/rules.json").read_text())
    result = json.loads((given / "res/answers.json").read_text())
    points, kinds, asked = result["points"], result["kinds"], result["asked"]
    broken = broken_rule(points, kinds, rules)
    if broken:
        print(f"The data set does not count: {broken}")
    scores = {
        name: 0.0 if broken else wrong(answers, [kinds[at] for at in asked]) for name, answers in result["answers"].items()
    }
    (output / "scores.json").write_text(json.dumps(scores))


def broken_rule(points: list, kinds: list, rules: dict) -> str:
    """What is wrong with the data set, or nothing."""
    if len(points) != rules["points"] or sorted(set(kinds)) != [0, 1] or 2 * sum(kinds) != len(kinds):
        return f"it needs {rules['points']} points, half of them of the kind 0 and half of the kind 1."
    if not all(abs(value) <= rules["limit"] for point in points for value in point):
        return f"coordinates are from -{rules['limit']} to {rules['limit']}."
    pairs = [
        (a, b) for a, one in zip(points, kinds, strict=True) for b, other in zip(points, kinds, strict=True) if one < other
    ]
    if min(math.dist(a, b) for a, b in pairs) < rules["distance"]:
        return f"points of different kinds keep a distance of {rules['distance']}."
    return ""


def wrong(answers: list, truth: list) -> float:
    return sum(mine != yours for mine, yours in zip(answers, truth, strict=True)) / len(truth)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
