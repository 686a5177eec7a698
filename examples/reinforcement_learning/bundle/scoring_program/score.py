"""Scores voyages: `python3 score.py INPUT OUTPUT`, with INPUT/res/logbook.json and INPUT/ref/voyages.json.

The logbook has the agent's actions. Everything else, the way and the rewards, is found out here.
"""

import json
import sys
from pathlib import Path

from chart import page
from lake import MAX_STEPS, MOVES, Lake


def main(given: Path, output: Path) -> None:
    truth = json.loads((given / "ref/voyages.json").read_text())
    logbook = json.loads((given / "res/logbook.json").read_text())
    voyages = []
    for number, voyage in enumerate(truth["test"]):
        lake = Lake(truth["map"], voyage["start"], voyage["seed"])
        voyages.append(sail(lake, logbook[number] if number < len(logbook) else []))
    scores = {
        "mean_return": round(sum(voyage["return"] for voyage in voyages) / len(voyages), 6),
        "arrived": sum(voyage["arrived"] for voyage in voyages) / len(voyages),
    }
    (output / "scores.json").write_text(json.dumps(scores))
    (output / "detailed_results.html").write_text(page(truth["map"], voyages, scores), encoding="utf-8")
    print(f"{len(voyages)} voyages: {scores}")


def sail(lake: Lake, actions: list) -> dict:
    """The way, the return and whether the boat arrived. Where the actions end too early, it drifts until its time is up."""
    way, total = [lake.place], 0.0
    for action in actions[:MAX_STEPS]:
        if lake.done or action not in range(len(MOVES)):
            break
        total += lake.step(action)
        way.append(lake.place)
    if not lake.done:
        total -= MAX_STEPS - lake.steps
    return {"way": way, "return": total, "arrived": lake.arrived}


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
