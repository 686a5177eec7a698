"""Runs an agent: `python3 ingestion.py DATA OUTPUT SUBMISSION`, with SUBMISSION/agent.py.

The lake lives in this process and the agent in another one (crew.py), so that the agent sees places and rewards and nothing
else of it. What it does in the test voyages is written down; how good that was is for the scoring program to say.
"""

import json
import subprocess
import sys
from pathlib import Path

from lake import MOVES, Lake


class Crew:
    """The agent's process. One line of JSON there, one line back."""

    def __init__(self, submission: Path):
        command = [sys.executable, str(Path(__file__).with_name("crew.py")), str(submission)]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def act(self, place: tuple, learning: bool) -> int:
        action = self.ask("act", place, learning)
        if action not in range(len(MOVES)):
            sys.exit(f"act() answered {action!r}. It must be 0 north, 1 east, 2 south or 3 west.")
        return action

    def learn(self, *experience: object) -> None:
        self.ask("learn", *experience)

    def ask(self, *words: object) -> object:
        try:
            self.process.stdin.write(json.dumps(words) + "\n")
            line = self.process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            sys.exit("The agent stopped. Its error stands above.")
        return json.loads(line)

    def leave(self) -> None:
        self.process.kill()
        self.process.wait()


def main(data: Path, output: Path, submission: Path) -> None:
    if not (submission / "agent.py").is_file():
        sys.exit("There is no agent.py at the root of the submission.")
    given = json.loads((data / "voyages.json").read_text())
    crew = Crew(submission)
    try:
        for voyage in given["practice"]:
            sail(Lake(given["map"], voyage["start"], voyage["seed"]), crew, learning=True)
        logbook = [
            sail(Lake(given["map"], voyage["start"], voyage["seed"]), crew, learning=False) for voyage in given["test"]
        ]
    finally:
        crew.leave()
    (output / "logbook.json").write_text(json.dumps(logbook))
    print(f"{len(given['practice'])} voyages to practise, {len(logbook)} to test.")


def sail(lake: Lake, crew: Crew, learning: bool) -> list:
    """The actions of one voyage."""
    actions = []
    while not lake.done:
        place = lake.place
        action = crew.act(place, learning)
        reward = lake.step(action)
        actions.append(action)
        if learning:
            crew.learn(place, action, reward, lake.place, lake.done)
    return actions


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
