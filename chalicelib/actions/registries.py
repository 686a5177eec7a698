"""Sign-ins to private registries: stored by organizers and queues' owners, given to runners in a Job, shown to nobody."""

from datetime import datetime

from chalicelib import answers, bodies, telemetry
from chalicelib.actions import queues
from chalicelib.actions.competitions import check_organizer
from chalicelib.domain.accounts import Account
from chalicelib.errors import NotFound
from chalicelib.store import competitions, registries, table
from chalicelib.store.registries import Registry

_NONE = "No sign-in to a registry is stored here."


def of_competition(competition_id: str, account: Account) -> table.Key:
    """Where a competition's sign-in is stored. Raises NotFound, NotAllowed for who does not organize it."""
    key = competitions.key(competition_id)
    check_organizer(table.fetch(key).get(key), account)
    return registries.competition_key(competition_id)


def of_queue(queue_id: str, account: Account) -> table.Key:
    """Where a queue's sign-in is stored. Raises NotFound, NotAllowed for who does not own it."""
    return registries.queue_key(queues.own(queue_id, account).id)


def store(key: table.Key, body: bodies.NewRegistry, now: datetime) -> answers.StoredRegistry:
    """Keep a sign-in, in the place of a former one."""
    registry = Registry(*key, server=body.server, username=body.username, password=body.password, created_at=now)
    registry.save()
    telemetry.logger.info("registry stored", pk=key[0], server=body.server)
    return _answer(registry)


def show(key: table.Key) -> answers.StoredRegistry:
    """A sign-in without its password. Raises NotFound."""
    found = registries.find(key)
    if found is None:
        raise NotFound(_NONE)
    return _answer(found)


def remove(key: table.Key) -> answers.Empty:
    """Forget a sign-in."""
    registries.remove(key)
    return answers.Empty()


def _answer(registry: Registry) -> answers.StoredRegistry:
    return answers.StoredRegistry(registry.server, registry.username, registry.created_at)
