"""Three ways to tell points of two kinds apart: each learns with `fit`, and answers about one point with `predict`."""

import math


class NearestMean:
    """The kind whose mean is nearer."""

    def fit(self, points: list, kinds: list) -> None:
        self.means = {kind: mean([p for p, k in zip(points, kinds, strict=True) if k == kind]) for kind in set(kinds)}

    def predict(self, point: tuple) -> int:
        return min(self.means, key=lambda kind: math.dist(point, self.means[kind]))


class Line:
    """A perceptron: the side of a straight line that is moved after each mistake."""

    ROUNDS, STEP = 50, 0.1

    def fit(self, points: list, kinds: list) -> None:
        self.weights = [0.0, 0.0, 0.0]
        for _ in range(self.ROUNDS):
            for point, kind in zip(points, kinds, strict=True):
                wrong = kind - self.predict(point)
                for at, value in enumerate((*point, 1.0)):
                    self.weights[at] += self.STEP * wrong * value

    def predict(self, point: tuple) -> int:
        return int(sum(w * v for w, v in zip(self.weights, (*point, 1.0), strict=True)) > 0)


class NearestNeighbour:
    """The kind of the nearest point that was learnt."""

    def fit(self, points: list, kinds: list) -> None:
        self.known = list(zip(points, kinds, strict=True))

    def predict(self, point: tuple) -> int:
        return min(self.known, key=lambda pair: math.dist(point, pair[0]))[1]


def mean(points: list) -> tuple:
    return tuple(sum(values) / len(points) for values in zip(*points, strict=True))


METHODS = {"mean": NearestMean, "line": Line, "neighbour": NearestNeighbour}
