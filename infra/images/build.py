"""Builds the default competition image, once: from an official Python image, else from Debian's packages."""

import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import debian
import docker
from docker.errors import DockerException, ImageNotFound

sys.path.insert(0, str(Path(__file__).parents[1] / "setup"))

from say import give_up, note  # noqa: E402  (a sibling folder's module, not a package's)

IMAGE = "agon.internal/competition:1"
RECIPE = Path(__file__).parent / "competition"
REGISTRY = "https://registry-1.docker.io/v2/"


def main() -> None:
    """Return once the image exists, or end with a line that says why it cannot."""
    client = docker.from_env(timeout=1800)
    if _exists(client):
        return
    began = time.monotonic()
    if not _from_registry(client) and not _from_packages(client):
        give_up(
            f"The image {IMAGE} cannot be built: no image registry answers, and debootstrap needs root on Debian or "
            "Ubuntu (`sudo apt-get install debootstrap && sudo make setup`)."
        )
    note(f"Built {IMAGE} in {time.monotonic() - began:.0f} s.")


def _exists(client: docker.DockerClient) -> bool:
    try:
        client.images.get(IMAGE)
    except ImageNotFound:
        return False
    return True


def _from_registry(client: docker.DockerClient) -> bool:
    if not _registry_answers():
        return False
    note(f"Building {IMAGE} from the official Python image …")
    try:
        client.images.build(path=str(RECIPE), tag=IMAGE, rm=True)
    except DockerException as error:
        note(f"That did not work ({error}).")
        return False
    return True


def _registry_answers() -> bool:
    try:
        urllib.request.urlopen(REGISTRY, timeout=4).close()
    except urllib.error.HTTPError as error:
        return error.code == 401  # a registry greets a stranger with 401; a company's proxy has other ways
    except OSError:
        return False
    return True


def _from_packages(client: docker.DockerClient) -> bool:
    if not debian.is_possible():
        return False
    release = debian.own_release()
    note(f"No image registry answers. Building {IMAGE} from {release.codename}'s packages (2 to 3 minutes) …")
    changes = [
        "ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 LANG=C.UTF-8",
        f'LABEL org.opencontainers.image.title="The default competition image" '
        f"org.opencontainers.image.base.name={release.codename}",
        "WORKDIR /app",
        'CMD ["python"]',
    ]
    repository, tag = IMAGE.split(":")
    try:
        client.api.import_image(debian.archive(release), repository=repository, tag=tag, changes=changes, stream_src=True)
    except subprocess.CalledProcessError as error:
        give_up(f"The image {IMAGE} cannot be built from {release.mirror}: {error.stdout or error}")
    return _exists(client)


if __name__ == "__main__":
    main()
