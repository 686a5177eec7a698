"""Names of Docker images: the grammar that engines read them by, and the registries that images come from.

The grammar is that of the OCI distribution project's `reference` package, which every engine uses. One module for the check
of a bundle, for the site and for the runner: whatever has none of these complaints, an engine understands.
"""

import re
from dataclasses import dataclass

#: Where an engine looks for a name that says no registry, and what else people call that.
HUB = "docker.io"
_HUBS = frozenset({HUB, "index.docker.io", "registry-1.docker.io", "registry.hub.docker.com"})
#: Where images come from unless a queue's owner says otherwise: what gives out images to everybody.
REGISTRIES = (HUB, "ghcr.io", "public.ecr.aws", "quay.io")
#: Registries that a queue's owner may name.
MAX_REGISTRIES = 20
MAX_REGISTRY_CHARACTERS = 200

_LETTERS = r"[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*"
_PATH = re.compile(rf"{_LETTERS}(?:/{_LETTERS})*")
_TAG = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}", re.ASCII)
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128}")
#: What an engine takes for the beginning of an image's id, and finds whatever lies on the machine by it.
_ALGORITHMS = frozenset({"sha256", "sha384", "sha512"})
_ID = re.compile(r"[0-9a-f]{64}")
_LABEL = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
#: The last label begins with a letter: so none of the ways of writing an IPv4 address fits, however short.
_HOST = re.compile(rf"(?:{_LABEL}\.)+[a-z](?:[a-z0-9-]{{0,61}}[a-z0-9])?(?::[0-9]{{1,5}})?")
_EXAMPLE = "Write it as `python:3.12` or `ghcr.io/lab/tool:1`"


class BadImageName(ValueError):
    """No name of an image that may be used. Its text is a sentence that says what to write."""


@dataclass(frozen=True)
class ImageName:
    """A name in parts. `registry` is a host; without a tag `tag` is "", without a digest `digest`."""

    registry: str
    path: str
    tag: str = ""
    digest: str = ""

    def __str__(self) -> str:
        """The name as an engine shows it: without what it would add by itself, and with a tag or a digest."""
        path = self.path.removeprefix("library/") if self.registry == HUB else f"{self.registry}/{self.path}"
        if self.digest:
            return f"{path}@{self.digest}"
        return f"{path}:{self.tag or 'latest'}"


def read(name: str) -> ImageName:
    """Take a name apart. Raises BadImageName for what no engine would pull, and for a registry that is no host's name."""
    if "://" in name:
        raise BadImageName(f"It is an address. {_EXAMPLE}, without `https://`.")
    registry, path, tag, digest = _split(name)
    if not is_registry(registry):
        raise BadImageName(
            f"Its registry, `{registry}`, is {_why_no_registry(registry)}. Images come from hosts by their names."
        )
    if path != path.lower():
        raise BadImageName("It has capital letters. Write small ones; only a tag may have others.")
    if _is_id(path):
        raise BadImageName(f"It is the id of an image, which differs from one machine to the next. {_EXAMPLE}.")
    if not _PATH.fullmatch(path):
        raise BadImageName(f"No engine reads such a name. {_EXAMPLE}: words of a-z and 0-9, parted by `/`, `.`, `_` or `-`.")
    if tag is not None and not _TAG.fullmatch(tag):
        raise BadImageName("Its tag is none: after the `:` stand letters, digits, `.`, `_` and `-`, 128 at most.")
    if digest is not None and not _DIGEST.fullmatch(digest):
        raise BadImageName("Its digest is none: after the `@` stands `sha256:` with 64 digits from 0 to f.")
    return ImageName(registry, path, tag or "", digest or "")


def problem(name: str) -> str:
    """The reason why a name is refused, as a sentence that says what to write; "" for one that is not."""
    try:
        read(name)
    except BadImageName as error:
        return str(error)
    return ""


def is_registry(host: str) -> bool:
    """True for a host's name with a dot, with or without a port: no address, and not the machine itself."""
    name, _, port = host.partition(":")
    is_local = name == "localhost" or name.endswith(".localhost")
    return bool(_HOST.fullmatch(host)) and not is_local and int(port or 1) <= 65535


def canonical(registry: str) -> str:
    """A registry's one name: the Hub has several."""
    return HUB if registry in _HUBS else registry


def _split(name: str) -> tuple[str, str, str | None, str | None]:
    """Registry, path, tag and digest as an engine parts them; a registry of the Hub's under its own name."""
    rest, at, digest = name.partition("@")
    first, slash, following = rest.partition("/")
    is_host = bool(slash) and (first == "localhost" or any(letter in first for letter in ".:["))
    registry, path = (first.lower(), following) if is_host else (HUB, rest)
    path, colon, tag = path.partition(":")
    if canonical(registry) == HUB and "/" not in path:
        path = f"library/{path}"
    return canonical(registry), path, tag if colon else None, digest if at else None


def _is_id(path: str) -> bool:
    word = path.removeprefix("library/")
    return word in _ALGORITHMS or bool(_ID.fullmatch(word))


def _why_no_registry(host: str) -> str:
    name = host.partition(":")[0]
    if name == "localhost" or name.endswith(".localhost"):
        return "the machine itself"
    if "." not in name and not name.startswith("["):
        return "a name without a dot"
    is_address = name.startswith("[") or name.rpartition(".")[2][:1].isdigit()
    return "an address" if is_address else "no host's name"
