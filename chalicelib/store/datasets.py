"""Programs, data and solutions as stored: files that never change, and who uses them."""

from collections.abc import Collection

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute, UTCDateTimeAttribute
from pynamodb.exceptions import PutError, TransactWriteError
from pynamodb.transactions import TransactWrite

from chalicelib.store import table

PRIVATE, SHARED, PUBLIC = "private", "shared", "public"
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


def key(dataset: str) -> table.Key:
    return f"DATASET#{dataset}", "DATASET"


def use_key(dataset: str, user_kind: str, user_id: str) -> table.Key:
    return f"DATASET#{dataset}", f"USE#{user_kind}#{user_id}"


def owner_key(account: str) -> str:
    return f"DATASETS#{account}"


def is_usable(item: "Dataset", account: str, is_admin: bool = False) -> bool:
    """True for what is the account's own, shared with it, or public."""
    shared = item.visibility == SHARED and account in (item.shared_with or ())
    return is_admin or item.owner == account or item.visibility == PUBLIC or shared


def usable(ids: Collection[str], account: str, is_admin: bool = False) -> dict[str, Dataset]:
    """Those of the datasets that the account may use, by id: one call for each hundred."""
    items = table.fetch_many(key(id_) for id_ in sorted(set(ids)))
    found = [item for item in items if isinstance(item, Dataset) and is_usable(item, account, is_admin)]
    return {item.id: item for item in found}


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
    write.update(Dataset(*key(dataset)), actions=[Dataset.uses.add(1)], condition=Dataset.pk.exists())


def use(dataset: str, user_kind: str, user_id: str) -> None:
    """Note a user of a dataset, once however often it is said."""
    try:
        table.commit(lambda write: using(write, dataset, user_kind, user_id))
    except TransactWriteError as error:
        if not table.failed_conditions(error) or use_key(dataset, user_kind, user_id) not in table.fetch(
            use_key(dataset, user_kind, user_id)
        ):
            raise


def remove(dataset: str, *uses: tuple[str, str]) -> None:
    """Forget a dataset that came to nothing, with its users. It is no error when it is gone."""
    for user_kind, user_id in uses:
        DatasetUse(*use_key(dataset, user_kind, user_id)).delete()
    Dataset(*key(dataset)).delete()
