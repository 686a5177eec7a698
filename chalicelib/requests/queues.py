"""What organizers send about queues and registries."""

from typing import Annotated

from pydantic import Field, StringConstraints

from chalicelib.requests.fields import Body, Changed, Id, Label, Secret, Text, Visibility


class NewQueue(Body):
    """A queue for runners of one's own. Of a sealed one only scores leave the runners."""

    name: Label
    description: Text = ""
    visibility: Visibility = "private"
    sealed: bool = False


class ChangeQueue(Body):
    """What is said of a queue, and who may use it: ids of accounts in `shared_with`, when it is shared."""

    name: Changed[Label] = None
    description: Changed[Text] = None
    visibility: Changed[Visibility] = None
    shared_with: Changed[Annotated[set[Id], Field(max_length=100)]] = None
    sealed: Changed[bool] = None


class NewRegistry(Body):
    """A sign-in to a private registry of Docker images. `server` is its host, such as registry.lab.example."""

    server: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.-]{1,200}(:[0-9]{1,5})?$", to_lower=True)]
    username: Annotated[str, StringConstraints(min_length=1, max_length=256)]
    password: Secret
