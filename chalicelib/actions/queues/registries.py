"""Sign-ins to private registries: stored by organizers and queues' owners, given to runners in a Job, shown to nobody."""

from datetime import datetime

from chalicelib import requests, responses, telemetry
from chalicelib.actions.competitions.permissions import check_organizer
from chalicelib.actions.queues import queues
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import NotFound
from chalicelib.store import table
from chalicelib.store.competitions import competitions
from chalicelib.store.queues import registries
from chalicelib.store.queues.registries import Registry

_NONE = "No sign-in to a registry is stored here."


def of_competition(competition_id: str, account: Account) -> table.Key:
    """Where a competition's sign-in is stored. Raises NotFound, NotAllowed for who does not organize it."""
    key = competitions.key(competition_id)
    check_organizer(table.fetch(key).get(key), account)
    return registries.competition_key(competition_id)


def of_queue(queue_id: str, account: Account) -> table.Key:
    """Where a queue's sign-in is stored. Raises NotFound, NotAllowed for who does not own it."""
    return registries.queue_key(queues.own(queue_id, account).id)


def store(key: table.Key, body: requests.NewRegistry, now: datetime) -> responses.StoredRegistry:
    """Keep a sign-in, in the place of a former one."""
    registry = Registry(*key, server=body.server, username=body.username, password=body.password, created_at=now)
    registry.save()
    telemetry.logger.info("registry stored", pk=key[0], server=body.server)
    return _answer(registry)


def show(key: table.Key) -> responses.StoredRegistry:
    """A sign-in without its password. Raises NotFound."""
    found = registries.find(key)
    if found is None:
        raise NotFound(_NONE)
    return _answer(found)


def remove(key: table.Key) -> responses.Empty:
    """Forget a sign-in."""
    registries.remove(key)
    return responses.Empty()


def _answer(registry: Registry) -> responses.StoredRegistry:
    return responses.StoredRegistry(registry.server, registry.username, registry.created_at)
