"""Cuts the plane into strips of the same width."""


def cluster(points, groups):
    left = min(x for x, _ in points)
    width = max(x for x, _ in points) - left
    return [min(int(groups * (x - left) / width), groups - 1) for x, _ in points]
