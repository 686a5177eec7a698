"""`agon tokens` for oneself, and `agon runner-token` for administrators."""

from typing import Annotated, Any

import typer

from agon import screen, sign_in

app = screen.group("Personal access tokens: sign-ins for scripts.")
runner_app = screen.group("Runner tokens, for administrators: what a runner presents to poll a queue.")

Name = Annotated[str, typer.Argument(help="What it is for, for example laptop.")]
Days = Annotated[int, typer.Option("--days", help="How many days it is good for.", min=1)]


@app.command("list")
def list_tokens(json: screen.Json = False) -> None:
    """Your tokens, without their secrets."""
    with sign_in.client() as client:
        tokens = client.tokens()
    rows = [(token["id"], token["name"], token["created_at"], token["expires_at"]) for token in tokens]
    screen.answer({"tokens": tokens}, json, lambda: screen.table("", ["Id", "Name", "Created", "Expires"], rows))


@app.command("create")
def create(name: Name, days: Days = 90, json: screen.Json = False) -> None:
    """A new token. It is shown this once."""
    with sign_in.client() as client:
        _show_once(client.create_token(name, days), json)


@app.command("revoke")
def revoke(token_id: Annotated[str, typer.Argument(metavar="ID")], json: screen.Json = False) -> None:
    """Make a token useless."""
    with sign_in.client() as client:
        client.revoke_token(token_id)
    screen.answer({"id": token_id, "revoked": True}, json, lambda: screen.show(f"{token_id} is revoked."))


@runner_app.command("create")
def create_for_runner(
    name: Name,
    queue: Annotated[str, typer.Option(help="The queue that the runner serves.")] = "default",
    days: Days = 365,
    json: screen.Json = False,
) -> None:
    """A token for a runner. It is shown this once."""
    with sign_in.client() as client:
        _show_once(client.create_runner_token(queue, name, days), json)


def _show_once(token: dict[str, Any], as_json: bool) -> None:
    def show() -> None:
        screen.say(f"Keep it now: it is not shown again. Good until {token['expires_at']}.")
        screen.show(token["token"])

    screen.answer(token, as_json, show)
