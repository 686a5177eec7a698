"""Sign-ins to private registries of Docker images, of a competition or a queue. A password goes in and never out."""

from chalicelib import answers, bodies
from chalicelib.actions import registries
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
_SIGNED_IN = {"access": Access.SIGNED_IN}
_COMPETITION, _QUEUE = "/v1/competitions/{competition}/registry", "/v1/queues/{queue}/registry"


@routes.post(_COMPETITION, **_SIGNED_IN, body=bodies.NewRegistry, answer=answers.StoredRegistry)
def store_for_competition(call: Call, competition: str) -> answers.StoredRegistry:
    """Store the sign-in that runners pull a competition's images with."""
    return registries.store(registries.of_competition(competition, call.account), call.body, call.now)


@routes.get(_COMPETITION, **_SIGNED_IN, answer=answers.StoredRegistry)
def show_of_competition(call: Call, competition: str) -> answers.StoredRegistry:
    """Show which sign-in a competition has, without its password."""
    return registries.show(registries.of_competition(competition, call.account))


@routes.delete(_COMPETITION, **_SIGNED_IN, answer=answers.Empty)
def remove_from_competition(call: Call, competition: str) -> answers.Empty:
    """Forget a competition's sign-in."""
    return registries.remove(registries.of_competition(competition, call.account))


@routes.post(_QUEUE, **_SIGNED_IN, body=bodies.NewRegistry, answer=answers.StoredRegistry)
def store_for_queue(call: Call, queue: str) -> answers.StoredRegistry:
    """Store the sign-in that a queue's runners pull with where a competition has none."""
    return registries.store(registries.of_queue(queue, call.account), call.body, call.now)


@routes.get(_QUEUE, **_SIGNED_IN, answer=answers.StoredRegistry)
def show_of_queue(call: Call, queue: str) -> answers.StoredRegistry:
    """Show which sign-in a queue has, without its password."""
    return registries.show(registries.of_queue(queue, call.account))


@routes.delete(_QUEUE, **_SIGNED_IN, answer=answers.Empty)
def remove_from_queue(call: Call, queue: str) -> answers.Empty:
    """Forget a queue's sign-in."""
    return registries.remove(registries.of_queue(queue, call.account))
