"""Programs, data and solutions as stored: files that never change, and who uses them."""

from pynamodb.attributes import NumberAttribute, UnicodeAttribute, UnicodeSetAttribute, UTCDateTimeAttribute

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
