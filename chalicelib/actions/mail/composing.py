"""Composition: what SES is given for a letter to one reader, with the way to switch its kind off."""

from urllib.parse import urlencode

from chalicelib import ids, settings
from chalicelib.aws import accounts, secrets
from chalicelib.aws.mail import Message
from chalicelib.domain.mail import rendering, unsubscribing
from chalicelib.domain.mail.kinds import is_wanted
from chalicelib.domain.mail.letters import Letter
from chalicelib.domain.mail.sentences import Language, Speech
from chalicelib.store.mail import readers
from chalicelib.store.mail.readers import MailPreferences, Suppression

#: Below the stack's own path, as registries' passwords are (ADR 26).
_KEY = "mail/unsubscribing"
#: By the stack's path.
_held: dict[str, str] = {}
#: Why somebody is not mailed.
OFF = "Its reader has switched this kind off."
SUPPRESSED = "The address takes no mail any more."
NOBODY = "There is no such account, or it has no address."


def digest(address: str) -> str:
    """The sha256 that stands in the table in place of an address."""
    return ids.digest(address.strip().lower())


def address_of(username: str) -> str:
    """An account's address, by one call; empty when there is no such account."""
    profile = accounts.find(username)
    return profile.email if profile else ""


def obstacle(kind: str, preferences: MailPreferences | None, suppression: Suppression | None) -> str:
    """The reason why a reader gets no mail of a kind; empty when they do."""
    if suppression is not None:
        return SUPPRESSED
    return "" if is_wanted(kind, *readers.choices(preferences)) else OFF


def message(letter: Letter, reader: str, address: str, language: Language) -> Message:
    """A letter to one reader in their language, as SES takes it."""
    say, wording = Speech(language), letter.wording(language)
    link = f"{settings.get().api_url}/v1/unsubscribe?{urlencode({'token': token_for(reader, letter.kind)})}"
    text = f"{rendering.closed(wording.text)}\n\n---\n\n{say(f'kind.{letter.kind}')} {say('off', link=link)}\n"
    return Message(
        to=address,
        subject=wording.subject,
        text=rendering.text(text, settings.get().console_url),
        html=rendering.html(text, wording.subject, settings.get().console_url, language),
        reply_to=letter.reply_to,
        unsubscribe=link,
    )


def token_for(reader: str, kind: str) -> str:
    """The token by which a reader switches a kind off without signing in."""
    return unsubscribing.token(key(), reader, kind)


def key() -> str:
    """The site's own key for such tokens, made with its first mail. A call, once a process."""
    path = settings.get().secrets_path
    return known_key() or _held.setdefault(path, secrets.make(_KEY, ids.secret()))


def known_key() -> str | None:
    """The key, for who answers strangers and makes none; None on a site that has sent no mail."""
    path = settings.get().secrets_path
    if path not in _held and (kept := secrets.get(_KEY)) is not None:
        _held[path] = kept
    return _held.get(path)
