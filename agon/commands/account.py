"""`agon login` and `agon logout`, and `agon sign-up` for a new account."""

import sys
from typing import Annotated

import typer

from agon import config, credentials, screen, sign_in
from agon.client import Client
from agon.credentials import Session
from agon.errors import NotConfigured, ProblemError

Api = Annotated[str | None, typer.Option(help="The site's address, ending in /api. Else AGON_API, or the latest one.")]
Username = Annotated[str | None, typer.Option(help="Else you are asked.")]
PasswordFromInput = Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")]


def login(
    api: Api = None,
    username: Username = None,
    password_stdin: PasswordFromInput = False,
    token: Annotated[bool, typer.Option("--token", help="Sign in with a personal access token instead.")] = False,
    json: screen.Json = False,
) -> None:
    """Sign in, and stay signed in on this machine."""
    settings = config.read()
    address = api.rstrip("/") if api else sign_in.api_address(settings)
    with Client(address) as client:
        if token:
            session = _with_token(client)
        else:
            name = username or _ask("Username")
            session = client.sign_in(name, _secret("Password", password_stdin))
        credentials.keep(settings.credentials_file, address, session)
        me = client.me()
    screen.answer(me | {"api": address}, json, lambda: screen.show(f"Signed in to {address} as {me['username']}."))


def logout(json: screen.Json = False) -> None:
    """Sign out here and on the site."""
    settings = config.read()
    address = sign_in.api_address(settings)
    session = credentials.find(settings.credentials_file, address)
    if session and session.refresh_token:
        try:
            with Client(address, session) as client:
                client.sign_out()
        except ProblemError as problem:
            if problem.status != 401:
                raise
    was_there = credentials.forget(settings.credentials_file, address)
    sentence = f"Signed out of {address}." if was_there else "Nobody was signed in."
    screen.answer({"api": address, "signed_out": was_there}, json, lambda: screen.show(sentence))


def sign_up(
    username: Annotated[str, typer.Argument(help="The name that others see.")],
    email: Annotated[str, typer.Argument(help="Where the code goes.")],
    api: Api = None,
    password_stdin: PasswordFromInput = False,
    json: screen.Json = False,
) -> None:
    """Make an account. A code comes by mail: `agon confirm USERNAME CODE`."""
    address = api.rstrip("/") if api else sign_in.api_address(config.read())
    with Client(address) as client:
        account = client.sign_up(username, email, _secret("Password", password_stdin))
    sentence = f"A code went to {email}. Then: agon confirm {username} CODE"
    screen.answer(account, json, lambda: screen.show(sentence))


def confirm(
    username: Annotated[str, typer.Argument(help="Your name.")],
    code: Annotated[str, typer.Argument(help="The code that came by mail.")],
    api: Api = None,
    json: screen.Json = False,
) -> None:
    """Confirm a new account."""
    address = api.rstrip("/") if api else sign_in.api_address(config.read())
    with Client(address) as client:
        account = client.confirm(username, code)
    screen.answer(account, json, lambda: screen.show("Confirmed. Sign in with `agon login`."))


def _with_token(client: Client) -> Session:
    token = _secret("Personal access token", not sys.stdin.isatty())
    client.use_token(token)
    return Session(username=client.me()["username"], access_token=token)


def _ask(question: str) -> str:
    return str(typer.prompt(question, err=True))


def _secret(question: str, from_input: bool) -> str:
    """Never from the command line itself, which everybody on the machine can read."""
    value = sys.stdin.readline().rstrip("\r\n") if from_input else str(typer.prompt(question, hide_input=True, err=True))
    if not value:
        raise NotConfigured(f"The {question.lower()} is empty.")
    return value
