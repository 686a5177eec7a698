"""`agon queues`: machines of one's own for the work of competitions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from agon import screen, sign_in, words
from agon.commands import account, tokens
from agon.errors import NotConfigured

if TYPE_CHECKING:
    from agon import api_types as api

app = screen.group("Queues: let your own machines score your competitions.")
Id = Annotated[str, typer.Argument(metavar="ID", help="The queue's id, as listed; `default` is the site's own.")]
OfQueue = Annotated[str, typer.Option("--queue", metavar="ID", help="For the jobs of a queue.")]
OfCompetition = Annotated[str, typer.Option("--competition", metavar="ID", help="For those of a competition.")]
Visibility = Annotated[str, typer.Option("--visibility", metavar="WHO", help="private, shared or public.")]
Public = Annotated[bool, typer.Option("--public", help="What everybody may use, in place of your own.")]
Shared = Annotated[bool, typer.Option("--shared", help="What others share with you.")]

#: How a runner of a new queue is started.
_STEPS = """Next, on a machine with Docker:
  agon queues token {id} NAME                  a token for it, shown once
  pip install --require-hashes -r runner.txt   as your site's administrator tells
  export AGON_API={api} AGON_RUNNER_TOKEN=agonr_…
  agon-runner check && agon-runner run
Competitions use it by the line `queue: {id}`."""


@app.command("create")
def create(
    name: Annotated[str, typer.Argument(metavar="NAME", help="For people, such as “Two A100 of the lab”.")],
    description: Annotated[str, typer.Option("--description", metavar="TEXT", help="What runs there.")] = "",
    visibility: Visibility = "private",
    sealed: Annotated[
        bool, typer.Option("--sealed", help="Outputs and logs stay on the runners; only scores leave.")
    ] = False,
    json: screen.Json = False,
) -> None:
    """Make a queue for runners of your own."""
    with sign_in.client() as client:
        made = client.create_queue(name, description=description, visibility=visibility, sealed=sealed)
        steps = _STEPS.format(id=made["id"], api=client.http.api)
    screen.answer(made, json, lambda: screen.show(f"{made['id']} is made. {steps}"))


@app.command("list")
def list_queues(
    public: Public = False, shared: Shared = False, form: screen.Format = "table", json: screen.Json = False
) -> None:
    """Your queues, newest first."""
    with sign_in.client() as client:
        found = list(client.queues("public" if public else "shared" if shared else "mine"))
    screen.answer({"queues": found}, json, lambda: _list(found))


@app.command("show")
def show(queue: Id, json: screen.Json = False) -> None:
    """What waits on a queue, and which runners serve it."""
    with sign_in.client() as client:
        found = client.queue(queue)
    screen.answer(found, json, lambda: _show(found))


@app.command("share")
def share(
    queue: Id,
    visibility: Visibility,
    accounts: Annotated[
        list[str] | None, typer.Option("--with", metavar="ACCOUNT", help="Its id, as `agon whoami --json` says.")
    ] = None,
    json: screen.Json = False,
) -> None:
    """Say whose competitions may use a queue."""
    changes = {"visibility": visibility, **({"shared_with": accounts} if accounts else {})}
    with sign_in.client() as client:
        found = client.change_queue(queue, changes)
    screen.answer(found, json, lambda: screen.show(f"{found['name']} is {found['visibility']}."))


@app.command("change")
def change(
    queue: Id,
    registries: Annotated[
        list[str] | None, typer.Option("--registry", metavar="HOST", help="Where images may come from; again for each.")
    ] = None,
    max_time_limit: Annotated[
        int | None, typer.Option("--max-time-limit", metavar="SECONDS", help="What a step of a run may take at most.")
    ] = None,
    json: screen.Json = False,
) -> None:
    """Say what the jobs of a queue may have: images of which registries, and how much time."""
    said = {"registries": registries or None, "max_time_limit_seconds": max_time_limit}
    changes = {name: value for name, value in said.items() if value is not None}
    if not changes:
        raise NotConfigured("Say --registry or --max-time-limit.")
    with sign_in.client() as client:
        found = client.change_queue(queue, changes)
    screen.answer(found, json, lambda: screen.show(_terms(found)))


@app.command("delete")
def delete(queue: Id, json: screen.Json = False) -> None:
    """Remove a queue that no competition uses."""
    with sign_in.client() as client:
        client.remove_queue(queue)
    screen.answer({"removed": queue}, json, lambda: screen.show(f"{queue} is removed."))


@app.command("token")
def token(queue: Id, name: tokens.Name, days: tokens.Days = 365, json: screen.Json = False) -> None:
    """Make a token for a runner of a queue. It is shown this once: put it into the runner's AGON_RUNNER_TOKEN."""
    with sign_in.client() as client:
        tokens.show_once(client.create_runner_token(queue, name, days), json)


@app.command("tokens")
def list_tokens(queue: Id, form: screen.Format = "table", json: screen.Json = False) -> None:
    """The runner tokens of a queue. Revoke one of a machine that you do not have any more."""
    with sign_in.client() as client:
        found = client.runner_tokens(queue)
    rows = [(one["id"], one["name"], words.time(one["created_at"]), words.deadline(one["expires_at"])) for one in found]
    screen.answer({"tokens": found}, json, lambda: screen.table("", ["Id", "Name", "Created", "Expires"], rows))


@app.command("revoke")
def revoke(
    queue: Id,
    token_id: Annotated[str, typer.Argument(metavar="TOKEN", help="The token's id, as listed.")],
    json: screen.Json = False,
) -> None:
    """Make a runner token useless, at once."""
    with sign_in.client() as client:
        client.revoke_runner_token(queue, token_id)
    screen.answer({"id": token_id, "revoked": True}, json, lambda: screen.show(f"{token_id} is revoked."))


@app.command("show-registry")
def show_registry(
    queue: OfQueue = "",
    competition: OfCompetition = "",
    forget: Annotated[bool, typer.Option("--forget", help="Forget it: runners sign in nowhere for these jobs.")] = False,
    json: screen.Json = False,
) -> None:
    """Which sign-in to a private registry a queue or a competition has, without its password."""
    _check_one(queue, competition)
    with sign_in.client() as client:
        found = client.queue_registry(queue) if queue else client.competition_registry(competition)
        if forget and queue:
            client.forget_queue_registry(queue)
        elif forget:
            client.forget_competition_registry(competition)
    said = "Runners pulled" if forget else "Runners pull"
    end = " until now." if forget else "."
    screen.answer(found, json, lambda: screen.show(f"{said} from {found['server']} as {found['username']}{end}"))


@app.command("registry")
def registry(
    server: Annotated[str, typer.Argument(metavar="SERVER", help="Its host, such as registry.lab.example.")],
    username: Annotated[str, typer.Option("--user", "-u", metavar="NAME", help="Who signs in.", prompt="User name")],
    queue: OfQueue = "",
    competition: OfCompetition = "",
    password_stdin: Annotated[bool, typer.Option("--password-stdin", help="Read the password from standard input.")] = False,
    json: screen.Json = False,
) -> None:
    """Store the sign-in to a private registry that runners pull images with. Nobody is shown the password again."""
    _check_one(queue, competition)
    password = account.secret("Password", password_stdin)
    with sign_in.client() as client:
        if queue:
            stored = client.store_queue_registry(queue, server, username, password)
        else:
            stored = client.store_competition_registry(competition, server, username, password)
    said = f"Runners pull from {stored['server']} as {stored['username']} from now on."
    screen.answer(stored, json, lambda: screen.show(said))


def _check_one(queue: str, competition: str) -> None:
    if bool(queue) == bool(competition):
        raise NotConfigured("Say either --queue or --competition.")


def _list(found: list[api.Queue]) -> None:
    if not found:
        screen.say(
            "There is no queue of yours. The site's own is `default`; for machines of your own: agon queues create NAME"
        )
        return
    rows = [(one["id"], one["name"], one["owner"], one["visibility"], _sealed(one), one["uses"]) for one in found]
    screen.table("", ["Id", "Name", "By", "For", "Sealed", "Competitions"], rows, right=["Competitions"])


def _show(found: api.QueueInFull) -> None:
    queue = found["queue"]
    screen.show(queue["name"], style="bold")
    facts = [queue["id"], queue["visibility"], f"by {queue['owner']}", _sealed(queue)]
    screen.show(" · ".join(filter(None, facts)), style="dim")
    if queue["description"]:
        screen.show(queue["description"])
    screen.show(_terms(queue))
    oldest = f", the oldest for {words.since(found['oldest_at'])}" if found["oldest_at"] else ""
    screen.show(f"{found['depth']} waiting{oldest} · {words.runners(found['runners_alive'])}")
    if found["waiting"]:
        rows = [(one["competition"], one["submissions"]) for one in found["waiting"]]
        screen.table("", ["Competition", "Waiting"], rows, right=["Waiting"])
    if found["runners"]:
        columns = ["Runner", "State", "Last heartbeat", "Version", "Slots", "A slot has", "Running"]
        screen.table("", columns, [_runner(one) for one in found["runners"]], right=["Slots"])
    for one in found["runners"]:
        if one["advice"]:
            screen.show(f"{one['name']}: {one['advice']}", style="yellow")


def _runner(one: api.Runner) -> tuple[Any, ...]:
    seen = f"{words.since(one['last_seen_at'])} ago"
    return one["name"], _state(one), seen, one["version"], one["slots"], _has(one), ", ".join(one["jobs"]) or "–"


def _state(one: api.Runner) -> str:
    """Who was refused has no heartbeat to tell of: that it is out of date says all."""
    if one["advice"]:
        return "alive, out of date" if one["alive"] else "out of date"
    return "alive" if one["alive"] else "gone"


def _has(runner: api.Runner) -> str:
    has = runner["capabilities"]
    gpus = f"{has['gpus']} × {runner['gpus'][0]}" if has["gpus"] and runner["gpus"] else f"{has['gpus']} GPU"
    parts = [f"{has['cpus']:g} CPU", words.size(has["memory_bytes"]), gpus if has["gpus"] else "", *has["labels"]]
    return ", ".join(filter(None, parts))


def _terms(queue: api.Queue) -> str:
    return f"Images from {', '.join(queue['registries'])} · a step may take {queue['max_time_limit_seconds']:,} s"


def _sealed(queue: api.Queue) -> str:
    return "sealed" if queue["sealed"] else ""
