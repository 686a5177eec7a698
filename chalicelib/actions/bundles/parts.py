"""Parts of a competition's settings: where they stand in the document, what may be said of them, and how it is merged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from chalicelib.actions.competitions import pages
from chalicelib.contract import limits
from chalicelib.domain.bundle import model
from chalicelib.domain.bundle.keys import EXTENSION, elsewhere, is_extension, key_of
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard
from chalicelib.domain.bundle.model import Bundle
from chalicelib.errors import Complaint, Invalid, NotFound, say

#: The lists of a competition, and what stands in them.
PARTS: Mapping[str, type] = {
    "phases": model.Phase,
    "tasks": model.Task,
    "pages": model.Page,
    "solutions": model.Solution,
    "leaderboards": Leaderboard,
}
TEXT_KEYS = ("content", "format")

Document = dict[str, Any]


@dataclass(frozen=True)
class Path:
    """A part of the document: the competition itself, an entry of a list of it, or a column of a leaderboard."""

    part: str = ""
    index: int | None = None
    column: int | None = None
    is_column: bool = False

    @property
    def place(self) -> str:
        """As complaints name it."""
        part = self.part if self.index is None else f"{self.part}[{self.index}]"
        columns = ".columns" if self.is_column else ""
        return f"{part}{columns}" + (f"[{self.column}]" if self.column is not None else "")

    @property
    def kind(self) -> type:
        """The model's class. Raises NotFound."""
        if self.part and self.part not in PARTS:
            raise NotFound(
                say("no_part", "A competition has no `{part}`. It has: {parts}.", part=self.part, parts=", ".join(PARTS))
            )
        if self.is_column and self.part != "leaderboards":
            raise NotFound(
                say(
                    "part_without_columns",
                    "`{part}` have no columns. Those of a board are `leaderboards/0/columns`.",
                    part=self.part,
                )
            )
        if self.is_column:
            return Column
        return PARTS[self.part] if self.part else Bundle


def list_of(document: Document, path: Path) -> list[Any]:
    """The list that the part stands in, or is to. Raises NotFound."""
    assert path.kind
    if path.is_column:
        board: Document = entry_of(document, Path(path.part, path.index))
        return board.setdefault("columns", [])  # type: ignore[no-any-return]
    return document.setdefault(path.part, [])  # type: ignore[no-any-return]


def entry_of(document: Document, path: Path) -> Document:
    """The part itself. Raises NotFound."""
    if not path.part:
        return document
    entries = list_of(document, path)
    position = path.column if path.is_column else path.index
    if position is None or not 0 <= position < len(entries):
        raise NotFound(say("no_place", "There is no {place}. The settings list what there is, from 0.", place=path.place))
    return entries[position]  # type: ignore[no-any-return]


def entry_path(path: Path, position: int) -> Path:
    """Of a list the entry at this position."""
    return replace(path, column=position) if path.is_column else replace(path, index=position)


def nested(patch: Mapping[str, Any]) -> Document:
    """A patch with what the reference of the format names in one word, such as `agon.enable_teams`, where it stands."""
    dot, result = f"{EXTENSION}.", dict(patch)
    below = {key.removeprefix(dot): result.pop(key) for key in patch if key.startswith(dot)}
    if below and isinstance(result.get(EXTENSION) or {}, Mapping):
        result[EXTENSION] = {**(result.get(EXTENSION) or {}), **below}
    return result


def merge(target: Document, patch: Mapping[str, Any]) -> None:
    """Merge a patch into a part, as RFC 7396 says. Keys that the patch names come in its order, where some of them stood:
    so questions are asked in another one.
    """
    for key, value in patch.items():
        if value is None:
            target.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(target.get(key), dict):
            merge(target[key], value)
        else:
            target[key] = value
    named = iter([key for key in patch if key in target])
    ordered = [next(named) if key in patch else key for key in target]
    for key in ordered:
        target[key] = target.pop(key)


def keep_former_key(column: Document, known: Sequence[str], patch: Mapping[str, Any]) -> None:
    """A column whose key is corrected keeps what was scored under those that it had (`known`), unless told which."""
    extension = column.setdefault(EXTENSION, {})
    says_which = isinstance(patch.get(EXTENSION), Mapping) and "former_keys" in patch[EXTENSION]
    if column.get("key") != known[0] and not says_which and isinstance(extension, dict):
        extension["former_keys"] = [key for key in known if key != column.get("key")][: limits.MAX_FORMER_KEYS]


def take_out(document: Document, path: Path, position: int) -> None:
    """Take the entry at this position out of the list that the part stands in. Phases go on naming the same final board."""
    del list_of(document, path)[position]
    if path.kind is Leaderboard:
        _rename_final_boards(document, position)


def _rename_final_boards(document: Document, gone: int) -> None:
    for phase in document.get("phases", []):
        final = phase.get(EXTENSION, {}).get("final_board_from", {})
        if final.get("leaderboard", -1) > gone:
            final["leaderboard"] -= 1
        elif final.get("leaderboard") == gone:
            # There is no such board, which the complaint about it says.
            final["leaderboard"] = len(document["leaderboards"])


def keys_of(column: Document) -> list[str]:
    """The key of a column, and those that it had before, the newest first."""
    return [column["key"], *column.get(EXTENSION, {}).get("former_keys", ())]


def text_of(patch: Mapping[str, Any], path: Path) -> Mapping[str, Any] | None:
    """The new text of a page, which is stored as a file, or None. Raises Invalid."""
    if path.kind is not model.Page or "content" not in patch:
        return None
    content, form = patch["content"], patch.get("format", "markdown")
    if not isinstance(content, str) or form not in pages.SUFFIXES:
        raise Invalid(
            say("page_unwritable", "The page cannot be written."),
            [Complaint("content", say("page_shape", "Write a text, with `format` markdown or html."))],
        )
    return {"content": content, "format": form}


def solutions_without_files(document: Document, bundle: Bundle) -> list[Complaint]:
    """Complaints about solutions that a bundle's reader would leave out: they have no file, which somebody has forgotten."""
    known = {one.index for one in bundle.solutions}
    lacking = [at for at, one in enumerate(document.get("solutions", [])) if one.get("index") not in known]
    message = say("solution_unnamed_file", "Name the file: the id of a dataset of the type `solution` that you may use.")
    return [Complaint(f"solutions[{at}].key", message) for at in lacking]


def check_known(patch: Mapping[str, Any], path: Path, is_new: bool = False) -> None:
    """In a bundle an unknown key is a note to oneself; here it is a slip. Raises Invalid."""
    kind, complaints = path.kind, []
    plain = {key_of(one) for one in fields(kind) if not is_extension(one)} | {EXTENSION}
    below = {key_of(one) for one in fields(kind) if is_extension(one)} | {"max_submissions", "max_submissions_per_day"}
    below |= {"computation", "computation_indexes"}
    plain |= set(TEXT_KEYS) if kind is model.Page else set()
    fixed = (
        {*PARTS, "version", "assets", "terms", "image"}
        if kind is Bundle
        else {"index", "file"} | ({"columns"} - {"columns" if is_new else ""})
    )
    extension = patch.get(EXTENSION) or {}
    for key in patch:
        if key not in plain or (key in fixed and not (kind is Bundle and patch[key] is None and key in ("terms", "image"))):
            hint = f" {elsewhere(kind)[key]}" if key in elsewhere(kind) else ""
            message = say("key_unknown_hint", "There is no `{key}` to be set here.{hint}", key=key[:60], hint=hint)
            complaints.append(Complaint(f"{path.place}.{key}".strip("."), message))
    for key in extension if isinstance(extension, Mapping) else ():
        if key not in below:
            complaints.append(
                Complaint(
                    f"{path.place}.agon.{key}".strip("."),
                    say("key_unknown", "There is no `{key}` to be set here.", key=key[:60]),
                )
            )
    if complaints:
        raise Invalid(say("keys_unknown", "Some keys are not known: correct what is named."), complaints)
