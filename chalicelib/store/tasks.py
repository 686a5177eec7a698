"""The task bank: tasks that stand by themselves, for any competition that may use them."""

from collections.abc import Collection

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UnicodeSetAttribute, UTCDateTimeAttribute

from chalicelib.store import table

PRIVATE, SHARED, PUBLIC = "private", "shared", "public"
LISTED = "TASKS"


class Task(table.Item, discriminator="task"):
    """A task and the datasets that it is made of. A competition keeps a copy of the version that it took.

    `files` maps scoring_program, ingestion_program, reference_data and input_data to `{dataset, object_key, sha256,
    size_bytes}`; `settings` has the other fields of the model's Task; `validated_by` names the submission of a solution
    whose run finished, and is null until then.
    """

    id = UnicodeAttribute()
    version = NumberAttribute(default=1)
    name = UnicodeAttribute()
    description = UnicodeAttribute(default="")
    owner = UnicodeAttribute()
    owner_name = UnicodeAttribute()
    visibility = UnicodeAttribute(default=PRIVATE)
    shared_with = UnicodeSetAttribute(null=True)
    files = JSONAttribute()
    settings = JSONAttribute()
    solutions = JSONAttribute(null=True)
    validated_by = UnicodeAttribute(null=True)
    created_at = UTCDateTimeAttribute()
    updated_at = UTCDateTimeAttribute()


def key(task: str) -> table.Key:
    return f"TASK#{task}", "TASK"


def owner_key(account: str) -> str:
    return f"TASKS#{account}"


def is_usable(item: "Task", account: str, is_admin: bool = False) -> bool:
    """True for what is the account's own, shared with it, or public."""
    shared = item.visibility == SHARED and account in (item.shared_with or ())
    return is_admin or item.owner == account or item.visibility == PUBLIC or shared


def usable(ids: Collection[str], account: str, is_admin: bool = False) -> dict[str, Task]:
    """Those of the tasks that the account may use, by id: one call for each hundred."""
    items = table.fetch_many(key(id_) for id_ in sorted(set(ids)))
    found = [item for item in items if isinstance(item, Task) and is_usable(item, account, is_admin)]
    return {item.id: item for item in found}


def remove(task: str) -> None:
    """Forget a task that came to nothing. It is no error when it is gone."""
    Task(*key(task)).delete()
