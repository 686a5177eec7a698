"""Programs, data and solutions as stored: files that never change, and who uses them."""

from collections.abc import Collection, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any, NamedTuple

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute, UTCDateTimeAttribute

from chalicelib.domain.metering import room
from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import table, writes
from chalicelib.store.library import uploads
from chalicelib.store.library.uploads import NOT_READY, Kept, Upload
from chalicelib.store.metering import storage
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import Action, Composer, ConditionFailed, Transaction

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
NO_DATASET = say("no_dataset", "There is no such dataset. Look at your datasets for its id.")
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

    @classmethod
    def at(cls, dataset: str) -> Place["Dataset"]:
        """The place of a dataset."""
        return Place(cls, f"DATASET#{dataset}", "DATASET")


class DatasetUse(table.Item, discriminator="dataset_use"):
    """A competition or a task that uses a dataset."""

    dataset = UnicodeAttribute()
    user_kind = UnicodeAttribute()
    user_id = UnicodeAttribute()

    @classmethod
    def at(cls, dataset: str, user_kind: str, user_id: str) -> Place["DatasetUse"]:
        """The place where it is noted that somebody uses a dataset."""
        return Place(cls, f"DATASET#{dataset}", f"USE#{user_kind}#{user_id}")


class Use(NamedTuple):
    """A use of a dataset, before it is stored."""

    dataset: str
    user_kind: str
    user_id: str


def owner_key(account: str) -> str:
    return f"DATASETS#{account}"


def is_usable(item: "Dataset", account: str, is_admin: bool = False) -> bool:
    """True for what is the account's own, shared with it, or public."""
    shared = item.visibility == SHARED and account in (item.shared_with or ())
    if item.visibility == REMOVED:
        return False
    return is_admin or item.owner == account or item.visibility == PUBLIC or shared


def usable(ids: Collection[str], account: str, is_admin: bool = False) -> dict[str, Dataset]:
    """The ones of the datasets that the account may use, by id: one call for each hundred."""
    found = table.read_many(Dataset.at(id_) for id_ in sorted(set(ids)))
    return {item.id: item for item in found if is_usable(item, account, is_admin)}


def lent(ids: Collection[str], accounts: Collection[str]) -> set[str]:
    """The ones of the datasets that none of the accounts may read, also what is gone: one call for each hundred."""
    found = table.read_many(Dataset.at(id_) for id_ in sorted(set(ids)))
    return set(ids) - {item.id for item in found if any(is_usable(item, account) for account in accounts)}


def of_owner(account: str, before: str | None, limit: int) -> tuple[list[Dataset], str | None]:
    """One page of an account's datasets, newest first."""
    return table.newest_owned(Dataset, owner_key(account), before, limit)


def public(before: str | None, limit: int) -> tuple[list[Dataset], str | None]:
    """One page of the public datasets, newest first."""
    return table.newest_listed(Dataset, LISTED, before, limit)


def uses_of(dataset: str) -> list[DatasetUse]:
    """Every user of a dataset."""
    pk, _ = Dataset.at(dataset)
    return patiently(lambda: list(DatasetUse.query(pk, DatasetUse.sk.startswith("USE#"))))


def unnoted(uses: Collection[Use]) -> list[Use]:
    """The ones of the uses that are not stored: one call for each hundred."""
    wanted = sorted(set(uses))
    noted = {Use(one.dataset, one.user_kind, one.user_id) for one in table.read_many(DatasetUse.at(*use) for use in wanted)}
    return [use for use in wanted if use not in noted]


def list_if_public(dataset: Dataset) -> None:
    """Before it is stored: a public dataset stands in the list of those."""
    if dataset.visibility == PUBLIC:
        dataset.list_pk, dataset.list_sk = LISTED, dataset.id


def create_from(dataset: Dataset, upload: Upload, besides: Composer) -> None:
    """Store a dataset and use its upload, with what goes `besides`, in one transaction.

    Raises Conflict when it was used, or not committed.
    """

    def compose(write: Transaction) -> None:
        write.save(dataset, condition=Dataset.pk.does_not_exist())
        uploads.using(write, upload, Kept(room.DATASETS, used_for=dataset.id))
        besides(write)

    writes.transact(
        compose,
        otherwise=Conflict(NOT_READY),
    )


def change(dataset: Dataset, changes: Mapping[str, Any], besides: Composer) -> None:
    """Say other things of a dataset, with what goes `besides`. Its file stays what it is.

    Raises NotFound when it went meanwhile.
    """
    for name, value in changes.items():
        setattr(dataset, name, value)
    actions = writes.setting(Dataset, changes, LISTED, dataset.id)
    writes.update_with(dataset, actions, besides, Dataset.pk.exists(), otherwise=NotFound(NO_DATASET))


def begin_removal(dataset: Dataset, wake_at: datetime, besides: Composer = writes.nothing) -> None:
    """Nobody can use it from now on, with what goes `besides`. Raises Conflict when somebody does."""
    actions = [Dataset.visibility.set(REMOVED), Dataset.owner_pk.remove(), Dataset.list_pk.remove()]
    in_use = Conflict(
        say("dataset_in_use", "This dataset is in use, so it stays. Its `used_by` lists the competitions and tasks.")
    )
    writes.update_with(dataset, [*actions, *Dataset.waking_at(wake_at)], besides, Dataset.uses == 0, otherwise=in_use)


def succeed(dataset: Dataset, user: str, username: str, size_bytes: int) -> None:
    """Have it be another account's, with so many bytes, or its owner's by another name. What went meanwhile stays gone."""
    former = dataset.owner
    moved = {room.DATASETS: size_bytes} if former != user else {}
    actions: list[Action] = [Dataset.owner.set(user), Dataset.owner_name.set(username)]
    actions += [Dataset.owner_pk.set(owner_key(user))]

    def compose(write: Transaction) -> None:
        write.update(dataset, actions=actions, condition=(Dataset.owner == former) & (Dataset.visibility != REMOVED))
        storage.moving(write, storage.account(former), storage.account(user), moved)

    with suppress(ConditionFailed):
        writes.transact(compose)


def create(dataset: Dataset) -> None:
    """Store a dataset, unless it is there already: who repeats an import must not reset its uses, nor count it twice."""

    def compose(write: Transaction) -> None:
        write.save(dataset, condition=Dataset.pk.does_not_exist())
        storage.counting(write, storage.account(dataset.owner), {room.DATASETS: int(dataset.size_bytes)})

    with suppress(ConditionFailed):
        writes.transact(compose)


def using(write: Transaction, dataset: str, user_kind: str, user_id: str) -> None:
    """Within a transaction: note a new user of a dataset. Fails when it is noted already, or the dataset is gone."""
    write.save(_use(dataset, user_kind, user_id), condition=DatasetUse.pk.does_not_exist())
    there = Dataset.pk.exists() & (Dataset.visibility != REMOVED)
    write.update(Dataset(*Dataset.at(dataset)), actions=[Dataset.uses.add(1)], condition=there)


def creating(write: Transaction, dataset: Dataset, user_kind: str, user_id: str) -> None:
    """Within a transaction: store a dataset together with what it is made for. Its bytes are the caller's to count."""
    dataset.uses = 1
    write.save(dataset, condition=Dataset.pk.does_not_exist())
    write.save(_use(dataset.id, user_kind, user_id))


def no_longer_using(write: Transaction, dataset: str, user_kind: str, user_id: str) -> None:
    """Within a transaction: forget a user of a dataset. Fails when it is none."""
    write.delete(_use(dataset, user_kind, user_id), condition=DatasetUse.pk.exists())
    write.update(Dataset(*Dataset.at(dataset)), actions=[Dataset.uses.add(-1)], condition=Dataset.pk.exists())


def use(dataset: str, user_kind: str, user_id: str) -> None:
    """Note a user of a dataset, once however often it is said. Raises Conflict when the dataset is gone."""
    try:
        writes.transact(lambda write: using(write, dataset, user_kind, user_id))
    except ConditionFailed as error:
        (noted,) = table.read(DatasetUse.at(dataset, user_kind, user_id))
        if noted is None:
            raise Conflict(
                say("dataset_going", "A dataset that is named here is being removed. Choose another one.")
            ) from error


def no_longer_use(dataset: str, user_kind: str, user_id: str) -> None:
    """Forget a user of a dataset, once however often it is said."""
    with suppress(ConditionFailed):
        writes.transact(lambda write: no_longer_using(write, dataset, user_kind, user_id))


def remove(dataset: str, *uses: tuple[str, str]) -> None:
    """Forget a dataset that came to nothing, with its users. It is no error when it is gone."""
    for user_kind, user_id in uses:
        writes.delete(_use(dataset, user_kind, user_id))
    (found,) = table.read(Dataset.at(dataset))
    if found is not None:
        forget(found, int(found.size_bytes))


def forget(dataset: Dataset, size_bytes: int) -> None:
    """Take a dataset's row away, and so many bytes off its owner's storage. It is no error when it is gone."""

    def compose(write: Transaction) -> None:
        write.delete(dataset, condition=Dataset.pk.exists())
        storage.counting(write, storage.account(dataset.owner), {room.DATASETS: -size_bytes})

    with suppress(ConditionFailed):
        writes.transact(compose)


def _use(dataset: str, user_kind: str, user_id: str) -> DatasetUse:
    place = DatasetUse.at(dataset, user_kind, user_id)
    return DatasetUse(*place, dataset=dataset, user_kind=user_kind, user_id=user_id)
