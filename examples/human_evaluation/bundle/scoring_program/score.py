"""What a program can tell of the answers: how many there are, and how long they are. The jury tells the rest."""

import json
import sys
from pathlib import Path


def words_of(answer: Path) -> int:
    return len(answer.read_text("utf-8", "replace").split()) if answer.is_file() else 0


def main(given: Path, output: Path) -> None:
    questions = json.loads((given / "ref" / "questions.json").read_text())
    counts = [count for name in questions if (count := words_of(given / "res" / f"{name}.txt"))]
    scores = {"answered": len(counts)}
    if counts:
        scores["words"] = sum(counts) / len(counts)
    (output / "scores.json").write_text(json.dumps(scores))
    print(f"{len(counts)} of {len(questions)} questions are answered.")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
