"""The site as a whole: what its administrators set."""

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.store import table
from chalicelib.store.table import Place


class Site(table.Item, discriminator="site"):
    """The settings of the site. While it is `paused` no submission is taken anywhere; `message` says why."""

    paused = BooleanAttribute(default=False)
    message = UnicodeAttribute(default="")

    @classmethod
    def at(cls) -> Place["Site"]:
        """Where the settings of the site are."""
        return Place(cls, "SITE", "SITE")


KEY = Site.at()


def read(found: Site | None) -> Site:
    """The settings, or what holds when nobody has set any."""
    return found or Site(*Site.at())
