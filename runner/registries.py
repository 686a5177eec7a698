"""Registries' answers about images, and the images that they give. The Docker engine asks them, on our behalf."""

import hashlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager

import requests
from docker import APIClient
from docker.auth import resolve_repository_name
from docker.errors import APIError, DockerException

from chalicelib.contract import Fault, Registry, images
from chalicelib.contract.archives import shown
from runner.errors import Faulty

#: How long a job waits for a registry's word about a tag before it uses the image that is here.
ASK_SECONDS = 10
_CAUSE_CHARACTERS = 300
_HUB = ("docker.io", "index.docker.io", "registry-1.docker.io", "https://index.docker.io/v1/")
#: What an engine passes on when a registry answers, and its answer is no.
_REFUSALS = (
    "access denied",
    "authentication required",
    "does not exist",
    "failed authentication",
    "manifest unknown",
    "no basic auth credentials",
    "not found",
    "unauthorized",
)


class RegistryUnreachable(Exception):
    """The registry cannot be reached, or fails. Its text is the engine's, for the runner's log alone."""


class RegistryDenied(Exception):
    """The registry has no such image, or not for us. Its text is the engine's, for the runner's log alone."""


class Registries:
    """Asks registries by way of one engine. `quick` is a client of the same engine that waits ASK_SECONDS at most."""

    def __init__(self, docker: APIClient, quick: APIClient) -> None:
        self._docker = docker
        self._quick = quick

    def digest(self, image: str, registry: Registry | None) -> str:
        """The digest that the tag of `image` points to now. Raises RegistryDenied or RegistryUnreachable."""
        with _answers():
            found = self._quick.inspect_distribution(image, auth_config=_credentials(image, registry))
            return str(found["Descriptor"]["digest"])

    def pull(self, image: str, registry: Registry | None) -> None:
        """Pull once. `image` has a tag or a digest. Raises RegistryDenied or RegistryUnreachable."""
        with _answers():
            lines = self._docker.pull(image, stream=True, decode=True, auth_config=_credentials(image, registry))
            for line in lines:
                if "error" in line:
                    raise _judge(str(line["error"]))


def with_tag(image: str) -> str:
    """The name with a tag or a digest: without one, an engine would pull every tag that there is."""
    return image if "@" in image or ":" in image.rpartition("/")[2] else f"{image}:latest"


def check_permitted(image: str, registries: Collection[str]) -> None:
    """Raise Faulty unless an engine may be asked for `image`: a name, and of a registry that the queue's owner lists."""
    try:
        registry = images.read(image).registry
    except images.BadImageName as error:
        raise Faulty(Fault.ORGANIZER, f"The image `{shown(image)}` cannot be used. {error}") from error
    if registry not in registries:
        raise Faulty(
            Fault.ORGANIZER,
            f"The image `{image}` is of {registry}, and this queue pulls from {', '.join(sorted(registries))} alone. "
            "Name an image of those, or ask the queue's owner.",
        )


def repository(image: str) -> str:
    """The name without tag and digest, as an engine shows it in its lists."""
    name = image.partition("@")[0]
    head, slash, last = name.rpartition("/")
    name = f"{head}{slash}{last.partition(':')[0]}"
    for prefix in ("docker.io/", "index.docker.io/", "library/"):
        name = name.removeprefix(prefix)
    return name


def mark(image: str, registry: Registry | None) -> str:
    """The mark that tells credentials apart without telling them; "" for none, and for those of another registry."""
    credentials = _credentials(image, registry)
    if credentials is None:
        return ""
    salt = hashlib.sha256(repository(image).encode()).digest()
    text = f"{credentials['username']}\n{credentials['password']}".encode()
    return hashlib.scrypt(text, salt=salt, n=2**12, r=8, p=1, dklen=24).hex()


def _credentials(image: str, registry: Registry | None) -> dict[str, str] | None:
    """What is sent to the image's own registry: credentials of another are not its business."""
    if registry is None:
        return None
    host, _ = resolve_repository_name(image)
    if registry.server != host and not (host in _HUB and registry.server in _HUB):
        return None
    return {"username": registry.username, "password": registry.password, "serveraddress": host}


@contextmanager
def _answers() -> Iterator[None]:
    """Raise RegistryDenied or RegistryUnreachable for whatever the engine raises."""
    try:
        yield
    except (DockerException, requests.RequestException) as error:
        text = str(getattr(error, "explanation", None) or type(error).__name__)
        if isinstance(error, APIError) and error.status_code in (400, 401, 403, 404):
            raise RegistryDenied(one_line(text)) from error
        raise _judge(text) from error


def one_line(text: str) -> str:
    """An engine's words, which may hold a stranger's answer, as they stand in a log."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:_CAUSE_CHARACTERS]


def _judge(text: str) -> Exception:
    kind = RegistryDenied if any(word in text.lower() for word in _REFUSALS) else RegistryUnreachable
    return kind(one_line(text))
