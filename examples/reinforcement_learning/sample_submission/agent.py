"""Q-learning with a table: what each action is worth in each place, corrected a little after every step."""

import random

ACTIONS = range(4)
RATE, CURIOSITY = 0.3, 0.2


class Agent:
    def __init__(self):
        self.dice = random.Random(1)
        self.worth = {}

    def act(self, place, learning):
        if learning and self.dice.random() < CURIOSITY:
            return self.dice.randrange(4)
        return max(ACTIONS, key=lambda action: self.of(place, action))

    def learn(self, place, action, reward, next_place, done):
        future = 0 if done else max(self.of(next_place, next_action) for next_action in ACTIONS)
        old = self.of(place, action)
        self.worth[place, action] = old + RATE * (reward + future - old)

    def of(self, place, action):
        return self.worth.get((place, action), 0.0)
