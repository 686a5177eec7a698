"""`agon login`, `agon logout` and `agon whoami`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from agon import config, credentials, departures, downloads, screen, sign_in, terminal, words
from agon.client import Client
from agon.commands import deeds
from agon.credentials import SignIn
from agon.errors import AgonError, NotConfigured, ProblemError

if TYPE_CHECKING:
    from agon import api_types as api

app = screen.group("What the site has of you, and how to have it removed.")
_CODE = "Code of your authenticator"
#: What a session is answered with that was ended elsewhere.
SIGNED_OUT = (401, 404)
LACKS_SECOND_STEP = (
    "You are an administrator, but not here: this site wants a code of your authenticator for that. Turn it on"
    " (agon account second-step --on), then sign in again."
)

Api = Annotated[
    str | None, typer.Option(metavar="URL", help="The site's address, of its console or its API.", show_default=False)
]
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
    address = sign_in.named_address(settings, api)
    with Client(address) as client:
        if token:
            session = _with_token(client)
        else:
            name = username or terminal.ask("Username")
            if sign_up:
                return _sign_up(client, _Applicant(name, email, password_stdin), f" --api {address}" if api else "", json)
            if code:
                client.confirm(name, code)
            session = _with_password(client, name, secret("Password", password_stdin))
        me = client.me()
    credentials.keep(settings.credentials_file, address, session)
    screen.answer(me | {"api": address}, json, lambda: screen.show(f"Signed in to {address} as {me['username']}."))


@app.command("resend")
def resend(
    username: Annotated[str, typer.Argument(metavar="NAME", help="The new account's name.")], json: screen.Json = False
) -> None:
    """Have the code that confirms a new account mailed again."""
    with sign_in.client(signed_in=False) as client:
        client.resend_code(username)
    said = f"If {username} waits for a code, it is mailed. Then: agon login -u {username} --code CODE"
    screen.answer({"username": username}, json, lambda: screen.show(said))


@app.command("forgot")
def forgot(
    username: Annotated[str, typer.Argument(metavar="NAME", help="The account's name.")], json: screen.Json = False
) -> None:
    """Have a code mailed for a new password."""
    with sign_in.client(signed_in=False) as client:
        client.forgot_password(username)
    said = f"If there is an account {username}, a code is mailed. Then: agon account reset {username} CODE"
    screen.answer({"username": username}, json, lambda: screen.show(said))


@app.command("reset")
def reset(
    username: Annotated[str, typer.Argument(metavar="NAME", help="The account's name.")],
    code: Annotated[str, typer.Argument(metavar="CODE", help="The code of the mail.")],
    password_stdin: PasswordFromInput = False,
    json: screen.Json = False,
) -> None:
    """Set a new password with the mailed code. Every open session ends; personal tokens stay."""
    password = secret("New password", password_stdin)
    with sign_in.client(signed_in=False) as client:
        client.reset_password(username, code, password)
    screen.answer({"username": username}, json, lambda: screen.show(f"{username} has a new password. Sign in: agon login"))


def logout(
    everywhere: Annotated[bool, typer.Option("--everywhere", help="End every other sign-in of yours, too.")] = False,
    json: screen.Json = False,
) -> None:
    """Sign out, here and on the site. Tokens stay."""
    settings = config.read()
    address = sign_in.api_address(settings)
    session = credentials.find(settings.credentials_file, address)
    # Forgotten first: also when the site does not answer, nobody is signed in on this machine any more.
    was_there = credentials.forget(settings.credentials_file, address)
    if session and session.refresh_token:
        try:
            with Client(address, session) as client:
                client.sign_out(everywhere)
        except ProblemError as problem:
            if problem.status not in SIGNED_OUT:
                raise
    sentence = f"Signed out of {address}." if was_there else f"Nobody was signed in to {address}."
    screen.answer({"api": address, "signed_out": was_there}, json, lambda: screen.show(sentence))


def whoami(json: screen.Json = False) -> None:
    """Tell who is signed in, and where."""
    with sign_in.client() as client:
        me = client.me() | {"api": client.http.api}
    means = "with a personal access token" if me["signed_in_with"] == "token" else "with a password"
    role = ", an administrator" if me["is_admin"] else ""
    said = f"{me['username']}{role}, signed in to {me['api']} {means}."
    # A former site does not tell.
    if me.get("lacks_second_step"):
        said += f"\n{LACKS_SECOND_STEP}"
    screen.answer(me, json, lambda: screen.show(said))


def calendar(
    close: Annotated[bool, typer.Option("--close", help="Take the address back.")] = False, json: screen.Json = False
) -> None:
    """A private address of your deadlines, for your calendar program. Each one takes the place of the one before."""
    with sign_in.client() as client:
        if close:
            client.close_calendar()
        url = None if close else client.open_calendar()
    screen.answer({"url": url}, json, lambda: screen.show(url or "Your calendar is at no address any more."))


@app.command("export")
def export(
    folder: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Made if missing.")] = Path(),
    again: Annotated[bool, typer.Option("--again", help="Fetch what was packed within the last day.")] = False,
    json: screen.Json = False,
) -> None:
    """Fetch what the site knows of you and has by you, as JSON in a zip. Packed once an hour at most."""
    with sign_in.client() as client, screen.waiting("Your data is packed") as changed:
        packed = client.exported_account() if again else client.export_account(on_change=lambda it: changed(it["status"]))
    if packed["status"] != "Finished":
        raise AgonError(packed["reason"] or "Your data is still being packed. Look again later, with --again.")
    folder.mkdir(parents=True, exist_ok=True)
    files = [folder / f"account-{number:03d}.zip" for number in range(1, len(packed["zips"]) + 1)]
    with sign_in.client() as client:
        for at, file in enumerate(files):
            with screen.download_bar(file.name) as progress:
                downloads.fetch(partial(_address, client, at), file, progress)
    sizes = [words.size(one["size_bytes"]) for one in packed["zips"]]
    lines = "\n".join(f"{file} has {size}." for file, size in zip(files, sizes, strict=True))
    screen.answer({**packed, "files": [str(file) for file in files]}, json, lambda: screen.show(lines))


@app.command("remove")
def remove(
    preview: Annotated[bool, typer.Option("--preview", help="Tell what it would do, and do nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not tell what stays and goes first.")] = False,
    password_stdin: PasswordFromInput = False,
    json: screen.Json = False,
) -> None:
    """Remove your account for good, by your password. Scores stay, under a name that tells nobody."""
    settings = config.read()
    with sign_in.client() as client:
        if preview or not yes:
            told = client.preview_removal()
            if preview:
                return screen.answer(told, json, lambda: screen.show("\n".join(departures.lines(told))))
            for line in departures.lines(told):
                screen.say(line)
        removed = client.remove_own_account(secret("Your password, to remove this account for good", password_stdin))
    credentials.forget(settings.credentials_file, client.http.api)
    said = f"The account {removed['username']} is being removed. Nobody signs in with it any more."
    screen.answer(removed, json, lambda: screen.show(said))


@app.command("second-step")
def second_step(
    off: Annotated[bool, typer.Option("--off", help="Ask for no code any more.")] = False,
    on: Annotated[bool, typer.Option("--on", help="Ask for a code of an authenticator at each sign-in.")] = False,
    json: screen.Json = False,
) -> None:
    """Whether your sign-in asks for a code of an authenticator beside the password; turn that on or off."""
    if on and off:
        raise typer.BadParameter("--on and --off exclude each other.")
    with sign_in.client() as client:
        if on:
            made = client.begin_second_step(secret("Your password", False))
            screen.say(f"Give this to your authenticator, as a key or as an address:\n{made['secret']}\n{made['uri']}")
            client.turn_on_second_step(terminal.ask(_CODE))
        if off:
            client.turn_off_second_step(secret("Your password", False), terminal.ask(_CODE))
        is_on = client.second_step()
    told = "Your sign-in asks for a code of your authenticator." if is_on else "Your sign-in asks for the password alone."
    screen.answer({"on": is_on}, json, lambda: screen.show(told))


@app.command("log")
def log(csv: deeds.Csv = None, form: screen.Format = "table", json: screen.Json = False) -> None:
    """Who did what with your queues, datasets, tasks and organizations, newest first."""
    with sign_in.client() as client:
        deeds.tell(client.own_audit(), csv, json)


def _address(client: Client, at: int) -> str:
    zips: list[api.AccountZip] = client.exported_account()["zips"]
    return zips[at]["url"]


#: The fields of a new account, and what the site calls them where it names no field.
_FIELDS = {"username": "user name", "email": "e-mail", "password": "password"}


@dataclass
class _Applicant:
    """What somebody says who wants an account; what was wrong is asked for anew, and the rest stays."""

    username: str
    email: str | None
    password_stdin: bool
    password: str = ""

    def complete(self) -> None:
        """Ask for what is missing. Raises NotConfigured where nobody can be asked."""
        self.username = self.username or terminal.ask("Username")
        self.email = self.email or terminal.ask("E-mail")
        if self.password:
            return
        self.password = secret("Password (10 characters or more)", self.password_stdin)
        while not self.password_stdin and self.password != secret("The same again", False):
            screen.say("The two passwords differ. Type both again.")
            self.password = secret("Password (10 characters or more)", False)

    def forget_what_was_wrong(self, problem: ProblemError) -> bool:
        """Drop what the site did not take; False where that is nothing that could be typed anew."""
        told = problem.detail.lower()
        places = {str(error.get("place", "")) for error in problem.errors}
        wrong = [name for name, said in _FIELDS.items() if name in places or (not places and said in told)]
        for name in wrong:
            setattr(self, name, "")
        return bool(wrong) and not self.password_stdin and problem.status < 429


def _sign_up(client: Client, applicant: _Applicant, site: str, as_json: bool) -> None:
    """Make an account; what `site` says stands in the commands that come next, since no sign-in tells it yet."""
    while True:
        applicant.complete()
        try:
            account = client.sign_up(applicant.username, applicant.email or "", applicant.password)
            break
        except ProblemError as problem:
            if not applicant.forget_what_was_wrong(problem):
                raise
            screen.explain(problem)
    told = f"A code went to {applicant.email}. Finish with: agon login{site} --username {applicant.username} --code CODE"
    said = f"{told}\nNo mail? Ask for it again: agon{site} account resend {applicant.username}"
    screen.answer(account, as_json, lambda: screen.show(said))


def _with_password(client: Client, name: str, password: str) -> SignIn:
    try:
        return client.sign_in(name, password)
    except ProblemError as problem:
        if problem.code != "second_step":
            raise
    return client.sign_in(name, password, terminal.ask(_CODE))


def _with_token(client: Client) -> SignIn:
    token = secret("Personal access token", not sys.stdin.isatty())
    client.use_token(token)
    return SignIn(username=client.me()["username"], access_token=token)


def secret(question: str, from_input: bool) -> str:
    """Never from the command line itself, which everybody on the machine can read."""
    value = sys.stdin.readline().rstrip("\r\n") if from_input else terminal.ask_secret(question)
    if not value:
        raise NotConfigured("What was read from standard input is empty." if from_input else "Nothing was typed.")
    return value
