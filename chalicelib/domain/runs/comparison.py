"""The comparison of a run with its repetition: what is pinned for it, and what became of each score."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Compared:
    """A score of the first run and of the run that repeats it, None where there is none. `difference` is after - before."""

    key: str
    before: float | None
    after: float | None

    @property
    def difference(self) -> float | None:
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def same(self) -> bool:
        """To the last digit: whoever accepts less sees by how much it differs."""
        return self.before == self.after


def compare(before: Mapping[str, float], after: Mapping[str, float], judged: Collection[str] = ()) -> list[Compared]:
    """The scores that either run has, by their keys, but for those that people gave."""
    keys = sorted((before.keys() | after.keys()) - set(judged))
    return [Compared(key, before.get(key), after.get(key)) for key in keys]


def pinned(image: str, digest: str) -> str:
    """The name of exactly the image that a run had; without a recorded digest the name that it went by."""
    if not digest:
        return image
    head, slash, last = image.partition("@")[0].rpartition("/")
    return f"{head}{slash}{last.partition(':')[0]}@{digest}"
