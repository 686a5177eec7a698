"""Sign-ins to private registries: stored by organizers and queues' owners, given to runners in a Job, shown to nobody."""

from datetime import datetime

from chalicelib import requests, responses, telemetry
from chalicelib.actions.competitions.permissions import check_organizer
from chalicelib.actions.queues import queues
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import NotFound
from chalicelib.store import table, writes
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.queues import registries
from chalicelib.store.queues.registries import Registry
from chalicelib.store.table import Place

_NONE = "No sign-in to a registry is stored here."


def of_competition(competition_id: str, account: Account) -> Place[Registry]:
    """Where a competition's sign-in is stored. Raises NotFound, NotAllowed for who does not organize it."""
    (competition,) = table.read(Competition.at(competition_id))
    check_organizer(competition, account)
    return Registry.of_competition(competition_id)


def of_queue(queue_id: str, account: Account) -> Place[Registry]:
    """Where a queue's sign-in is stored. Raises NotFound, NotAllowed for who does not own it."""
    return Registry.of_queue(queues.own(queue_id, account).id)


def store(place: Place[Registry], body: requests.NewRegistry, now: datetime) -> responses.StoredRegistry:
    """Keep a sign-in, in the place of a former one."""
    registry = Registry(*place, server=body.server, username=body.username, password=body.password, created_at=now)
    writes.put(registry)
    telemetry.logger.info("registry stored", pk=place[0], server=body.server)
    return _answer(registry)


def show(place: Place[Registry]) -> responses.StoredRegistry:
    """A sign-in without its password. Raises NotFound."""
    found = registries.find(place)
    if found is None:
        raise NotFound(_NONE)
    return _answer(found)


def remove(place: Place[Registry]) -> responses.Empty:
    """Forget a sign-in."""
    registries.remove(place)
    return responses.Empty()


def _answer(registry: Registry) -> responses.StoredRegistry:
    return responses.StoredRegistry(registry.server, registry.username, registry.created_at)
