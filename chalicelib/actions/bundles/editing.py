"""Editing a competition: its settings as a document, changed part by part and judged by the reader of bundles.

The document is what a light dump writes: version 2 with `agon:` extensions, datasets by their ids. So there is one
model, one reader and one set of complaints for organizers who write YAML and those who click.
"""

import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any

from chalicelib import ids, requests, responses
from chalicelib.actions.bundles import permitted
from chalicelib.actions.competitions import pages
from chalicelib.actions.competitions.permissions import check_organizer
from chalicelib.actions.library import bundle_files, cleanup, references
from chalicelib.actions.submissions import sharing
from chalicelib.aws import messages
from chalicelib.domain.bundle import dump as dumping
from chalicelib.domain.bundle import model
from chalicelib.domain.bundle.check import check_values
from chalicelib.domain.bundle.keys import EXTENSION, is_extension, key_of
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard
from chalicelib.domain.bundle.model import Bundle
from chalicelib.domain.bundle.reading import Reading
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Complaint, Conflict, Invalid, NotFound, Outdated, Unconditional
from chalicelib.store import writes
from chalicelib.store.competitions import competitions, definition
from chalicelib.store.competitions.competitions import OUTDATED, Change, Competition, Phase
from chalicelib.store.competitions.definition import Placed, Ref
from chalicelib.store.library import datasets, orphans
from chalicelib.store.library.datasets import Use
from chalicelib.store.library.orphans import Orphan
from chalicelib.store.queues import queues
from chalicelib.store.submissions import submissions

#: The lists of a competition, and what stands in them.
PARTS: Mapping[str, type] = {
    "phases": model.Phase,
    "tasks": model.Task,
    "pages": model.Page,
    "solutions": model.Solution,
    "leaderboards": Leaderboard,
}
_TEXT_KEYS = ("content", "format")

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
        if self.is_column:
            return Column
        if self.part and self.part not in PARTS:
            raise NotFound(f"A competition has no `{self.part}`. It has: {', '.join(PARTS)}.")
        return PARTS[self.part] if self.part else Bundle


@dataclass
class Draft:
    """A competition under change."""

    competition: Competition
    phases: list[Phase]
    bundle: Bundle
    placed: Placed
    document: Document
    files: list[pages.File] = field(default_factory=list)

    def add(self, file: pages.File) -> Ref:
        """Have a file stored with the change: where it will lie."""
        self.files.append(file)
        return file.ref


def show(competition_id: str, account: Account) -> responses.Settings:
    """All settings of a competition. Raises NotFound, NotAllowed."""
    return _answer(_draft(competition_id, account))


def change(
    competition_id: str, path: Path, patch: Mapping[str, Any], seen: str | None, account: Account, now: datetime
) -> responses.Settings:
    """Merge `patch` into a part (RFC 7396: null takes a key out, which is then at its default).

    `seen` is the ETag of the settings that the change is of. Raises NotFound, NotAllowed, Unconditional, Outdated, and
    Invalid with a complaint for each field.
    """
    draft = _draft(competition_id, account, seen)
    target = _entry(draft.document, path)
    content = _taken_out(patch, path)
    _check_known(patch, path)
    _merge(target, {key: value for key, value in patch.items() if key not in _TEXT_KEYS})
    return _save(draft, path, content, account, now)


def add(
    competition_id: str, path: Path, entry: Mapping[str, Any], seen: str | None, account: Account, now: datetime
) -> responses.Settings:
    """Add an entry to a list. Raises as `change`."""
    draft = _draft(competition_id, account, seen)
    entries = _list(draft.document, path)
    content = _taken_out(entry, path)
    _check_known(entry, path, is_new=True)
    new = {key: value for key, value in entry.items() if key not in _TEXT_KEYS}
    if path.kind is not model.Page:
        taken = [one.get("index", position) for position, one in enumerate(entries)]
        new.setdefault("index", max(taken, default=-1) + 1)
    entries.append(new)
    return _save(draft, _entry_path(path, len(entries) - 1), content, account, now)


def remove(competition_id: str, path: Path, seen: str | None, account: Account, now: datetime) -> responses.Settings:
    """Take an entry out of a list. Raises as `change`, and Conflict for a phase that has submissions."""
    draft = _draft(competition_id, account, seen)
    entries = _list(draft.document, path)
    position = path.column if path.is_column else path.index
    _entry(draft.document, path)
    assert position is not None
    if path.kind is model.Phase:
        _check_removable(draft.phases, position)
    del entries[position]
    return _save(draft, path, None, account, now)


def set_terms(
    competition_id: str, body: requests.PageText, seen: str | None, account: Account, now: datetime
) -> responses.Settings:
    """Give a competition other terms. Raises NotFound, NotAllowed, Unconditional, Outdated."""
    draft = _draft(competition_id, account, seen)
    file = f"terms{pages.SUFFIXES[body.format]}"
    draft.document["terms"] = file
    draft.placed.terms = draft.add(pages.text(draft.competition.id, body.content, body.format, now))
    draft.bundle = replace(draft.bundle, terms=file)
    return _save(draft, Path(), None, account, now)


def set_logo(
    competition_id: str, body: requests.Logo, seen: str | None, account: Account, now: datetime
) -> responses.Settings:
    """Give a competition another logo. Raises NotFound, NotAllowed, Unconditional, Outdated."""
    draft = _draft(competition_id, account, seen)
    file = f"logo.{body.format}"
    draft.document["image"] = file
    kind = mimetypes.guess_type(file)[0] or "application/octet-stream"
    draft.placed.logo = draft.add(pages.file(draft.competition.id, body.content, f".{body.format}", kind, now))
    draft.bundle = replace(draft.bundle, image=file)
    return _save(draft, Path(), None, account, now)


def _draft(competition_id: str, account: Account, seen: str | None = "*") -> Draft:
    competition, phases = competitions.find(competition_id)
    check_organizer(competition, account)
    if seen is None:
        raise Unconditional("Send the ETag of the settings that you change as the header If-Match.")
    if seen != "*" and seen.strip('W/"') != str(int(competition.revision)):
        raise Outdated(OUTDATED)
    bundle, placed = definition.bundle_of(competition, phases)
    # Pages may share a file of the bundle that they came from; here each has a name of its own.
    bundle = replace(bundle, **dumping.texts_laid_out(bundle))
    return Draft(competition, phases, bundle, placed, dumping.dump(bundle))


def _save(
    draft: Draft, path: Path, content: Mapping[str, Any] | None, account: Account, now: datetime
) -> responses.Settings:
    names = _texts(draft.bundle, draft.placed)
    if content is not None:
        _entry(draft.document, path)["file"] = file = f"pages/new{pages.SUFFIXES[content['format']]}"
        names[file] = {}
    reading = _judge(draft.document, names, path)
    taken = _taken(draft, reading, account)
    assert reading.bundle is not None
    _check_licence_known(permitted.phases_shared_anew(reading.bundle, draft.phases))
    if content is not None:
        names[file] = draft.add(pages.text(draft.competition.id, content["content"], content["format"], now))
    placed = _place(replace(reading.bundle, assets=draft.bundle.assets), names, _refs(draft) | taken.files, draft.placed)
    made = _make(draft, taken, now)
    try:
        _write(draft, reading.bundle, placed, made, now)
    except Outdated:
        if made:
            cleanup.clear(made)
        raise
    return show(draft.competition.id, account)


def _judge(document: Document, names: Mapping[str, Ref], path: Path) -> Reading:
    reading = check_values(document, names)
    if reading.errors:
        # First what was changed; what does not fit to it elsewhere follows.
        ordered = sorted(reading.errors, key=lambda one: not one.key.startswith(path.place))
        raise Invalid("The settings do not fit. See `errors`.", [Complaint(one.key, one.message) for one in ordered])
    return reading


def _taken(draft: Draft, reading: Reading, account: Account) -> references.Known:
    """What the settings name, the account may use, and the competition has not got. Raises Invalid."""
    has = {*_refs(draft), draft.bundle.queue}
    asked = replace(reading, keys=tuple(use for use in reading.keys if use.key not in has))
    found, complaints = references.look_up(asked, account.id)
    if complaints:
        raise Invalid(
            "Something named here cannot be used. See `errors`.", [Complaint(one.key, one.message) for one in complaints]
        )
    return found


def _refs(draft: Draft) -> dict[str, Ref]:
    """The datasets that the competition has, by their ids."""
    return {ref["dataset"]: ref for ref in definition.datasets_of(draft.placed)}


def _make(draft: Draft, taken: references.Known, now: datetime) -> Orphan | None:
    """Store and note what the change needs, all of which goes again should the change come to nothing."""
    if not (draft.files or taken.files or taken.queue):
        return None
    id_ = draft.competition.id
    uses = [Use(dataset, datasets.COMPETITION, id_) for dataset in taken.files]
    queue_uses = {taken.queue: id_} if taken.queue and not queues.is_noted(taken.queue, id_) else {}
    texts = [file.ref["object_key"] for file in draft.files]
    made = orphans.new(ids.new(now), now, texts, datasets.unnoted(uses), queue_uses)
    writes.put(made)
    for file in draft.files:
        pages.store(file)
    for use in uses:
        datasets.use(*use)
    if taken.queue:
        queues.use(taken.queue, id_)
    return made


def _place(bundle: Bundle, names: Mapping[str, Ref], known: Mapping[str, Ref], former: Placed) -> Placed:
    refs: dict[str, Ref] = {piece.place: {**names[piece.path], "file": piece.path} for piece in bundle_files.texts(bundle)}
    placed = bundle_files.placed(bundle, refs, known)
    placed.task_ids = {
        index: id_ for index, id_ in former.task_ids.items() if placed.tasks.get(index) == former.tasks.get(index)
    }
    return placed


def _write(draft: Draft, bundle: Bundle, placed: Placed, made: Orphan | None, now: datetime) -> None:
    competition, before = draft.competition, {phase.id: phase for phase in draft.phases}
    attributes = definition.competition_of(bundle, placed)
    changed = {name: value for name, value in attributes.items() if value != getattr(competition, name)}
    phases = definition.phases_of(competition.id, bundle, placed)
    new = [phase for phase in phases if phase.id not in before or _plain(phase) != _plain(before[phase.id])]
    gone = [phase for phase in draft.phases if phase.id not in {phase.id for phase in phases}]
    boards = [phase.id for phase in phases] if "leaderboards" in changed else []
    replaced = references.replaced(competition, draft.phases, bundle, placed, now)
    competitions.change(competition, Change(changed, new, gone, boards, made, replaced), now)
    for phase in boards:
        messages.send_rebuild(phase)
    if draft.bundle.queue and draft.bundle.queue != bundle.queue:
        queues.no_longer_use(draft.bundle.queue, competition.id)


def _plain(phase: Phase) -> dict[str, Any]:
    return {name: value for name, value in phase.attribute_values.items() if value is not None}


def _texts(bundle: Bundle, placed: Placed) -> dict[str, Ref]:
    """Where the pages, terms and logo of a document lie, by the names that it gives them."""
    found = {page.file: ref for page, ref in zip(bundle.pages, placed.pages, strict=True)}
    for name, ref in ((bundle.terms, placed.terms), (bundle.image, placed.logo)):
        if name and ref:
            found[name] = ref
    return found | placed.assets


def _check_removable(phases: list[Phase], position: int) -> None:
    phase = phases[position]
    if position != len(phases) - 1:
        raise Conflict("Only the last phase can be removed: the submissions of later ones go by their numbers.")
    if submissions.of_phase(phase.id, None, 1)[0]:
        raise Conflict("This phase has submissions, so it stays. Give it an `end` instead.")


def _check_licence_known(shared_anew: Sequence[Phase]) -> None:
    for phase in shared_anew:
        raise Conflict(f"“{phase.name}” has submissions of people who did not know of this licence. {sharing.ASK_THEM}")


def _taken_out(patch: Mapping[str, Any], path: Path) -> Mapping[str, Any] | None:
    """The new text of a page, which is stored as a file, or None. Raises Invalid."""
    if path.kind is not model.Page or "content" not in patch:
        return None
    content, form = patch["content"], patch.get("format", "markdown")
    if not isinstance(content, str) or form not in pages.SUFFIXES:
        raise Invalid("The page cannot be written.", [Complaint("content", "Write a text, with `format` markdown or html.")])
    return {"content": content, "format": form}


def _check_known(patch: Mapping[str, Any], path: Path, is_new: bool = False) -> None:
    """In a bundle an unknown key is a note to oneself; here it is a slip. Raises Invalid."""
    kind, complaints = path.kind, []
    plain = {key_of(one) for one in fields(kind) if not is_extension(one)} | {EXTENSION}
    below = {key_of(one) for one in fields(kind) if is_extension(one)} | {"max_submissions", "max_submissions_per_day"}
    below |= {"computation", "computation_indexes"}
    plain |= set(_TEXT_KEYS) if kind is model.Page else set()
    fixed = (
        {*PARTS, "version", "assets", "terms", "image"}
        if kind is Bundle
        else {"index", "file"} | ({"columns"} - {"columns" if is_new else ""})
    )
    extension = patch.get(EXTENSION) or {}
    for key in patch:
        if key not in plain or (key in fixed and not (kind is Bundle and patch[key] is None and key in ("terms", "image"))):
            complaints.append(Complaint(f"{path.place}.{key}".strip("."), f"There is no `{key[:60]}` to be set here."))
    for key in extension if isinstance(extension, Mapping) else ():
        if key not in below:
            complaints.append(Complaint(f"{path.place}.agon.{key}".strip("."), f"There is no `{key[:60]}` to be set here."))
    if complaints:
        raise Invalid("Some keys are not known. See `errors`.", complaints)


def _list(document: Document, path: Path) -> list[Any]:
    assert path.kind
    if path.is_column:
        board: Document = _entry(document, Path(path.part, path.index))
        return board.setdefault("columns", [])  # type: ignore[no-any-return]
    return document.setdefault(path.part, [])  # type: ignore[no-any-return]


def _entry(document: Document, path: Path) -> Document:
    """The part itself. Raises NotFound."""
    if not path.part:
        return document
    entries = _list(document, path)
    position = path.column if path.is_column else path.index
    if position is None or not 0 <= position < len(entries):
        raise NotFound(f"There is no {path.place}. The settings list what there is, from 0.")
    return entries[position]  # type: ignore[no-any-return]


def _entry_path(path: Path, position: int) -> Path:
    return replace(path, column=position) if path.is_column else replace(path, index=position)


def _merge(target: Document, patch: Mapping[str, Any]) -> None:
    for key, value in patch.items():
        if value is None:
            target.pop(key, None)
        elif isinstance(value, Mapping) and isinstance(target.get(key), dict):
            _merge(target[key], value)
        else:
            target[key] = value


def _answer(draft: Draft) -> responses.Settings:
    return responses.Settings(int(draft.competition.revision), draft.document)
