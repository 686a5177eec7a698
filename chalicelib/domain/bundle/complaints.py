"""Faults of a file of a bundle as they are filed while it is read, each with its line."""

from collections.abc import Mapping

from chalicelib.contract import limits
from chalicelib.domain.bundle.model import Complaint


class Complaints:
    """The faults found in one file so far, and in which line each place of it stands.

    A strict one is for who writes just now, and can be asked to write again what a bundle of elsewhere may have.
    """

    def __init__(self, file: str, is_strict: bool = False):
        self.file = file
        self.is_strict = is_strict
        self.errors: list[Complaint] = []
        self.warnings: list[Complaint] = []
        self.lines: dict[str, int] = {}
        self._wrong: set[str] = set()

    def error(self, place: str, message: str, line: int | None = None) -> None:
        """File what keeps the bundle from being used. `place` is a path such as `phases[0].end`."""
        self._wrong.add(place)
        self.errors.append(self._complaint(place, message, line))

    def warn(self, place: str, message: str, line: int | None = None) -> None:
        """File what can be lived with."""
        self.warnings.append(self._complaint(place, message, line))

    def slip(self, place: str, message: str) -> None:
        """File what is read as something near it: an error where this is strict, else a warning."""
        (self.error if self.is_strict else self.warn)(place, message)

    def _complaint(self, place: str, message: str, line: int | None) -> Complaint:
        # Keys can be as long as the file, and whole complaints are kept.
        most = limits.MAX_COMPLAINT_CHARACTERS
        return Complaint(
            self.file, line or self.line_of(place), place[:most], message if len(message) <= most else message[:most]
        )

    def is_wrong(self, place: str) -> bool:
        """True when an error was filed about exactly this place: what is read there is only a stand-in."""
        return place in self._wrong

    def line_of(self, place: str) -> int | None:
        """The line of a place, or of the nearest thing around it."""
        return line_of(self.lines, place)


def line_of(lines: Mapping[str, int], place: str) -> int | None:
    """The line of a place, or of the nearest thing around it."""
    while place and place not in lines:
        place = place[: max(place.rfind("."), place.rfind("["), 0)]
    return lines.get(place)
