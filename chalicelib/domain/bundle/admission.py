"""Lists of who may join a competition, or may not: e-mail addresses, and domains with all that stands below them."""

import re

from chalicelib.contract import limits
from chalicelib.contract.sentences import say
from chalicelib.domain.bundle.section import Section

_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_ENTRY = re.compile(rf"(?:[^@\s]{{1,64}}@)?(?:{_LABEL}\.){{1,8}}{_LABEL}")


def read(part: Section, key: str) -> tuple[str, ...]:
    """The entries in small letters, each once; `@example.org` is the domain. What is neither is an error."""
    written = [entry.strip().lower().removeprefix("@") for entry in part.texts(key)]
    for entry in written:
        if not _ENTRY.fullmatch(entry):
            part.error(
                key,
                say(
                    "not_an_address_entry",
                    "`{entry}` is neither. Write an address such as ada@example.org, or a domain.",
                    entry=entry[:60],
                ),
            )
    if sum(map(len, written)) > limits.MAX_ADDRESS_LIST_CHARACTERS:
        most = f"{limits.MAX_ADDRESS_LIST_CHARACTERS:,}"
        part.error(
            key,
            say(
                "addresses_too_long",
                "`{key}` has more than {most} characters. Write domains in place of addresses, or approve by hand.",
                key=key,
                most=most,
            ),
        )
        return ()
    return tuple(dict.fromkeys(entry for entry in written if _ENTRY.fullmatch(entry)))
