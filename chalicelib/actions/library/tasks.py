"""The task bank: tasks that stand by themselves, for any competition that may use them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from chalicelib import ids, requests, responses, settings
from chalicelib.actions.events import acts
from chalicelib.actions.library import cleanup
from chalicelib.actions.library import uploads as uploading
from chalicelib.actions.library.bundle_files import Piece, Source
from chalicelib.actions.library.references import ref_of
from chalicelib.aws import object_keys, objects
from chalicelib.aws.streams import Stream
from chalicelib.contract import limits
from chalicelib.contract.archives import BUNDLE, Refused
from chalicelib.domain.bundle import archive
from chalicelib.domain.bundle import dump as dumping
from chalicelib.domain.bundle.check import TASK_NAMES, check_task, check_task_values, find_manifest
from chalicelib.domain.bundle.model import DatasetKey
from chalicelib.domain.bundle.reading import TaskReading
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Complaint, Conflict, Invalid, NotAllowed, NotFound, TooLarge, as_sentence, say
from chalicelib.store import table, writes
from chalicelib.store.competitions.definition import TASK_FILES, Ref, task_of, task_settings
from chalicelib.store.library import datasets, orphans, shares, tasks, uploads
from chalicelib.store.library.datasets import Dataset
from chalicelib.store.library.tasks import Bundled, Task
from chalicelib.store.library.uploads import Upload
from chalicelib.store.writes import Composer

PAGE_SIZE = 50
#: A task's bundle is unpacked while its sender waits. What is larger goes up as datasets, one by one.
MAX_BUNDLE_BYTES = 100 * 1024**2
_NO_TASK = say("no_task", "There is no such task. Look at your tasks for its id.")


def create(account: Account, body: requests.NewTask, now: datetime) -> responses.Task:
    """Make a task of datasets that one may use. Raises Invalid with a complaint for each field."""
    task = _task(account, body.name, body.description, body.visibility, now)
    task.files = _refs(body.files, account)
    task.settings = _settings(body.settings, task.files)
    tasks.list_if_public(task)
    tasks.create(task, acts.along_of_owner(account.id, "task_made", account, now, after=_thing(task)))
    return _in_full(task)


def create_from_bundle(account: Account, body: requests.BundleUpload, now: datetime) -> responses.Task:
    """Make a task of an uploaded archive with a `task.yaml` (FORMATS 1.4). Raises NotFound, Invalid, Conflict, TooLarge."""
    upload = uploads.find(body.upload, account.id)
    if upload.purpose not in ("bundle", "dataset"):
        raise Invalid(say("upload_no_task", "Begin the upload with the purpose `bundle`."))
    if upload.state != uploads.COMMITTED:
        raise Conflict(
            say("task_upload_state", "This upload is {state}. Commit it first, or begin a new one.", state=upload.state)
        )
    if int(upload.size_bytes) > MAX_BUNDLE_BYTES:
        raise TooLarge(
            say(
                "task_bundle_large",
                "A task's bundle may have {most:,} bytes. Send its files as datasets instead.",
                most=MAX_BUNDLE_BYTES,
            )
        )
    task = _task(account, "", "", tasks.PRIVATE, now)
    with objects.opened(settings.get().files_bucket, upload.object_key) as content:
        bundled = _fill(task, archive.inspect(content, BUNDLE), upload, account, now)
    tasks.list_if_public(task)
    tasks.create(task, acts.along_of_owner(account.id, "task_made", account, now, after=_thing(task)), bundled)
    # What it held lies in datasets now.
    uploading.finish_removal(upload, now)
    return _in_full(task)


def list_mine(account: Account, before: str | None) -> responses.Tasks:
    """One page of the account's own tasks, newest first."""
    found, following = tasks.of_owner(account.id, before, PAGE_SIZE)
    return responses.Tasks([answer(task) for task in found], following)


def list_public(before: str | None) -> responses.Tasks:
    """One page of what everybody may use, newest first."""
    found, following = tasks.public(before, PAGE_SIZE)
    return responses.Tasks([answer(task) for task in found], following)


def list_shared(account: Account, before: str | None) -> responses.Tasks:
    """One page of what others share with the account, newest first."""
    found, following = shares.with_account(shares.TASKS, Task, account.id, before, PAGE_SIZE)
    usable = [task for task in found if tasks.is_usable(task, account.id)]
    return responses.Tasks([answer(task) for task in usable], following)


def show(task_id: str, account: Account) -> responses.Task:
    """One task. Raises NotFound."""
    return _in_full(_usable(task_id, account))


def change(task_id: str, account: Account, body: requests.ChangeTask, now: datetime) -> responses.Task:
    """Change a task. Other files or settings make a new version; competitions keep theirs. Raises NotFound, NotAllowed."""
    task = _own(task_id, account)
    changes = body.model_dump(exclude_unset=True, exclude={"files", "settings"})
    if body.files is not None:
        kept = {kind: ref for kind, ref in task.files.items() if kind not in body.files}
        changes["files"] = {**kept, **_refs(body.files, account)}
        _check_scored(changes["files"], task.settings if body.settings is None else body.settings.get("agon", {}))
    if body.settings is not None:
        changes["settings"] = _settings(body.settings, changes.get("files", task.files))
    if body.shared_with is not None:
        shares.change(shares.TASKS, Task.at(task.id), task.id, task.shared_with or (), body.shared_with)
    told = _changed(task, changes, account, now)
    tasks.change(task, changes, now, told)
    return _in_full(_own(task_id, account))


def remove(task_id: str, account: Account, now: datetime) -> responses.Empty:
    """Take a task out of the bank. Competitions that took it keep their copy. Raises NotFound, NotAllowed."""
    task = _own(task_id, account)
    shares.change(shares.TASKS, Task.at(task.id), task.id, task.shared_with or (), ())
    tasks.take_out(task, acts.along_of_owner(task.owner, "task_removed", account, now, before=_thing(task)))
    return responses.Empty()


def answer(task: Task) -> responses.Task:
    """A task as people see it."""
    described = dumping.dump_task(task_of(task.settings, {}))
    return responses.Task(
        id=task.id,
        version=int(task.version),
        name=task.name,
        description=task.description,
        owner=task.owner_name,
        visibility=task.visibility,  # type: ignore[arg-type]
        files={kind: responses.UsedFile(ref["dataset"], ref["sha256"]) for kind, ref in task.files.items()},
        settings={key: value for key, value in described.items() if key not in ("index", "name", "description")},
        validated=task.validated_by is not None,
        created_at=task.created_at,
        updated_at=task.updated_at,
    )


def _thing(task: Task) -> dict[str, str]:
    return {"task": task.id, "name": task.name}


def _changed(task: Task, changes: Mapping[str, Any], account: Account, now: datetime) -> Composer:
    """The record of a change; of files, which datasets they are."""

    def said(values: Mapping[str, Any]) -> dict[str, Any]:
        files = {"files": {kind: ref["dataset"] for kind, ref in values["files"].items()}} if "files" in values else {}
        return {**values, **files}

    former = said(task.attribute_values)
    return acts.change_of_owner(task.owner, "task_changed", account, now, _thing(task), former, said(changes))


def _in_full(task: Task) -> responses.Task:
    """A task, with what who may use it may not read: a call more."""
    found = {one.id: one for one in table.read_many(Dataset.at(ref["dataset"]) for ref in task.files.values())}
    readers = {kind: found.get(ref["dataset"]) for kind, ref in task.files.items()}
    lends = [kind for kind, dataset in readers.items() if not _is_as_open(task, dataset)]
    return replace(answer(task), lends=lends)


def _is_as_open(task: Task, dataset: Dataset | None) -> bool:
    """True when whoever may use the task may read the dataset, too."""
    if dataset is None or task.visibility == tasks.PRIVATE:
        return dataset is not None
    if dataset.visibility == datasets.PUBLIC or task.visibility == tasks.PUBLIC:
        return dataset.visibility == datasets.PUBLIC
    return all(datasets.is_usable(dataset, account) for account in task.shared_with or ())


def _task(account: Account, name: str, description: str, visibility: str, now: datetime) -> Task:
    id_ = ids.new(now)
    return Task(
        *Task.at(id_),
        id=id_,
        name=name,
        description=description,
        owner=account.id,
        owner_name=account.username,
        visibility=visibility,
        created_at=now,
        updated_at=now,
        owner_pk=tasks.owner_key(account.id),
        owner_sk=id_,
    )


def _fill(task: Task, contents: archive.Contents, upload: Upload, account: Account, now: datetime) -> Bundled:
    """Read a task's archive, and make datasets of its files."""
    manifest, prefix, remarks = find_manifest(contents.names, TASK_NAMES)
    if contents.errors or manifest is None or contents.archive is None:
        raise _refusal([*contents.errors, *remarks])
    text = contents.read(manifest, limits.MANIFEST_BYTES + 1)
    if not isinstance(text, bytes):
        raise _refusal([text])
    reading = check_task(text, contents.names, manifest, prefix)
    if reading.task is None:
        raise _refusal(reading.errors)
    described, source = reading.task, Source(contents.archive, prefix)
    task.name, task.description, task.settings = described.name, described.description, task_settings(described)
    task.visibility = tasks.PUBLIC if reading.is_public else tasks.PRIVATE
    task.files = _taken(reading, account)
    paths = {kind: getattr(described, kind) for kind in TASK_FILES}
    pieces = [Piece(kind, kind, 0, path) for kind, path in paths.items() if path and not isinstance(path, DatasetKey)]
    made = orphans.new(task.id, now, [_key(task, piece) for piece in pieces])
    writes.put(made)
    try:
        new = [_dataset(task, piece, source, account, now) for piece in pieces]
    except Invalid:
        cleanup.clear(made, now)
        raise
    task.files |= {dataset.type: ref_of(dataset) for dataset in new}
    return Bundled(new, made, upload, now + uploading.REMOVAL_OVERDUE)


def _taken(reading: TaskReading, account: Account) -> dict[str, Ref]:
    found = datasets.usable([use.key for use in reading.keys], account.id, account.is_admin)
    missing = [use for use in reading.keys if use.key not in found]
    if missing:
        raise _refusal([reading.complaint(use.place, "There is no such dataset that you may use.") for use in missing])
    return {use.kind: ref_of(found[use.key]) for use in reading.keys}


def _key(task: Task, piece: Piece) -> str:
    return object_keys.dataset(ids.derived(task.id, piece.kind))


def _dataset(task: Task, piece: Piece, source: Source, account: Account, now: datetime) -> Dataset:
    """Copy a file of the archive to its own object: a dataset that is not stored yet. Raises Invalid."""
    id_, bucket = ids.derived(task.id, piece.kind), settings.get().files_bucket
    with Stream(bucket, _key(task, piece)) as target:
        try:
            size = source.copy(piece, target)
        except Refused as error:
            raise Invalid(
                say("member_damaged", "`{path}` is damaged in the archive. Zip it again.", path=piece.path[:100])
            ) from error
        target.finish()
    with objects.opened(bucket, _key(task, piece), size["size_bytes"]) as content:
        if errors := archive.inspect(content).errors:
            raise _refusal([replace(one, message=f"In `{piece.path[:100]}`: {one.message}") for one in errors])
    return Dataset(
        *Dataset.at(id_),
        id=id_,
        type=piece.kind,
        name=f"{task.name}: {piece.kind.replace('_', ' ')}"[:100],
        owner=account.id,
        owner_name=account.username,
        filename=f"{piece.kind}.zip",
        object_key=_key(task, piece),
        size_bytes=size["size_bytes"],
        sha256=size["sha256"],
        created_at=now,
        owner_pk=datasets.owner_key(account.id),
        owner_sk=id_,
    )


def _refs(files: Mapping[Any, str], account: Account) -> dict[str, Ref]:
    found = datasets.usable(list(files.values()), account.id, account.is_admin)
    wrong = [kind for kind, id_ in files.items() if id_ not in found or found[id_].type != kind]
    if wrong:
        message = say("no_dataset_of_type", "There is no dataset of this type with this id that you may use.")
        raise Invalid(
            say("dataset_unusable", "A dataset cannot be used."), [Complaint(f"files.{kind}", message) for kind in wrong]
        )
    return {kind: ref_of(found[id_]) for kind, id_ in files.items()}


def _check_scored(files: Mapping[str, Ref], extended: Any) -> None:
    """Somebody must score: a program, or people."""
    if "scoring_program" not in files and not (isinstance(extended, Mapping) and extended.get("judging")):
        complaint = Complaint(
            "files.scoring_program", say("scoring_program_needed", "Name the dataset of the scoring program.")
        )
        raise Invalid(say("task_without_program", "A task needs a scoring program, unless people judge."), [complaint])


def _settings(given: Mapping[str, Any], files: Mapping[str, Ref]) -> dict[str, Any]:
    """A task's settings, judged by the reader of task bundles. Raises Invalid."""
    _check_scored(files, given.get("agon", {}))
    program = {"scoring_program": {"zip": "x.zip"}} if "scoring_program" in files else {}
    reading = check_task_values({"name": "x", "description": "x", **program, **given}, ["x.zip"])
    if reading.task is None or any("no key that is read" in one.message for one in reading.warnings):
        complaints = [*reading.errors, *reading.warnings]
        raise Invalid(
            say("task_settings_unfit", "The settings do not fit."),
            [Complaint(f"settings.{one.key}", as_sentence(one.message)) for one in complaints],
        )
    return task_settings(reading.task)


def _refusal(complaints: Any) -> Invalid:
    places = [Complaint(one.key or one.file or "bundle", as_sentence(one.message)) for one in complaints]
    return Invalid(say("task_archive_refused", "This archive is no task that can be used: correct what is named."), places)


def _usable(task_id: str, account: Account) -> Task:
    (task,) = table.read(Task.at(task_id))
    if task is None or not tasks.is_usable(task, account.id, account.is_admin):
        raise NotFound(_NO_TASK)
    return task


def _own(task_id: str, account: Account) -> Task:
    task = _usable(task_id, account)
    if task.owner != account.id and not account.is_admin:
        raise NotAllowed(say("task_of_others", "Only its owner may do this with a task."))
    return task
