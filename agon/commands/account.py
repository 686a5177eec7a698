"""`agon login`, `agon logout` and `agon whoami`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from agon import config, credentials, screen, sign_in
from agon.client import Client
from agon.credentials import SignIn
from agon.errors import NotConfigured, ProblemError

if TYPE_CHECKING:
    pass

Api = Annotated[str | None, typer.Option(metavar="URL", help="The site's address, ending in /api.", show_default=False)]
Username = Annotated[str | None, typer.Option("--username", "-u", help="Your name. Without it, you are asked.")]
PasswordFromInput = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]
Token = Annotated[bool, typer.Option("--token", help="Use a personal access token: pasted when asked, or piped in.")]
SignUp = Annotated[bool, typer.Option("--sign-up", help="Make a new account. A code comes by mail.")]
EMail = Annotated[str | None, typer.Option(help="With --sign-up: where the code goes. Without it, you are asked.")]
Code = Annotated[str | None, typer.Option(help="Confirm a new account with the code of the mail, then sign in.")]


def login(
    api: Api = None,
    username: Username = None,
    password_stdin: PasswordFromInput = False,
    token: Token = False,
    sign_up: SignUp = False,
    email: EMail = None,
    code: Code = None,
    json: screen.Json = False,
) -> None:
    """Sign in, and stay signed in on this machine.

    New here? First [bold]agon login --sign-up[/], then [bold]agon login --code[/] with the code of the mail.
    """
    if sum((token, sign_up, code is not None)) > 1:
        raise typer.BadParameter("--token, --sign-up and --code exclude each other.")
    settings = config.read()
    address = sign_in.api_address(settings, api)
    with Client(address) as client:
        if token:
            session = _with_token(client)
        else:
            name = username or _ask("Username")
            if sign_up:
                return _sign_up(client, name, email or _ask("E-mail"), password_stdin, json)
            if code:
                client.confirm(name, code)
            session = client.sign_in(name, secret("Password", password_stdin))
        me = client.me()
    credentials.keep(settings.credentials_file, address, session)
    screen.answer(me | {"api": address}, json, lambda: screen.show(f"Signed in to {address} as {me['username']}."))


def logout(json: screen.Json = False) -> None:
    """Sign out, here and on the site."""
    settings = config.read()
    address = sign_in.api_address(settings)
    session = credentials.find(settings.credentials_file, address)
    # Forgotten first: also when the site does not answer, nobody is signed in on this machine any more.
    was_there = credentials.forget(settings.credentials_file, address)
    if session and session.refresh_token:
        try:
            with Client(address, session) as client:
                client.sign_out()
        except ProblemError as problem:
            if problem.status != 401:
                raise
    sentence = f"Signed out of {address}." if was_there else f"Nobody was signed in to {address}."
    screen.answer({"api": address, "signed_out": was_there}, json, lambda: screen.show(sentence))


def whoami(json: screen.Json = False) -> None:
    """Tell who is signed in, and where."""
    with sign_in.client() as client:
        me = client.me() | {"api": client.http.api}
    means = "with a personal access token" if me["signed_in_with"] == "token" else "with a password"
    role = ", an administrator" if me["is_admin"] else ""
    screen.answer(me, json, lambda: screen.show(f"{me['username']}{role}, signed in to {me['api']} {means}."))


def _sign_up(client: Client, username: str, email: str, password_stdin: bool, as_json: bool) -> None:
    password = secret("Password (10 characters or more)", password_stdin)
    if not password_stdin and password != secret("The same again", False):
        raise NotConfigured("The two passwords differ. Nothing was sent.")
    account = client.sign_up(username, email, password)
    sentence = f"A code went to {email}. Finish with: agon login --username {username} --code CODE"
    screen.answer(account, as_json, lambda: screen.show(sentence))


def _with_token(client: Client) -> SignIn:
    token = secret("Personal access token", not sys.stdin.isatty())
    client.use_token(token)
    return SignIn(username=client.me()["username"], access_token=token)


def _ask(question: str) -> str:
    return str(typer.prompt(question, err=True))


def secret(question: str, from_input: bool) -> str:
    """Never from the command line itself, which everybody on the machine can read."""
    value = sys.stdin.readline().rstrip("\r\n") if from_input else str(typer.prompt(question, hide_input=True, err=True))
    if not value:
        raise NotConfigured("What was read from standard input is empty." if from_input else "Nothing was typed.")
    return value
