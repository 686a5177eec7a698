"""Sign-ins to private registries of Docker images, of a competition or a queue. A password goes in and never out."""

from chalicelib import requests, responses
from chalicelib.actions.queues import registries
from chalicelib.errors import NotAllowed, NotFound
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
_COMPETITION, _QUEUE = "/v1/competitions/{competition}/registry", "/v1/queues/{queue}/registry"


@routes.post(
    _COMPETITION,
    body=requests.NewRegistry,
    access=Access.SIGNED_IN,
    answer=responses.StoredRegistry,
    errors=(NotAllowed, NotFound),
)
def store_for_competition(call: Call[requests.NewRegistry], competition: str) -> responses.StoredRegistry:
    """Store the sign-in that runners pull a competition's images with."""
    return registries.store_for_competition(competition, call.body, call.account, call.now)


@routes.get(_COMPETITION, access=Access.SIGNED_IN, answer=responses.StoredRegistry, errors=(NotAllowed, NotFound))
def show_of_competition(call: Call[None], competition: str) -> responses.StoredRegistry:
    """Show which sign-in a competition has, without its password."""
    return registries.show(registries.of_competition(competition, call.account))


@routes.delete(_COMPETITION, access=Access.SIGNED_IN, answer=responses.Empty, errors=(NotAllowed, NotFound))
def remove_from_competition(call: Call[None], competition: str) -> responses.Empty:
    """Forget a competition's sign-in."""
    return registries.remove_from_competition(competition, call.account, call.now)


@routes.post(
    _QUEUE,
    body=requests.NewRegistry,
    access=Access.SIGNED_IN,
    answer=responses.StoredRegistry,
    errors=(NotAllowed, NotFound),
)
def store_for_queue(call: Call[requests.NewRegistry], queue: str) -> responses.StoredRegistry:
    """Store the sign-in that a queue's runners pull with where a competition has none."""
    return registries.store_for_queue(queue, call.body, call.account, call.now)


@routes.get(_QUEUE, access=Access.SIGNED_IN, answer=responses.StoredRegistry, errors=(NotAllowed, NotFound))
def show_of_queue(call: Call[None], queue: str) -> responses.StoredRegistry:
    """Show which sign-in a queue has, without its password."""
    return registries.show(registries.of_queue(queue, call.account))


@routes.delete(_QUEUE, access=Access.SIGNED_IN, answer=responses.Empty, errors=(NotAllowed, NotFound))
def remove_from_queue(call: Call[None], queue: str) -> responses.Empty:
    """Forget a queue's sign-in."""
    return registries.remove_from_queue(queue, call.account, call.now)
