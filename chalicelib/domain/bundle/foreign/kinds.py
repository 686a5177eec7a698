"""Kinds of competitions, told by what lies in a zip or folder: a bundle, or a competition of another platform.

That one is translated into a bundle of version 2 here, so nothing else knows of it (ADR 57).
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from chalicelib.contract.archives import shown
from chalicelib.domain.bundle.archive import Contents, Foreign
from chalicelib.domain.bundle.foreign.evalai import challenge
from chalicelib.domain.bundle.foreign.folder import Folder
from chalicelib.domain.bundle.foreign.kaggle import competition
from chalicelib.domain.bundle.foreign.ramp import kit
from chalicelib.domain.bundle.foreign.translation import Translation
from chalicelib.domain.bundle.model import Complaint


@dataclass(frozen=True)
class Kind:
    """A platform whose competitions are read. `finds` says by which file a folder is one; "" for none."""

    name: str
    finds: Callable[[Folder], str]
    translate: Callable[[Folder, str], Translation]


#: In the order in which a folder is asked.
KINDS = (
    Kind("an EvalAI challenge", challenge.finds, challenge.translate),
    Kind("a Kaggle competition", competition.finds, competition.translate),
    Kind("a RAMP kit", kit.finds, kit.translate),
)
_MANIFESTS = ("competition.yaml", "competition.yml")


def translated(contents: Contents) -> Contents:
    """The bundle that a competition of another platform becomes; a bundle, and what is no competition, as it is.

    Reads small files alone: configurations, scripts, the beginnings of tables.
    """
    if contents.archive is None or contents.errors:
        return contents
    folder = Folder(contents)
    own = next((name for name in _MANIFESTS if folder.is_file(name)), "")
    if own and not any(map(folder.is_file, challenge.CONFIGS)):
        return contents
    found = [(kind, file) for kind in KINDS if (file := kind.finds(folder))]
    if own or len(found) > 1:
        return _of_several(contents, folder, [own] * bool(own) + [file for _, file in found])
    return found[0][0].translate(folder, found[0][1]).contents(contents) if found else contents


def _of_several(contents: Contents, folder: Folder, files: Collection[str]) -> Contents:
    first, *others = (f"`{shown(file)}`" for file in files)
    message = f"There is {first}, and {' and '.join(others)}: each is a competition of another kind. Keep one of them."
    told = Foreign("", folder.prefix + next(iter(files)), (Complaint(folder.prefix + next(iter(files)), None, "", message),))
    return replace(contents, foreign=told)
