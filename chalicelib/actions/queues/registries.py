"""Sign-ins to private registries: stored by organizers and queues' owners, given to runners in a Job, shown to nobody."""

import json
from datetime import datetime

from chalicelib import requests, responses, telemetry
from chalicelib.actions.competitions.permissions import check_organizer
from chalicelib.actions.events import acts
from chalicelib.actions.queues import queues
from chalicelib.aws import secrets
from chalicelib.contract import Registry as Login
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import NotFound, say
from chalicelib.store import audit, table, writes
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.queues import registries
from chalicelib.store.queues.registries import Registry
from chalicelib.store.table import Place
from chalicelib.store.writes import Composer

_NONE = say("no_registry", "No sign-in to a registry is stored here.")


def of_competition(competition_id: str, account: Account) -> Place[Registry]:
    """The place of a competition's sign-in. Raises NotFound, NotAllowed for who does not organize it."""
    (competition,) = table.read(Competition.at(competition_id))
    check_organizer(competition, account)
    return Registry.of_competition(competition_id)


def of_queue(queue_id: str, account: Account) -> Place[Registry]:
    """The place of a queue's sign-in. Raises NotFound, NotAllowed for who does not own it."""
    return Registry.of_queue(queues.own(queue_id, account).id)


def store_for_competition(
    competition_id: str, body: requests.NewRegistry, account: Account, now: datetime
) -> responses.StoredRegistry:
    """Keep a competition's sign-in, which stands in its log without names and passwords. Raises NotFound, NotAllowed."""
    place = of_competition(competition_id, account)
    entry = acts.made(competition_id, "registry_stored", account, now, after={"server": body.server})
    return store(place, body, now, audit.along(entry))


def remove_from_competition(competition_id: str, account: Account, now: datetime) -> responses.Empty:
    """Forget a competition's sign-in. Raises NotFound, NotAllowed."""
    place = of_competition(competition_id, account)
    return remove(place, audit.along(acts.made(competition_id, "registry_removed", account, now)))


def store_for_queue(queue_id: str, body: requests.NewRegistry, account: Account, now: datetime) -> responses.StoredRegistry:
    """Keep a queue's sign-in, which stands in its owner's log without names and passwords. Raises NotFound, NotAllowed."""
    queue = queues.own(queue_id, account)
    told = {**queues.thing(queue), "server": body.server}
    entry = acts.along_of_owner(queue.owner, "registry_stored", account, now, after=told)
    return store(Registry.of_queue(queue.id), body, now, entry)


def remove_from_queue(queue_id: str, account: Account, now: datetime) -> responses.Empty:
    """Forget a queue's sign-in. Raises NotFound, NotAllowed."""
    queue = queues.own(queue_id, account)
    entry = acts.along_of_owner(queue.owner, "registry_removed", account, now, before=queues.thing(queue))
    return remove(Registry.of_queue(queue.id), entry)


def store(place: Place[Registry], body: requests.NewRegistry, now: datetime, besides: Composer) -> responses.StoredRegistry:
    """Keep a sign-in, in the place of a former one, with what goes `besides`.

    The secret goes first, and says itself whom it is for.
    """
    secrets.put(registries.secret_name(place[0]), json.dumps(body.model_dump()))
    registry = Registry(*place, server=body.server, username=body.username, created_at=now)
    writes.put_with(registry, besides)
    telemetry.logger.info("registry stored", pk=place[0], server=body.server)
    return _answer(registry)


def show(place: Place[Registry]) -> responses.StoredRegistry:
    """A sign-in without its password. Raises NotFound."""
    found = registries.find(place)
    if found is None:
        raise NotFound(_NONE)
    return _answer(found)


def remove(place: Place[Registry], besides: Composer) -> responses.Empty:
    """Forget a sign-in, with what goes `besides`, the secret first: what is left of it in between opens nothing."""
    secrets.delete(registries.secret_name(place[0]))
    registries.remove(place, besides)
    return responses.Empty()


def for_job(registry: Registry) -> Login | None:
    """The sign-in that a runner uses, by one call; None when it is being removed."""
    if registry.password:  # It is on its way to the secrets (ADR 48).
        return Login(registry.server, registry.username, registry.password)
    kept = secrets.get(registries.secret_name(registry.pk))
    return Login(**json.loads(kept)) if kept else None


def move_password(registry: Registry) -> bool:
    """Put the password that a row of a former build has among the secrets. False when somebody else wrote the row.

    Whoever stores another sign-in puts its secret there first, which this one leaves alone; and a row that went leaves none.
    """
    name = registries.secret_name(registry.pk)
    mine = json.dumps({"server": registry.server, "username": registry.username, "password": registry.password})
    if registry.password:
        secrets.make(name, mine)
    if registries.moved(registry):
        return True
    if registries.find(Place(Registry, registry.pk, registry.sk)) is None and secrets.get(name) == mine:
        secrets.delete(name)
    return False


def _answer(registry: Registry) -> responses.StoredRegistry:
    return responses.StoredRegistry(registry.server, registry.username, registry.created_at)
