"""`agon tokens` for oneself, and `agon runners` for machines of the site's own queue."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from agon import screen, sign_in, words

if TYPE_CHECKING:
    from agon import api_types as api

app = screen.group("Your personal access tokens: sign-ins for scripts.")
runners_app = screen.group("Let a machine with Docker score submissions.")

Name = Annotated[str, typer.Argument(metavar="NAME", help="What it is for, for example laptop.")]
Days = Annotated[int, typer.Option("--days", help="How many days it is good for.", min=1, max=366)]


@app.command("list")
def list_tokens(form: screen.Format = "table", json: screen.Json = False) -> None:
    """Your tokens, with when and from where each was used last. Revoke one that you do not know."""
    with sign_in.client() as client:
        tokens = client.tokens()
    rows = [
        (item["id"], item["name"], words.time(item["created_at"]), words.deadline(item["expires_at"]), _use(item))
        for item in tokens
    ]
    screen.answer(
        {"tokens": tokens}, json, lambda: screen.table("", ["Id", "Name", "Created", "Expires", "Last used"], rows)
    )


@app.command("create")
def create(name: Name, days: Days = 90, json: screen.Json = False) -> None:
    """Make a token. It is shown this once: put it into AGON_TOKEN."""
    with sign_in.client() as client:
        show_once(client.create_token(name, days), json)


@app.command("revoke")
def revoke(
    token_id: Annotated[str, typer.Argument(metavar="ID", help="The token's id, as listed.")], json: screen.Json = False
) -> None:
    """Make a token useless, at once."""
    with sign_in.client() as client:
        client.revoke_token(token_id)
    screen.answer({"id": token_id, "revoked": True}, json, lambda: screen.show(f"{token_id} is revoked."))


@runners_app.callback()
def runners() -> None:
    """Keeps `token` a command of its own, although there is only this one."""


@runners_app.command("token")
def create_for_runner(
    name: Name,
    queue: Annotated[str, typer.Option(help="The queue that the runner serves.")] = "default",
    days: Days = 365,
    json: screen.Json = False,
) -> None:
    """Make a token for a runner. It is shown this once: put it into the runner's AGON_RUNNER_TOKEN."""
    with sign_in.client() as client:
        show_once(client.create_runner_token(queue, name, days), json)


def _use(token: api.OwnToken) -> str:
    return f"{words.time(token['last_used_at'])} from {token['last_used_from']}" if token["last_used_at"] else "never"


def show_once(token: api.NewToken, as_json: bool) -> None:
    """Print a token that was just made, with until when it is good."""

    def show() -> None:
        screen.say(f"Keep it now, for it is not shown again. It is good until {words.deadline(token['expires_at'])}.")
        screen.show(token["token"])

    screen.answer(token, as_json, show)
