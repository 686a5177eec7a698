"""Lets an agent practise and makes 40 voyages with it: `python3 try_it.py SUBMISSION`. The winds are others on the site."""

import random
import sys
from pathlib import Path

from lake import Lake

MAP = ["........", "...#....", "...#..#.", "......#.", ".##.....", "....#...", "....#.H.", "........"]
PRACTICE, TEST = 300, 40


def main(submission: Path) -> None:
    sys.path.insert(0, str(submission))
    from agent import Agent

    dice = random.Random(1)
    water = [(row, column) for row, fields in enumerate(MAP) for column, field in enumerate(fields) if field == "."]
    agent = Agent()
    for _ in range(PRACTICE):
        sail(agent, Lake(MAP, dice.choice(water), dice.randrange(10**6)), learning=True)
    returns = [sail(agent, Lake(MAP, dice.choice(water), dice.randrange(10**6)), learning=False) for _ in range(TEST)]
    print(f"Mean return of {TEST} voyages: {sum(returns) / TEST:.2f}")


def sail(agent: object, lake: Lake, learning: bool) -> float:
    total = 0.0
    while not lake.done:
        place = lake.place
        action = agent.act(place, learning)
        reward = lake.step(action)
        total += reward
        if learning:
            agent.learn(place, action, reward, lake.place, lake.done)
    return total


if __name__ == "__main__":
    main(Path(sys.argv[1]))
