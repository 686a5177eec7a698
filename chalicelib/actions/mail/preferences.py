"""Preferences: which kinds of mail somebody gets, said when signed in or by one click in a mail."""

from collections.abc import Set
from html import escape

from chalicelib import requests, responses, settings
from chalicelib.actions.mail import composing
from chalicelib.domain.mail import kinds, unsubscribing
from chalicelib.domain.mail.sentences import Language
from chalicelib.domain.people.accounts import Account
from chalicelib.store import table
from chalicelib.store.mail import readers
from chalicelib.store.mail.readers import MailPreferences

_PAGE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} - Agon</title>
<meta name="viewport" content="width=device-width"></head>
<body style="font-family: sans-serif; max-width: 40em; margin: 3em auto; padding: 0 1em">
<h1>{title}</h1><p>{words}</p>{form}</body></html>
"""


def show(account: Account) -> responses.MailPreferences:
    """Tell what an account is mailed: one call."""
    (found,) = table.read(MailPreferences.at(account.id))
    return _answer(*readers.choices(found), readers.language(found))


def choose(body: requests.ChooseMail, account: Account) -> responses.MailPreferences:
    """Switch kinds on and off, and choose the language; what is not named stays: two calls. Raises Invalid, Conflict."""
    (found,) = table.read(MailPreferences.at(account.id))
    on, off = kinds.switched(body.kinds or {}, *readers.choices(found))
    language = body.language or readers.language(found)
    readers.choose(account.id, found, on, off, body.language)
    return _answer(on, off, language)


def page(token: str) -> str:
    """A page that tells what a mail's link switches off. That waits for a button: programs follow links by themselves.

    Raises Invalid.
    """
    _, kind = unsubscribing.read(composing.known_key(), token)
    return _PAGE.format(
        title="Send me no more of this?",
        words=escape(kinds.KINDS[kind].about),
        form='<form method="post"><button type="submit">Send me no more of this</button></form>',
    )


def unsubscribe(token: str) -> str:
    """Switch off what a mail's link names, for its reader: one call. Raises Invalid."""
    reader, kind = unsubscribing.read(composing.known_key(), token)
    readers.switch_off(reader, kind)
    words = (
        f"{kinds.KINDS[kind].about} You are mailed no more of this. To switch it on again: agon mail preferences --on {kind}"
    )
    return _PAGE.format(title="Done", words=escape(words), form="")


def _answer(on: Set[str], off: Set[str], language: Language) -> responses.MailPreferences:
    told = [responses.MailKind(one.name, one.about, kinds.is_wanted(one.name, on, off)) for one in kinds.ALL]
    return responses.MailPreferences(told, bool(settings.get().mail_from), language)
