"""Neighbours of neighbours belong together: joins the nearest points until as many groups are left as are wanted."""


def cluster(points, groups):
    group = list(range(len(points)))
    left = len(points)
    for _, one, other in sorted(distances(points)):
        if left == groups:
            break
        if group[one] != group[other]:
            kept, gone = group[one], group[other]
            group = [kept if label == gone else label for label in group]
            left -= 1
    numbers = {label: number for number, label in enumerate(dict.fromkeys(group))}
    return [numbers[label] for label in group]


def distances(points):
    for one, (x, y) in enumerate(points):
        for other, (u, v) in enumerate(points[:one]):
            yield (x - u) ** 2 + (y - v) ** 2, one, other
