"""Admission to a competition, and to single phases of it, by one's confirmed e-mail address."""

from collections.abc import Collection

from chalicelib.errors import NotAllowed, Sentence, say


def check_may_join(address: str, allowed: Collection[str], refused: Collection[str]) -> None:
    """Raise NotAllowed for an address that is refused, or not among those that are allowed where some are named.

    Entries are addresses, or domains with all that stands below them, in small letters.
    """
    own = entries_of(address)
    if own & set(refused):
        raise NotAllowed(
            say(
                "address_refused",
                "The organizers do not let your e-mail address take part. Write to them if that is a mistake.",
            )
        )
    if allowed and not own & set(allowed):
        raise NotAllowed(
            say(
                "address_not_allowed",
                "Only some e-mail addresses may take part in this competition, and your account's is not among them. "
                "Join with an account that has such an address, or write to the organizers.",
            )
        )


def reason_not_to_submit(address: str | None, allowed: Collection[str]) -> Sentence | None:
    """The reason for which who joined with this address may not submit where only `allowed` ones may, if any."""
    if not allowed or entries_of(address or "") & set(allowed):
        return None
    return say(
        "address_may_not_submit",
        "Only some e-mail addresses may submit to this phase, and the one that you joined with is not among them."
        " Write to the organizers if it should be.",
    )


def entries_of(address: str) -> set[str]:
    """All entries that an address would be found by: itself, its domain, and those above that."""
    whole = address.strip().lower()
    labels = whole.rpartition("@")[2].split(".")
    return {whole, *(".".join(labels[start:]) for start in range(len(labels)))}
