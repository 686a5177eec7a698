"""Room: what an account or a competition may store, and what is said to who has none left."""

from chalicelib.errors import TooLarge, say

#: What bytes are stored as. What is sent and not used yet is an account's alone; what runs left is a competition's.
UPLOADS, SUBMISSIONS, DATASETS, BUNDLES, OUTPUTS, EXPORTS = (
    "uploads",
    "submissions",
    "datasets",
    "bundles",
    "outputs",
    "exports",
)
KINDS = (UPLOADS, SUBMISSIONS, DATASETS, BUNDLES, OUTPUTS, EXPORTS)


def quota(own: int | None, of_all: int | None) -> int | None:
    """The quota in bytes: the own one that an administrator gave, else the site's; None where there is none."""
    return of_all if own is None else own


def check_account(stored: int, most: int | None, wanted: int) -> None:
    """Refuse a file for which an account has no room. Raises TooLarge."""
    if most is not None and stored + wanted > most:
        raise TooLarge(
            say(
                "account_full",
                "You may store {most:,} bytes here and have {stored:,}; this file has {wanted:,}. Remove something "
                "first: `agon storage` tells what. Or ask an administrator of the site for more.",
                most=most,
                stored=stored,
                wanted=wanted,
            )
        )


def check_competition(stored: int, most: int | None, wanted: int = 1) -> None:
    """Refuse what a competition has no room for. Raises TooLarge."""
    if most is not None and stored + wanted > most:
        raise TooLarge(
            say(
                "competition_full",
                "This competition may store {most:,} bytes and has {stored:,}, so it takes nothing more. Its "
                "organizers can remove old dumps and submissions (`agon storage COMPETITION` tells which), or ask an "
                "administrator for more.",
                most=most,
                stored=stored,
            )
        )
