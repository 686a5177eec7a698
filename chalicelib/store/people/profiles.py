"""Profiles: what accounts say of themselves, for all to see."""

from collections.abc import Mapping

from pynamodb.attributes import UnicodeAttribute

from chalicelib.store import table, writes
from chalicelib.store.table import Place


class Profile(table.Item, discriminator="profile"):
    """The words of an account on itself. Who has said nothing has none."""

    display_name = UnicodeAttribute(default="")
    affiliation = UnicodeAttribute(default="")
    site = UnicodeAttribute(default="")
    description = UnicodeAttribute(default="")

    @classmethod
    def at(cls, account: str) -> Place["Profile"]:
        """The place of an account's profile."""
        return Place(cls, f"ACCOUNT#{account}", "PROFILE")


def said_by(account: str) -> dict[str, str]:
    """The words of an account on itself, by field; empty where it says nothing."""
    (found,) = table.read(Profile.at(account))
    return words_of(found)


def words_of(profile: Profile | None) -> dict[str, str]:
    """The words of a profile, by field."""
    said = profile or Profile()
    return {key: getattr(said, key) for key in ("display_name", "affiliation", "site", "description")}


def change(account: str, said: Mapping[str, str]) -> None:
    """Have an account say something else of itself; what is not `said` stays."""
    actions = [Profile.kind.set(Profile), *(getattr(Profile, key).set(value) for key, value in said.items())]
    writes.update(Profile(*Profile.at(account)), actions)
