"""The sponsors of a competition, each with an address at most where their name leads."""

from urllib.parse import urlsplit

from chalicelib.contract import limits
from chalicelib.contract.sentences import say
from chalicelib.domain.bundle.section import Section
from chalicelib.domain.bundle.sponsor import Sponsor

MAX_ADDRESS_CHARACTERS = 2000


def read(part: Section) -> tuple[Sponsor, ...]:
    """The sponsors below a level's `sponsors`, in their order."""
    found = tuple(_sponsor(entry) for entry in part.sections("sponsors", "name: …, url: https://…"))
    if len(found) > limits.MAX_SPONSORS:
        part.error(
            "sponsors",
            say(
                "sponsors_too_many",
                "`sponsors` names {count}. Keep the best {most}.",
                count=len(found),
                most=limits.MAX_SPONSORS,
            ),
        )
        return ()
    return found


def _sponsor(entry: Section) -> Sponsor:
    name = entry.text("name", max_characters=limits.MAX_NAME_CHARACTERS, required=True).strip()
    url = entry.optional("url", max_characters=MAX_ADDRESS_CHARACTERS)
    if url and not is_address(url):
        entry.error(
            "url",
            say(
                "sponsor_address",
                "This is no address that a name can lead to. Write one that begins with https:// or http://.",
            ),
        )
    entry.finish()
    return Sponsor(name, url)


def is_address(url: str) -> bool:
    """True for an address of the web without a password in it."""
    try:
        parts = urlsplit(url)
        is_plain = bool(parts.hostname) and "@" not in parts.netloc
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and is_plain and not any(one.isspace() or one in "\\<>\"'`" for one in url)
