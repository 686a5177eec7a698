"""The library of datasets: programs, data and solutions, each a file that never changes."""

from datetime import datetime, timedelta

from chalicelib import ids, requests, responses, settings
from chalicelib.actions.events import acts
from chalicelib.actions.library import uploads as uploading
from chalicelib.aws import object_keys, objects
from chalicelib.contract.archives import HANDED_OUT, UNPACKED
from chalicelib.domain.bundle import archive
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Complaint, Invalid, NotAllowed, NotFound, as_sentence, say
from chalicelib.store import table
from chalicelib.store.competitions.definition import HANDOUTS
from chalicelib.store.library import datasets, shares, uploads
from chalicelib.store.library.datasets import Dataset
from chalicelib.store.library.uploads import Upload

PAGE_SIZE = 50
URL_SECONDS = 300
#: What a removal leaves to the sweeper when it breaks off.
REMOVAL_OVERDUE = timedelta(minutes=1)


def create(account: Account, body: requests.NewDataset, now: datetime) -> responses.Dataset:
    """Keep an upload as a dataset: two calls, and a look at the archive. Raises NotFound, Invalid, Conflict."""
    upload = uploads.find(body.upload, account.id)
    if upload.purpose != "dataset":
        raise Invalid(say("upload_no_dataset", "Begin the upload with the purpose `dataset`."))
    if upload.state == uploads.COMMITTED:
        _check_archive(upload, body.type)
    dataset = new(account, upload, body, now)
    told = acts.along_of_owner(account.id, "dataset_made", account, now, after=_thing(dataset))
    datasets.create_from(dataset, upload, told)
    return answer(dataset)


def list_mine(account: Account, before: str | None) -> responses.Datasets:
    """One page of the account's own datasets, newest first."""
    found, following = datasets.of_owner(account.id, before, PAGE_SIZE)
    return responses.Datasets([answer(dataset) for dataset in found], following)


def list_public(before: str | None) -> responses.Datasets:
    """One page of what everybody may use, newest first."""
    found, following = datasets.public(before, PAGE_SIZE)
    return responses.Datasets([answer(dataset) for dataset in found], following)


def list_shared(account: Account, before: str | None) -> responses.Datasets:
    """One page of what others share with the account, newest first."""
    found, following = shares.with_account(shares.DATASETS, Dataset, account.id, before, PAGE_SIZE)
    usable = [dataset for dataset in found if datasets.is_usable(dataset, account.id)]
    return responses.Datasets([answer(dataset) for dataset in usable], following)


def show(dataset_id: str, account: Account) -> responses.DatasetInFull:
    """One dataset, and who uses it: two calls. Raises NotFound."""
    dataset = _usable(dataset_id, account)
    is_mine = account.is_admin or dataset.owner == account.id
    uses = datasets.uses_of(dataset.id) if is_mine else []
    used_by = [responses.Use(use.user_kind, use.user_id) for use in uses]  # type: ignore[arg-type]
    return responses.DatasetInFull(answer(dataset), sorted(dataset.shared_with or ()) if is_mine else [], used_by)


def file(dataset_id: str, account: Account) -> responses.Download:
    """A signed URL of the file. Raises NotFound."""
    dataset = _usable(dataset_id, account)
    url = objects.get_url(settings.get().files_bucket, dataset.object_key, dataset.filename, URL_SECONDS)
    return responses.Download(url)


def change(dataset_id: str, account: Account, body: requests.ChangeDataset, now: datetime) -> responses.Dataset:
    """Change what is said of a dataset, or who may use it. Raises NotFound, NotAllowed."""
    dataset = _own(dataset_id, account)
    if body.shared_with is not None:
        before = dataset.shared_with or ()
        shares.change(shares.DATASETS, Dataset.at(dataset.id), dataset.id, before, body.shared_with)
    changes = body.model_dump(exclude_unset=True)
    former = dataset.attribute_values
    told = acts.change_of_owner(dataset.owner, "dataset_changed", account, now, _thing(dataset), former, changes)
    datasets.change(dataset, changes, told)
    return answer(dataset)


def remove(dataset_id: str, account: Account, now: datetime) -> responses.Empty:
    """Remove a dataset that nothing uses. Raises NotFound, NotAllowed, Conflict."""
    dataset = _own(dataset_id, account)
    told = acts.along_of_owner(dataset.owner, "dataset_removed", account, now, before=_thing(dataset))
    datasets.begin_removal(dataset, now + REMOVAL_OVERDUE, told)
    finish_removal(dataset)
    return responses.Empty()


def finish_removal(dataset: Dataset) -> None:
    """Delete a dataset's file, then its row: until then the sweeper comes back to it."""
    uploading.let_go(dataset.object_key, dataset.created_at)
    shares.change(shares.DATASETS, Dataset.at(dataset.id), dataset.id, dataset.shared_with or (), ())
    # What was sent is counted by its upload.
    was_sent = object_keys.upload_of(dataset.object_key) is not None
    datasets.forget(dataset, 0 if was_sent else int(dataset.size_bytes))


def new(account: Account, upload: Upload, body: requests.NewDataset, now: datetime) -> Dataset:
    """A dataset of an upload."""
    id_ = ids.new(now)
    dataset = Dataset(
        *Dataset.at(id_),
        id=id_,
        type=body.type,
        name=body.name,
        description=body.description,
        owner=account.id,
        owner_name=account.username,
        visibility=body.visibility,
        licence=body.licence,
        filename=upload.filename,
        object_key=upload.object_key,
        size_bytes=upload.size_bytes,
        sha256=upload.sha256,
        created_at=now,
        owner_pk=datasets.owner_key(account.id),
        owner_sk=id_,
    )
    datasets.list_if_public(dataset)
    return dataset


def answer(dataset: Dataset) -> responses.Dataset:
    """A dataset as people see it."""
    return responses.Dataset(
        id=dataset.id,
        type=dataset.type,  # type: ignore[arg-type]
        name=dataset.name,
        description=dataset.description,
        owner=dataset.owner_name,
        visibility=dataset.visibility,  # type: ignore[arg-type]
        licence=dataset.licence,
        size_bytes=int(dataset.size_bytes),
        sha256=dataset.sha256,
        uses=int(dataset.uses),
        created_at=dataset.created_at,
    )


def _thing(dataset: Dataset) -> dict[str, str]:
    return {"dataset": dataset.id, "name": dataset.name}


def _check_archive(upload: Upload, kind: str) -> None:
    """What no runner would unpack, or no import of a dump would take, is not kept. Raises Invalid."""
    with objects.opened(settings.get().files_bucket, upload.object_key) as content:
        errors = archive.inspect(content, HANDED_OUT if kind in HANDOUTS else UNPACKED).errors
    if errors:
        raise Invalid(
            say("archive_refused", "This archive is not kept: correct it."),
            [Complaint(one.file or "upload", as_sentence(one.message)) for one in errors],
        )


def _usable(dataset_id: str, account: Account) -> Dataset:
    (dataset,) = table.read(Dataset.at(dataset_id))
    if dataset is None or not datasets.is_usable(dataset, account.id, account.is_admin):
        raise NotFound(datasets.NO_DATASET)
    return dataset


def _own(dataset_id: str, account: Account) -> Dataset:
    dataset = _usable(dataset_id, account)
    if dataset.owner != account.id and not account.is_admin:
        raise NotAllowed(say("dataset_of_others", "Only its owner may do this with a dataset."))
    return dataset
