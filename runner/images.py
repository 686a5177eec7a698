"""Images: what this machine has is used; what it lacks is pulled."""

import logging

import requests
from docker import APIClient
from docker.errors import DockerException, ImageNotFound

from runner.errors import Unable
from runner.halt import Halt
from runner.retry import delays

logger = logging.getLogger(__name__)

PULL_TRIES = 3


def find(docker: APIClient, image: str, halt: Halt) -> str:
    """The digest of `image`, pulled when this machine has it not. Raises Unable with the image's name, or Halted."""
    digest = _digest(docker, image)
    if digest:
        return digest
    cause = ""
    for attempt, delay in enumerate(delays(), start=1):
        halt.check()
        cause = _pull(docker, image)
        digest = "" if cause else _digest(docker, image)
        if digest:
            logger.info("Pulled the image %s.", image)
            return digest
        if attempt == PULL_TRIES or halt.event.wait(delay):
            break
    halt.check()
    raise Unable(f"The image {image} is not on this runner and cannot be pulled: {cause}")


def _digest(docker: APIClient, image: str) -> str:
    """The registry's digest, else the image's own id; "" when this machine has it not."""
    try:
        found = docker.inspect_image(image)
    except ImageNotFound:
        return ""
    except (DockerException, requests.RequestException) as error:
        raise Unable(f"Docker cannot look at the image {image}: {_cause(error)}") from error
    digests = found.get("RepoDigests") or []
    return str(digests[0].rpartition("@")[2] if digests else found["Id"])


def _pull(docker: APIClient, image: str) -> str:
    """Pull once; "" or what went wrong."""
    try:
        # Without a tag Docker would pull every tag there is.
        name = image if "@" in image or ":" in image.rpartition("/")[2] else f"{image}:latest"
        for line in docker.pull(name, stream=True, decode=True):
            if "error" in line:
                return str(line["error"])[:300]
    except (DockerException, requests.RequestException) as error:
        return _cause(error)
    return ""


def _cause(error: Exception) -> str:
    return str(getattr(error, "explanation", None) or type(error).__name__)[:300]
