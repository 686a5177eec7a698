"""Editing a competition: its settings as a document, changed part by part and judged by the reader of bundles.

The document is what a light dump writes: version 2 with `agon:` extensions, datasets by their ids. So there is one
model, one reader and one set of complaints for organizers who write YAML and those who click.
"""

import json
import mimetypes
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from chalicelib import ids, requests, responses
from chalicelib.actions.bundles import parts, permitted
from chalicelib.actions.bundles.parts import Document, Path
from chalicelib.actions.competitions import pages, slugs
from chalicelib.actions.competitions.permissions import check_organizer, check_sees_all, is_organizer
from chalicelib.actions.leaderboards import previewing, reordering
from chalicelib.actions.leaderboards.reordering import Reordering
from chalicelib.actions.library import bundle_files, cleanup, lending, references
from chalicelib.actions.people import audit_log
from chalicelib.aws import messages
from chalicelib.domain.bundle import differences, model, rules
from chalicelib.domain.bundle import dump as dumping
from chalicelib.domain.bundle.check import check_values
from chalicelib.domain.bundle.model import Bundle
from chalicelib.domain.bundle.reading import Reading
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Complaint, Conflict, Invalid, Outdated, Unconditional, as_sentence, say
from chalicelib.store import writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.competitions import competitions, definition
from chalicelib.store.competitions.competitions import OUTDATED, Change, Competition, Phase
from chalicelib.store.competitions.definition import Placed, Ref
from chalicelib.store.library import datasets, orphans
from chalicelib.store.library.datasets import Use
from chalicelib.store.library.orphans import Orphan
from chalicelib.store.queues import queues
from chalicelib.store.submissions import submissions

_UNFIT = say("settings_unfit", "The settings do not fit: correct what is named.")
#: Keys under which addresses stand, which viewers are not shown.
_ADDRESSES = ("allowed_addresses", "refused_addresses", "addresses")


@dataclass(frozen=True)
class Intent:
    """Conditions that a caller sends with a change: the ETag of the settings that it is of; that it is a preview,
    which changes nothing; that they know which scores it takes from the boards.
    """

    seen: str | None
    is_preview: bool = False
    is_confirmed: bool = False


@dataclass
class Draft:
    """A competition under change."""

    competition: Competition
    phases: list[Phase]
    bundle: Bundle
    placed: Placed
    document: Document
    former: Document
    files: list[pages.File] = field(default_factory=list)

    def add(self, file: pages.File) -> Ref:
        """Have a file stored with the change: where it will lie."""
        self.files.append(file)
        return file.ref


def show(competition_id: str, account: Account) -> responses.Settings:
    """All settings of a competition; for viewers without the addresses in them. Raises NotFound, NotAllowed."""
    competition, phases = competitions.find(competition_id)
    draft = _read(check_sees_all(competition, account), phases)
    if not is_organizer(competition, account):
        section = draft.document.get("agon", {})
        of_phases = [phase.get("agon", {}) for phase in draft.document["phases"]]
        for part in (section, *of_phases, *section.get("groups", [])):
            for key in _ADDRESSES:
                part.pop(key, None)
    return _answer(draft)


def change(
    competition_id: str, path: Path, patch: Mapping[str, Any], intent: Intent, account: Account, now: datetime
) -> responses.Settings:
    """Merge `patch` into a part (RFC 7396: null takes a key out, which is then at its default).

    Raises NotFound, NotAllowed, Unconditional, Outdated, and Invalid with a complaint for each field.
    """
    draft = _draft(competition_id, account, intent.seen)
    target, patch = parts.entry_of(draft.document, path), parts.nested(patch)
    content = parts.text_of(patch, path)
    parts.check_known(patch, path)
    known = parts.keys_of(target) if path.is_column else []
    parts.merge(target, {key: value for key, value in patch.items() if key not in parts.TEXT_KEYS})
    if path.is_column:
        parts.keep_former_key(target, known, patch)
    return _save(draft, path, content, intent, account, now)


def add(
    competition_id: str, path: Path, entry: Mapping[str, Any], intent: Intent, account: Account, now: datetime
) -> responses.Settings:
    """Add an entry to a list. Raises as `change`."""
    draft = _draft(competition_id, account, intent.seen)
    entries, entry = parts.list_of(draft.document, path), parts.nested(entry)
    content = parts.text_of(entry, path)
    parts.check_known(entry, path, is_new=True)
    new = {key: value for key, value in entry.items() if key not in parts.TEXT_KEYS}
    if path.kind is not model.Page:
        taken = [one.get("index", position) for position, one in enumerate(entries)]
        new.setdefault("index", max(taken, default=-1) + 1)
    entries.append(new)
    return _save(draft, parts.entry_path(path, len(entries) - 1), content, intent, account, now)


def remove(competition_id: str, path: Path, intent: Intent, account: Account, now: datetime) -> responses.Settings:
    """Take an entry out of a list.

    Raises as `change`, and Conflict for a phase that has submissions, and for columns that have scores unless the caller
    knows.
    """
    draft = _draft(competition_id, account, intent.seen)
    position = path.column if path.is_column else path.index
    parts.entry_of(draft.document, path)
    assert position is not None
    if path.kind is model.Phase:
        _check_removable(draft.phases, position)
    parts.take_out(draft.document, path, position)
    return _save(draft, path, None, intent, account, now)


def set_terms(
    competition_id: str, body: requests.PageText, seen: str | None, account: Account, now: datetime
) -> responses.Settings:
    """Give a competition other terms. Raises NotFound, NotAllowed, Unconditional, Outdated."""
    draft = _draft(competition_id, account, seen)
    file = f"terms{pages.SUFFIXES[body.format]}"
    draft.document["terms"] = file
    draft.placed.terms = draft.add(pages.text(draft.competition.id, body.content, body.format, now))
    draft.bundle = replace(draft.bundle, terms=file)
    return _save(draft, Path(), None, Intent(seen), account, now)


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
    return _save(draft, Path(), None, Intent(seen), account, now)


def _draft(competition_id: str, account: Account, seen: str | None = "*") -> Draft:
    competition, phases = competitions.find(competition_id)
    check_organizer(competition, account)
    if seen is None:
        raise Unconditional(
            say("settings_unconditional", "Send the ETag of the settings that you change as the header If-Match.")
        )
    if seen != "*" and seen.strip('W/"') != str(int(competition.revision)):
        raise Outdated(OUTDATED)
    return _read(competition, phases)


def _read(competition: Competition, phases: list[Phase]) -> Draft:
    bundle, placed = definition.bundle_of(competition, phases)
    # Pages may share a file of the bundle that they came from; here each has a name of its own.
    bundle = replace(bundle, **dumping.texts_laid_out(bundle))
    return Draft(competition, phases, bundle, placed, dumping.dump(bundle), dumping.dump(bundle))


def _save(
    draft: Draft, path: Path, content: Mapping[str, Any] | None, intent: Intent, account: Account, now: datetime
) -> responses.Settings:
    names = _texts(draft.bundle, draft.placed)
    if content is not None:
        parts.entry_of(draft.document, path)["file"] = file = f"pages/new{pages.SUFFIXES[content['format']]}"
        names[file] = {}
    reading = _judge(draft, names, path)
    _check_opens(draft, reading, path)
    _check_slug(draft, reading)
    taken = _taken(draft, reading, account)
    assert reading.bundle is not None
    readable = set(taken.files)
    bundle = references.with_tasks(reading.bundle, taken)
    permitted.check_queue_allows(bundle, draft.bundle)
    permitted.check_licence_known(bundle, draft.phases)
    reorderings = reordering.of_change(draft.competition, draft.phases, bundle, now)
    if intent.is_preview:
        effects = reordering.effects(reorderings)
        return replace(_answer(draft, effects), ranking=_ranking(draft, bundle, path, now))
    if not intent.is_confirmed:
        permitted.check_nothing_lost(reorderings)
    if content is not None:
        names[file] = draft.add(pages.text(draft.competition.id, content["content"], content["format"], now))
    placed = _place(replace(bundle, assets=draft.bundle.assets), names, _refs(draft) | taken.files, draft.placed)
    _check_lent(draft, bundle, placed, readable)
    made = _make(draft, taken, now)
    try:
        entry = _entry(draft, placed, account, now)
        _write(draft, bundle, placed, reorderings, made, entry, now)
    except Outdated:
        if made:
            cleanup.clear(made, now)
        raise
    return show(draft.competition.id, account)


def _ranking(draft: Draft, bundle: Bundle, path: Path, now: datetime) -> responses.RankedPreview | None:
    """The rows of a board that is changed, or whose columns are; one that is taken out has none."""
    if path.part != "leaderboards" or path.index is None or len(bundle.leaderboards) < len(draft.bundle.leaderboards):
        return None
    return previewing.of_change(draft.competition, draft.phases, bundle, path.index, now)


def _judge(draft: Draft, names: Mapping[str, Ref], path: Path) -> Reading:
    reading = check_values(draft.document, names, draft.bundle)
    if reading.errors:
        # First what was changed; what does not fit to it elsewhere follows.
        ordered = sorted(reading.errors, key=lambda one: not one.key.startswith(path.place))
        raise Invalid(
            _UNFIT,
            [Complaint(one.key, as_sentence(one.message)) for one in ordered],
        )
    if reading.bundle and (lacking := parts.solutions_without_files(draft.document, reading.bundle)):
        raise Invalid(_UNFIT, lacking)
    return reading


def _check_opens(draft: Draft, reading: Reading, path: Path) -> None:
    """A bundle may bring a phase that never opens. Who edits one into that has mistaken a date. Raises Invalid."""
    assert reading.bundle is not None
    shut = {phase.index for phase in draft.bundle.phases if rules.never_opens(phase)}
    if path.kind is model.Phase and any(rules.never_opens(one) and one.index not in shut for one in reading.bundle.phases):
        message = say(
            "phase_ends_early",
            "The phase would end before it begins. Write an `end` after its `start`; `paused` keeps a phase shut.",
        )
        raise Invalid(_UNFIT, [Complaint(f"{path.place}.end", message)])


def _check_slug(draft: Draft, reading: Reading) -> None:
    """Raise Invalid for a slug that the competition cannot have."""
    assert reading.bundle is not None
    if fault := slugs.fault_of_change(draft.competition, reading.bundle.slug):
        raise Invalid(_UNFIT, [Complaint("agon.slug", fault)])


def _taken(draft: Draft, reading: Reading, account: Account) -> references.Known:
    """What the settings name, the account may use, and the competition has not got. Raises Invalid."""
    has = {*_refs(draft), *draft.bundle.queues}
    asked = replace(reading, keys=tuple(use for use in reading.keys if use.key not in has))
    found, complaints = references.look_up(asked, account.id)
    if complaints:
        raise Invalid(
            say("named_unusable", "Something that is named cannot be used."),
            [Complaint(one.key, as_sentence(one.message)) for one in complaints],
        )
    return found


def _check_lent(draft: Draft, bundle: Bundle, placed: Placed, readable: Collection[str]) -> None:
    """Raise Invalid when a file of somebody else's task would be read by other eyes or programs than its owner meant."""
    organizers = draft.competition.organizer_ids
    found = lending.check_edit((draft.bundle, draft.placed), (bundle, placed), readable, organizers)
    if found:
        raise Invalid(
            say("lent_files_unusable", "Files of somebody else's task cannot be used so: correct what is named."), found
        )


def _refs(draft: Draft) -> dict[str, Ref]:
    """The datasets that the competition has, by their ids."""
    return {ref["dataset"]: ref for ref in definition.datasets_of(draft.placed)}


def _make(draft: Draft, taken: references.Known, now: datetime) -> Orphan | None:
    """Store and note what the change needs, all of which goes again should the change come to nothing."""
    if not (draft.files or taken.files or taken.queues):
        return None
    id_ = draft.competition.id
    uses = [Use(dataset, datasets.COMPETITION, id_) for dataset in taken.files]
    queue_uses = {queue: id_ for queue in taken.queues if not queues.is_noted(queue, id_)}
    texts = [file.ref["object_key"] for file in draft.files]
    made = orphans.new(ids.new(now), now, texts, datasets.unnoted(uses), queue_uses)
    writes.put(made)
    for file in draft.files:
        pages.store(file)
    for use in uses:
        datasets.use(*use)
    for queue in taken.queues:
        queues.use(queue, id_)
    return made


def _place(bundle: Bundle, names: Mapping[str, Ref], known: Mapping[str, Ref], former: Placed) -> Placed:
    refs: dict[str, Ref] = {piece.place: {**names[piece.path], "file": piece.path} for piece in bundle_files.texts(bundle)}
    placed = bundle_files.placed(bundle, refs, known)
    placed.task_ids = {
        index: id_ for index, id_ in former.task_ids.items() if placed.tasks.get(index) == former.tasks.get(index)
    }
    placed.task_ids |= {task.index: task.key for task in bundle.tasks if task.key}
    return placed


def _entry(draft: Draft, placed: Placed, account: Account, now: datetime) -> AuditEntry:
    """The record of an edit: which keys said something else. Of a text or a logo, the sha256 of its file."""
    before, after = differences.told(differences.between(draft.former, draft.document))
    files = (("terms", draft.competition.terms, placed.terms), ("image", draft.competition.logo, placed.logo))
    for key, former, ref in files:
        if (was := _sha256(former)) != (is_now := _sha256(ref)):
            before[key], after[key] = was, is_now
    return audit_log.entry_about(draft.competition.id, None, "edited", before, after, "", account, now)


def _sha256(ref: Ref | None) -> str | None:
    return ref["sha256"] if ref else None


def _write(
    draft: Draft,
    bundle: Bundle,
    placed: Placed,
    reorderings: Sequence[Reordering],
    made: Orphan | None,
    entry: AuditEntry,
    now: datetime,
) -> None:
    competition, before = draft.competition, {phase.id: phase for phase in draft.phases}
    attributes = definition.competition_of(bundle, placed)
    changed = {name: value for name, value in attributes.items() if _is_other(value, getattr(competition, name))}
    phases = definition.phases_of(competition.id, bundle, placed)
    new = [phase for phase in phases if phase.id not in before or _plain(phase) != _plain(before[phase.id])]
    gone = [phase for phase in draft.phases if phase.id not in {phase.id for phase in phases}]
    is_shown_anew = "leaderboards" in changed or _grouped(bundle) != _grouped(draft.bundle)
    boards = [one.id for one in phases] if is_shown_anew else reordering.stirred(reorderings, before, new)
    jobs = [reordering.job(one.phase.id, now) for one in reorderings]
    replaced = references.replaced(competition, draft.phases, bundle, placed, now)
    competitions.change(competition, Change(changed, new, gone, boards, jobs, made, replaced), entry, now)
    for job in jobs:
        messages.send_phase_job(job.id)
    for phase in boards:
        messages.send_rebuild(phase)
    for queue in {*draft.bundle.queues} - {*bundle.queues}:
        queues.no_longer_use(queue, competition.id)


def _is_other(value: Any, former: Any) -> bool:
    """The order of keys counts: questions are asked in it."""
    return value != former or json.dumps(value, default=str) != json.dumps(former, default=str)


def _grouped(bundle: Bundle) -> set[str]:
    """The groups that have boards of their own."""
    return {group.key for group in bundle.groups if group.board}


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
        raise Conflict(
            say("phase_not_last", "Only the last phase can be removed: the submissions of later ones go by their numbers.")
        )
    if submissions.of_phase(phase.id, None, 1)[0]:
        raise Conflict(say("phase_has_submissions", "This phase has submissions, so it stays. Give it an `end` instead."))


def _answer(draft: Draft, effects: Sequence[responses.BoardEffect] = ()) -> responses.Settings:
    return responses.Settings(int(draft.competition.revision), draft.document, list(effects))
