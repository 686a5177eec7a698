"""Profiles: what accounts say of themselves, for all to see."""

from collections.abc import Mapping
from typing import Any

from pynamodb.attributes import BooleanAttribute, UnicodeAttribute

from chalicelib.store import table, writes
from chalicelib.store.table import Place


class Profile(table.Item, discriminator="profile"):
    """The words of an account on itself. Who has said nothing has none, and then its page has its results."""

    display_name = UnicodeAttribute(default="")
    affiliation = UnicodeAttribute(default="")
    site = UnicodeAttribute(default="")
    description = UnicodeAttribute(default="")
    shows_results = BooleanAttribute(null=True)

    @classmethod
    def at(cls, account: str) -> Place["Profile"]:
        """The place of an account's profile."""
        return Place(cls, f"ACCOUNT#{account}", "PROFILE")


def said_by(account: str) -> dict[str, Any]:
    """The words of an account on itself, by field, empty where it says nothing; and whether its page has its results."""
    (found,) = table.read(Profile.at(account))
    return {**words_of(found), "shows_results": shows_results(found)}


def words_of(profile: Profile | None) -> dict[str, str]:
    """The words of a profile, by field."""
    said = profile or Profile()
    return {key: getattr(said, key) for key in ("display_name", "affiliation", "site", "description")}


def shows_results(profile: Profile | None) -> bool:
    """Whether an account has its page say where it stood. Boards do anyway."""
    return profile is None or profile.shows_results is not False


def change(account: str, said: Mapping[str, Any]) -> None:
    """Have an account say something else of itself; what is not `said` stays."""
    actions = [Profile.kind.set(Profile), *(getattr(Profile, key).set(value) for key, value in said.items())]
    writes.update(Profile(*Profile.at(account)), actions)
