"""Departures: accounts that end, removed or merged into another one, and what is called what of them from then on."""

from dataclasses import dataclass

#: Names that begin so are nobody's to sign up with.
_PREFIX = "deleted-user-"
_DIGITS = 8


@dataclass(frozen=True)
class Successor:
    """The account, by its id, and the name under which stays what another account did.

    Of a removed account that is its own id, which says nothing of a person any more, and a name made of that.
    """

    user: str
    username: str


def nobody(account: str, digest: str) -> Successor:
    """The successor of an account that is removed; `digest` is of its id.

    The name differs from account to account, since boards find their rows by names.
    """
    return Successor(account, f"{_PREFIX}{digest[:_DIGITS]}")


def is_reserved(username: str) -> bool:
    """True for a name that looks like that of a removed account."""
    return username.lower().startswith(_PREFIX)


@dataclass(frozen=True)
class Leaver:
    """An account that ends, and its successor. It `is_settled` when nothing of it can come in any more."""

    account: str
    username: str
    successor: Successor
    is_settled: bool

    @property
    def is_removed(self) -> bool:
        """True for one that is removed, and false for one that is merged into another account."""
        return self.successor.user == self.account
