"""Programs, data and solutions as stored: files that never change, and who uses them."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import PutError, TransactWriteError, UpdateError
from pynamodb.transactions import TransactWrite

from chalicelib.errors import Conflict
from chalicelib.store import table
from chalicelib.store.library import uploads
from chalicelib.store.library.uploads import Upload

PRIVATE, SHARED, PUBLIC = "private", "shared", "public"
#: What is about to go.
REMOVED = "removed"
TYPES = (
    "scoring_program",
    "ingestion_program",
    "reference_data",
    "input_data",
    "starting_kit",
    "public_data",
    "solution",
)
LISTED = "DATASETS"
#: Who uses datasets.
COMPETITION, TASK = "competition", "task"


class Dataset(table.Item, discriminator="dataset"):
    """One archive. Its content is fixed, so whatever names it by id has named a version. `uses` counts its DatasetUses."""

    id = UnicodeAttribute()
    type = UnicodeAttribute()
    name = UnicodeAttribute()
    description = UnicodeAttribute(default="")
    owner = UnicodeAttribute()
    owner_name = UnicodeAttribute()
    visibility = UnicodeAttribute(default=PRIVATE)
    shared_with = UnicodeSetAttribute(null=True)
    licence = UnicodeAttribute(default="")
    filename = UnicodeAttribute()
    object_key = UnicodeAttribute()
    size_bytes = NumberAttribute()
    sha256 = UnicodeAttribute()
    uses = NumberAttribute(default=0)
    created_at = UTCDateTimeAttribute()


class DatasetUse(table.Item, discriminator="dataset_use"):
    """A competition or a task that uses a dataset."""

    dataset = UnicodeAttribute()
    user_kind = UnicodeAttribute()
    user_id = UnicodeAttribute()


class Use(NamedTuple):
    """Who uses what, before it is stored."""

    dataset: str
    user_kind: str
    user_id: str


def key(dataset: str) -> table.Key:
    return f"DATASET#{dataset}", "DATASET"


def use_key(dataset: str, user_kind: str, user_id: str) -> table.Key:
    return f"DATASET#{dataset}", f"USE#{user_kind}#{user_id}"


def owner_key(account: str) -> str:
    return f"DATASETS#{account}"


def is_usable(item: "Dataset", account: str, is_admin: bool = False) -> bool:
    """True for what is the account's own, shared with it, or public."""
    shared = item.visibility == SHARED and account in (item.shared_with or ())
    if item.visibility == REMOVED:
        return False
    return is_admin or item.owner == account or item.visibility == PUBLIC or shared


def usable(ids: Collection[str], account: str, is_admin: bool = False) -> dict[str, Dataset]:
    """Those of the datasets that the account may use, by id: one call for each hundred."""
    items = table.fetch_many(key(id_) for id_ in sorted(set(ids)))
    found = [item for item in items if isinstance(item, Dataset) and is_usable(item, account, is_admin)]
    return {item.id: item for item in found}


def of_owner(account: str, before: str | None, limit: int) -> tuple[list[Dataset], str | None]:
    """One page of an account's datasets, newest first."""
    return table.newest_owned(Dataset, owner_key(account), before, limit)


def public(before: str | None, limit: int) -> tuple[list[Dataset], str | None]:
    """One page of the public datasets, newest first."""
    return table.newest_listed(Dataset, LISTED, before, limit)


def uses_of(dataset: str) -> list[DatasetUse]:
    """Every user of a dataset."""
    pk, _ = key(dataset)
    return list(DatasetUse.query(pk, DatasetUse.sk.startswith("USE#")))


def unnoted(uses: Collection[Use]) -> list[Use]:
    """Those of the uses that are not stored: one call for each hundred."""
    found = {(item.pk, item.sk) for item in table.fetch_many(use_key(*use) for use in sorted(set(uses)))}
    return [use for use in sorted(set(uses)) if use_key(*use) not in found]


def list_if_public(dataset: Dataset) -> None:
    """Before it is stored: a public dataset stands in the list of those."""
    if dataset.visibility == PUBLIC:
        dataset.list_pk, dataset.list_sk = LISTED, dataset.id


def create_from(dataset: Dataset, upload: Upload) -> None:
    """Store a dataset and use its upload, in one transaction. Raises Conflict when it was used, or not committed."""

    def compose(write: TransactWrite) -> None:
        write.save(dataset, condition=Dataset.pk.does_not_exist())
        uploads.using(write, upload)

    try:
        table.commit(compose)
    except TransactWriteError as error:
        raise Conflict("This upload was used already, or not committed. Begin a new one.") from error


def change(dataset: Dataset, changes: Mapping[str, Any]) -> None:
    """Say other things of a dataset. Its file stays what it is."""
    dataset.update(actions=table.setting(Dataset, changes, LISTED, dataset.id), condition=Dataset.pk.exists())


def begin_removal(dataset: Dataset, wake_at: datetime) -> bool:
    """Nobody can use it from now on. False when somebody does."""
    actions = [Dataset.visibility.set(REMOVED), Dataset.owner_pk.remove(), Dataset.list_pk.remove()]
    try:
        dataset.update(actions=[*actions, *Dataset.waking_at(wake_at)], condition=Dataset.uses == 0)
    except UpdateError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise
        return False
    return True


def create(dataset: Dataset) -> None:
    """Store a dataset, unless it is there already: who repeats an import must not reset its uses."""
    try:
        dataset.save(condition=Dataset.pk.does_not_exist())
    except PutError as error:
        if error.cause_response_code != "ConditionalCheckFailedException":
            raise


def using(write: TransactWrite, dataset: str, user_kind: str, user_id: str) -> None:
    """Within a transaction: note a new user of a dataset. Fails when it is noted already, or the dataset is gone."""
    use = DatasetUse(*use_key(dataset, user_kind, user_id), dataset=dataset, user_kind=user_kind, user_id=user_id)
    write.save(use, condition=DatasetUse.pk.does_not_exist())
    there = Dataset.pk.exists() & (Dataset.visibility != REMOVED)
    write.update(Dataset(*key(dataset)), actions=[Dataset.uses.add(1)], condition=there)


def creating(write: TransactWrite, dataset: Dataset, user_kind: str, user_id: str) -> None:
    """Within a transaction: store a dataset together with what it is made for."""
    dataset.uses = 1
    write.save(dataset, condition=Dataset.pk.does_not_exist())
    use = DatasetUse(*use_key(dataset.id, user_kind, user_id), dataset=dataset.id, user_kind=user_kind, user_id=user_id)
    write.save(use)


def no_longer_using(write: TransactWrite, dataset: str, user_kind: str, user_id: str) -> None:
    """Within a transaction: forget a user of a dataset. Fails when it is none."""
    write.delete(DatasetUse(*use_key(dataset, user_kind, user_id)), condition=DatasetUse.pk.exists())
    write.update(Dataset(*key(dataset)), actions=[Dataset.uses.add(-1)], condition=Dataset.pk.exists())


def use(dataset: str, user_kind: str, user_id: str) -> None:
    """Note a user of a dataset, once however often it is said."""
    try:
        table.commit(lambda write: using(write, dataset, user_kind, user_id))
    except TransactWriteError as error:
        if not table.failed_conditions(error) or use_key(dataset, user_kind, user_id) not in table.fetch(
            use_key(dataset, user_kind, user_id)
        ):
            raise


def no_longer_use(dataset: str, user_kind: str, user_id: str) -> None:
    """Forget a user of a dataset, once however often it is said."""
    try:
        table.commit(lambda write: no_longer_using(write, dataset, user_kind, user_id))
    except TransactWriteError as error:
        if not table.failed_conditions(error):
            raise


def remove(dataset: str, *uses: tuple[str, str]) -> None:
    """Forget a dataset that came to nothing, with its users. It is no error when it is gone."""
    for user_kind, user_id in uses:
        DatasetUse(*use_key(dataset, user_kind, user_id)).delete()
    Dataset(*key(dataset)).delete()
