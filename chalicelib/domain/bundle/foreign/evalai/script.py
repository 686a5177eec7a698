"""An EvalAI challenge's evaluation script: where it stands, and what can be told of it without running it (OTHERS 1.2)."""

import re
from collections.abc import Collection

from chalicelib.domain.bundle.foreign import sources
from chalicelib.domain.bundle.foreign.folder import Folder
from chalicelib.domain.bundle.foreign.sources import Sources
from chalicelib.domain.bundle.foreign.translation import PROGRAM, Translation
from chalicelib.domain.bundle.section import Section

KEY = "evaluation_script"
#: Where EvalAI begins to import it.
_BEGIN = ("__init__.py", "main.py")
#: The key under which errors are returned, and the beginning of a label's name that is put together.
_ERRORS, _MADE = re.compile(r"""["']error["']"""), re.compile(r"""["']error_["'{%]""")
#: More of a zip is not looked into.
_ZIP_BYTES = 16 * 1024**2


def take(translation: Translation, folder: Folder, section: Section, words: Collection[tuple[str, str]]) -> Sources:
    """Put the script beside the adapter, unchanged, and tell what would keep it from running: its modules, none where it
    is missing.

    `words` are codenames with their places, which the script should know.
    """
    written = section.text(KEY, "evaluation_script.zip").strip()
    path = folder.path(written) or ""
    stem = path.removesuffix(".zip")
    found = next((one for one in (path, stem, f"{stem}.zip") if one and (folder.is_file(one) or folder.below(one))), None)
    if found is None:
        section.error(KEY, f"`{written[:100]}` is neither a zip nor a folder of the challenge. Add it, or correct the path.")
        return Sources()
    if folder.is_file(found) and not found.endswith(".zip"):
        section.error(KEY, f"`{written[:100]}` is neither a zip nor a folder. Put the script into the folder `{KEY}`.")
        return Sources()
    if folder.is_file(found):
        translation.take(f"{PROGRAM}/{KEY}.zip", found)
        beside = []
        modules = sources.in_zip(folder.read(found, _ZIP_BYTES)) if folder.size_of(found) <= _ZIP_BYTES else {}
        if modules is None:
            section.error(KEY, f"`{found[:100]}` is no zip archive that can be read. Zip it again.")
            return Sources()
    else:
        translation.take_folder(f"{PROGRAM}/{KEY}", folder.below(found), found)
        names = [
            name for name in folder.below(found) if name.endswith(".py") and folder.size_of(name) <= sources.MAX_FILE_BYTES
        ]
        modules = {
            name.removeprefix(f"{found}/"): folder.read(name, sources.MAX_FILE_BYTES) for name in names[: sources.MAX_FILES]
        }
        beside = [name.removeprefix(f"{found}/") for name in folder.below(found)]
    script = sources.parse(modules)
    if modules:
        _judge(script, found, beside, section, words)
    return script


def errors_of(script: Sources, labels: Collection[str]) -> set[str]:
    """The labels that the script may report errors of, which no schema says: under `error_` and the label, spelled out or
    made of it."""
    text = "\n".join(script.texts.values())
    if not _ERRORS.search(text):
        return set()
    return set(labels) if _MADE.search(text) else {label for label in labels if f"error_{label}" in text}


def _judge(
    script: Sources, path: str, beside: Collection[str], section: Section, words: Collection[tuple[str, str]]
) -> None:
    needed = script.reached(*_BEGIN)
    for module, line, why in script.broken:
        where = f"{path}/{module}" + (f", line {line}" if line else "")
        message = f"`{where[:200]}` is no Python that can be read: {why[:100]}."
        if module in needed:
            section.error(KEY, message)
        else:
            section.warn(KEY, f"{message} Nothing seems to import it.")
    if any(module in needed for module, *_ in script.broken):
        return
    if not any(
        module in script.trees and sources.binds(script.trees[module], "evaluate") for module in ("__init__.py", "main.py")
    ):
        section.error(KEY, f"`{path[:100]}` has no `evaluate`. Write `from .main import evaluate` into its __init__.py.")
    elif "__init__.py" not in script.trees or not sources.binds(script.trees["__init__.py"], "evaluate"):
        section.warn(KEY, "Its __init__.py has no `evaluate`, which EvalAI needs; that of main.py is called.")
    for where in script.absent(_BEGIN, beside) if beside else ():
        section.warn(KEY, f"{where[:200]}, which is not there. Add the file.")
    if lacking := script.lacking():
        section.warn(KEY, f"It imports {_named(lacking)}, which the site's own image has not. {_IMAGE}")
    if installed := script.installed():
        message = (
            f"It installs {_named(installed)} by pip. There is no network where it runs, so that is noted and not done."
        )
        section.warn(KEY, f"{message} {_IMAGE}")
    if downloads := script.downloads():
        more = f", and so do {len(downloads) - 1} more lines" if len(downloads) > 1 else ""
        section.warn(KEY, f"{downloads[0]} downloads something{more}. There is no network where it runs. {_IMAGE}")
    for word, place in words:
        if not script.mentions(word):
            section.complaints.warn(place, f"The evaluation script never mentions `{word[:60]}`. Is it spelled so there?")


_IMAGE = "Build an image that has what it needs, and name it in agon.yaml as `docker_image: …`."


def _named(names: list[str]) -> str:
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return ", ".join(f"`{name[:40]}`" for name in names[:12]) + more
