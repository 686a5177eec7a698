"""The lake: one field a step, rocks, a harbour, and a wind that depends on the voyage's seed alone.

The ingestion program and the scoring program each have this very file, so that both sail the same voyages.
"""

import random

MOVES = ((-1, 0), (0, 1), (1, 0), (0, -1))
EAST = MOVES[1]
MAX_STEPS = 40
WIND = 0.2
STEP_REWARD, HIT_REWARD, HARBOUR_REWARD = -1.0, -2.0, 20.0


class Lake:
    """One voyage. `map` is a list of strings of `.`, `#` and `H`; the same seed brings the same wind."""

    def __init__(self, map: list, start: tuple, seed: int):
        self.map = map
        self.place = tuple(start)
        self.steps = 0
        self.wind = random.Random(seed)

    @property
    def arrived(self) -> bool:
        return self.map[self.place[0]][self.place[1]] == "H"

    @property
    def done(self) -> bool:
        return self.arrived or self.steps >= MAX_STEPS

    def step(self, action: int) -> float:
        """Move, perhaps be pushed by the wind, and get the reward."""
        reward = STEP_REWARD
        moves = [MOVES[action]]
        if self.wind.random() < WIND:
            moves.append(EAST)
        for move in moves:
            if not self.arrived and not self._move(move):
                reward += HIT_REWARD
        self.steps += 1
        return reward + (HARBOUR_REWARD if self.arrived else 0.0)

    def _move(self, move: tuple) -> bool:
        row, column = self.place[0] + move[0], self.place[1] + move[1]
        inside = 0 <= row < len(self.map) and 0 <= column < len(self.map[0])
        if not inside or self.map[row][column] == "#":
            return False
        self.place = (row, column)
        return True
