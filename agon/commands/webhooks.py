"""`agon webhooks`: what other programs are told of a competition, for organizers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from agon import screen, sign_in, words
from agon.errors import AgonError
from agon.webhooks import NewWebhook
from chalicelib.domain.events.kinds import EventKind

if TYPE_CHECKING:
    from agon import api_types as api

app = screen.group("For organizers: tell other programs, or a chat, what happens in a competition.")
Id = Annotated[str, typer.Argument(metavar="ID", help="The competition's id.")]
WebhookId = Annotated[str, typer.Argument(metavar="WEBHOOK", help="The webhook's id, as listed.")]
DeliveryId = Annotated[str, typer.Argument(metavar="DELIVERY", help="The delivery's id, as in the log.")]
Events = Annotated[
    list[str],
    typer.Option("--event", metavar="KIND", help="A kind of event, or `submission.*`. Any number of times."),
]
Description = Annotated[str | None, typer.Option("--description", metavar="TEXT", help="What it is for.")]
Format = Annotated[str, typer.Option("--format", metavar="FORM", help="standard, slack, mattermost or discord.")]


@app.command("list")
def list_webhooks(competition: Id, form: screen.Format = "table", json: screen.Json = False) -> None:
    """A competition's webhooks, without their secrets."""
    with sign_in.client() as client:
        found = client.webhooks(competition)
    screen.answer({"webhooks": found}, json, lambda: _list(found))


@app.command("add")
def add(
    competition: Id,
    url: Annotated[str, typer.Argument(metavar="URL", help="Where it is sent; begins with https://.")],
    events: Events,
    description: Description = None,
    format: Format = "standard",
    json: screen.Json = False,
) -> None:
    """Make a webhook. Its secret is shown this once; by it the receiver can tell that what comes is ours."""
    wanted: NewWebhook = {"url": url, "events": _kinds(events), "description": description or "", "format": format}
    with sign_in.client() as client:
        made = client.make_webhook(competition, wanted)
    screen.answer(made, json, lambda: _tell_secret(made))


@app.command("change")
def change(
    competition: Id,
    webhook: WebhookId,
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help="Another address.")] = None,
    events: Annotated[list[str] | None, typer.Option("--event", metavar="KIND", help="Other kinds, instead.")] = None,
    description: Description = None,
    active: Annotated[bool | None, typer.Option("--on/--off", help="Switch it on or off.")] = None,
    json: screen.Json = False,
) -> None:
    """Change a webhook, or switch it off or on."""
    said = {"url": url, "events": _kinds(events) if events else None, "description": description, "active": active}
    changes = {name: value for name, value in said.items() if value is not None}
    if not changes:
        raise AgonError("Say what is to change: --url, --event, --description, --on or --off.")
    with sign_in.client() as client:
        changed = client.change_webhook(competition, webhook, **changes)
    screen.answer(changed, json, lambda: _list([changed]))


@app.command("remove")
def remove(competition: Id, webhook: WebhookId, json: screen.Json = False) -> None:
    """Forget a webhook. Nothing more is sent by it."""
    with sign_in.client() as client:
        client.remove_webhook(competition, webhook)
    screen.answer({"id": webhook, "removed": True}, json, lambda: screen.show(f"{webhook} is removed."))


@app.command("rotate")
def rotate(competition: Id, webhook: WebhookId, json: screen.Json = False) -> None:
    """Make another secret. For a day the former one signs too, so that nothing is lost while the receiver changes over."""
    with sign_in.client() as client:
        made = client.rotate_webhook(competition, webhook)
    screen.answer(made, json, lambda: _tell_secret(made))


@app.command("test")
def test(competition: Id, webhook: WebhookId, json: screen.Json = False) -> None:
    """Send a test, and see what comes of it. Exits with 1 when it does not get through."""
    with sign_in.client() as client:
        _tell_try(client.test_webhook(competition, webhook), json)


@app.command("log")
def log(competition: Id, webhook: WebhookId, form: screen.Format = "table", json: screen.Json = False) -> None:
    """What was sent in the last two weeks, and what came of the latest try, newest first."""
    with sign_in.client() as client:
        found = list(client.deliveries(competition, webhook))
    screen.answer({"deliveries": found}, json, lambda: _log(found))


@app.command("replay")
def replay(competition: Id, webhook: WebhookId, delivery: DeliveryId, json: screen.Json = False) -> None:
    """Send a delivery once more, under its id. Exits with 1 when it does not get through."""
    with sign_in.client() as client:
        _tell_try(client.replay(competition, webhook, delivery), json)


def _kinds(named: Sequence[str]) -> list[str]:
    """The kinds of events that are meant; `*` ends what several begin with. Raises AgonError."""
    found = dict[str, None]()
    for name in named:
        meant = [kind.value for kind in EventKind if kind == name or (name.endswith("*") and kind.startswith(name[:-1]))]
        if not meant:
            raise AgonError(f"There are no events called {name}. There are: {', '.join(EventKind)}")
        found |= dict.fromkeys(meant)
    return list(found)


def _tell_secret(made: api.WebhookSecret) -> None:
    screen.say("This secret is shown this once. Give it to the receiver, which checks signatures by it.")
    if made["former_until"]:
        screen.say(f"The former one signs too until {words.deadline(made['former_until'], is_end=True)}.")
    screen.pairs([("Webhook", made["id"]), ("Secret", made["secret"])])


def _tell_try(delivery: api.Delivery, json: bool) -> None:
    is_through = delivery["status"] == "delivered"
    told = f"It got through: {delivery['code']}." if is_through else f"It did not get through. {delivery['error']}"
    screen.answer(delivery, json, lambda: screen.show(told))
    if not is_through:
        raise typer.Exit(1)


def _list(found: Sequence[api.Webhook]) -> None:
    if not found:
        screen.say("There are no webhooks here. Make one: agon webhooks add ID https://… --event 'submission.*'")
        return
    rows = [
        (one["id"], one["target"], one["format"], _state(one), ", ".join(one["events"]), one["description"]) for one in found
    ]
    screen.table("", ["Id", "Target", "Format", "State", "Events", "Description"], rows)


def _state(webhook: api.Webhook) -> str:
    if not webhook["active"]:
        return f"off. {webhook['reason']}".strip()
    return f"fails since {words.time(webhook['failing_since'])}" if webhook["failing_since"] else "on"


def _log(found: Sequence[api.Delivery]) -> None:
    rows = [
        (
            one["id"],
            words.time(one["created_at"]),
            one["event"],
            one["status"],
            one["tries"],
            one["code"],
            one["error"] or one["answer"],
        )
        for one in found
    ]
    screen.table("", ["Id", "When", "Event", "Status", "Tries", "Code", "Answer"], rows, right=["Tries", "Code"])
