"""The site as a whole: what its administrators set."""

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.store import table

KEY: table.Key = ("SITE", "SITE")


class Site(table.Item, discriminator="site"):
    """The settings of the site. While it is `paused` no submission is taken anywhere; `message` says why."""

    paused = BooleanAttribute(default=False)
    message = UnicodeAttribute(default="")


def read(found: table.Item | None) -> Site:
    """The settings, or what holds when nobody has set any."""
    return found if isinstance(found, Site) else Site(*KEY)
