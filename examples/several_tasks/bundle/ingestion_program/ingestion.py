"""Runs a submission on one task's data: `python3 ingestion.py DATA OUTPUT SUBMISSION`, with SUBMISSION/clustering.py."""

import json
import sys
from pathlib import Path


def main(data: Path, output: Path, submission: Path) -> None:
    sys.path.insert(0, str(submission))
    if not (submission / "clustering.py").is_file():
        sys.exit("There is no clustering.py at the root of the submission.")
    from clustering import cluster

    given = json.loads((data / "points.json").read_text())
    points = [tuple(point) for point in given["points"]]
    found = [int(group) for group in cluster(points, given["groups"])]
    if len(found) != len(points):
        sys.exit(f"cluster() was given {len(points)} points and answered with {len(found)} groups.")
    (output / "groups.json").write_text(json.dumps(found))
    print(f"Put {len(points)} points into {len(set(found))} groups.")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
