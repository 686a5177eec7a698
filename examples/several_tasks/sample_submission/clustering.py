"""k-means, from points that lie far apart."""

ROUNDS = 50


def cluster(points, groups):
    centres = [points[0]]
    while len(centres) < groups:
        centres.append(max(points, key=lambda point: min(distance(point, centre) for centre in centres)))
    for _ in range(ROUNDS):
        found = [min(range(groups), key=lambda group: distance(point, centres[group])) for point in points]
        centres = [
            mean([point for point, own in zip(points, found, strict=True) if own == group]) for group in range(groups)
        ]
    return found


def distance(one, other):
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2


def mean(points):
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
