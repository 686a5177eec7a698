"""Bodies about queues and registries."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError

from chalicelib.contract import images, limits
from chalicelib.requests.fields import ONE_LINE, Body, Changed, Id, Label, Secret, Text, Visibility


def _a_registry(host: str) -> str:
    if not images.is_registry(host):
        raise PydanticCustomError("registry", "Write a host's name, such as ghcr.io or registry.lab.example:5000.")
    return images.canonical(host)


#: Where images come from: a host by its name, with or without a port (contract/images.py).
RegistryHost = Annotated[
    str,
    StringConstraints(min_length=1, max_length=images.MAX_REGISTRY_CHARACTERS, to_lower=True),
    AfterValidator(_a_registry),
]
Registries = Annotated[list[RegistryHost], Field(min_length=1, max_length=images.MAX_REGISTRIES)]
Seconds = Annotated[int, Field(ge=1, le=limits.MAX_TIME_LIMIT_SECONDS)]


class NewQueue(Body):
    """A queue for runners of one's own. Of a sealed one only scores leave the runners."""

    name: Label
    description: Text = ""
    visibility: Visibility = "private"
    sealed: bool = False


class ChangeQueue(Body):
    """The description of a queue, and who may use it: ids of accounts in `shared_with`, when it is shared.

    Its jobs get images of these `registries` alone, and each of their steps `max_time_limit_seconds` at most.
    """

    name: Changed[Label] = None
    description: Changed[Text] = None
    visibility: Changed[Visibility] = None
    shared_with: Changed[Annotated[set[Id], Field(max_length=100)]] = None
    sealed: Changed[bool] = None
    registries: Changed[Registries] = None
    max_time_limit_seconds: Changed[Seconds] = None


class NewRegistry(Body):
    """A sign-in to a private registry of Docker images. `server` is its host, such as registry.lab.example."""

    server: RegistryHost
    username: Annotated[str, StringConstraints(min_length=1, max_length=256), ONE_LINE]
    password: Secret
