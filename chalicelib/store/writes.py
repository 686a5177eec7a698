"""Writes: conditional puts, updates and deletions of one item, and transactions. No other module changes the table.

A write that is not done ends in one of three ways, which callers must not take for one another:

ConditionFailed  the item is not as the condition says: somebody came first, so who goes on reads again or gives up
Busy             DynamoDB had no capacity, or transactions met; tried again with jitter before that is told (503)
anything else    is a defect of ours, and raised as it came

`otherwise` is the error that tells a caller what a failed condition means here; without it ConditionFailed is raised.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from pynamodb.exceptions import PynamoDBException, TransactWriteError
from pynamodb.expressions.condition import Condition as Condition
from pynamodb.expressions.update import Action as Action
from pynamodb.transactions import TransactWrite
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt

from chalicelib.errors import AgonError
from chalicelib.store import batches, table
from chalicelib.store.patience import CONDITION, patiently

#: What a transaction is made of: each composer adds its writes to it.
Transaction = TransactWrite
Composer = Callable[[Transaction], None]
Actions = Sequence[Any]
Answer = TypeVar("Answer")
#: What moved between a verb's read and its write is read again, so often in all.
TRIES = 6
_CONDITION_OF_ONE = "ConditionalCheckFailedException"


class ConditionFailed(Exception):
    """An item is not as a write's condition says. `at` has the places of such items in the transaction, from 0.

    PynamoDB sends mere checks first, then deletions, puts and updates.
    """

    def __init__(self, at: frozenset[int]):
        super().__init__("A condition failed.")
        self.at = at


def put(item: table.Item, condition: Condition | None = None, otherwise: AgonError | None = None) -> None:
    """Store an item. Raises ConditionFailed or `otherwise`, Busy."""
    _try(lambda: item.save(condition=condition), otherwise)


def put_with(
    item: table.Item, besides: Composer, condition: Condition | None = None, otherwise: AgonError | None = None
) -> None:
    """Store an item, and what goes `besides`, in one transaction. Raises ConditionFailed or `otherwise`, Busy."""

    def compose(write: Transaction) -> None:
        write.save(item, condition=condition)
        besides(write)

    transact(compose, otherwise=otherwise)


def update(
    item: table.Item, actions: Actions, condition: Condition | None = None, otherwise: AgonError | None = None
) -> None:
    """Change attributes of an item, which then has what DynamoDB answers; with no actions, nothing.

    Raises ConditionFailed or `otherwise`, Busy.
    """
    if not actions:
        return
    _try(lambda: item.update(actions=list(actions), condition=condition), otherwise)


def update_with(
    item: table.Item,
    actions: Actions,
    besides: Composer,
    condition: Condition | None = None,
    otherwise: AgonError | None = None,
) -> None:
    """Change attributes of an item, which stays as it was read, and what goes `besides`, in one transaction.

    With no actions, nothing. Raises ConditionFailed or `otherwise`, Busy.
    """
    if not actions:
        return

    def compose(write: Transaction) -> None:
        write.update(item, actions=list(actions), condition=condition)
        besides(write)

    transact(compose, otherwise=otherwise)


def update_if(item: table.Item, actions: Actions, condition: Condition) -> bool:
    """Change attributes of an item. False when the condition failed: somebody else came first. Raises Busy."""
    try:
        update(item, actions, condition)
    except ConditionFailed:
        return False
    return True


def delete(item: table.Item, condition: Condition | None = None, otherwise: AgonError | None = None) -> None:
    """Remove an item. Raises ConditionFailed or `otherwise`, Busy."""
    _try(lambda: item.delete(condition=condition), otherwise)


def delete_with(
    item: table.Item, besides: Composer, condition: Condition | None = None, otherwise: AgonError | None = None
) -> None:
    """Remove an item, and what goes `besides`, in one transaction. Raises ConditionFailed or `otherwise`, Busy."""

    def compose(write: Transaction) -> None:
        write.delete(item, condition=condition)
        besides(write)

    transact(compose, otherwise=otherwise)


def delete_many(items: Sequence[table.Item]) -> None:
    """Remove any number of items, 25 a call, whatever stands in them. Raises Busy."""
    batches.delete(table.Item, items)


def put_many(items: Sequence[table.Item]) -> None:
    """Store any number of items, 25 a call, whatever stands in their places. Raises Busy."""
    batches.put(table.Item, items)


def transact(compose: Composer, besides: Composer | None = None, otherwise: AgonError | None = None) -> None:
    """Do all that `compose` adds, or nothing, by one TransactWriteItems. Raises ConditionFailed or `otherwise`, Busy.

    `besides` goes along in the first try only: it is for counters that everybody writes, and that may miss one of many.
    """
    first = [besides] if besides else []

    def send() -> None:
        extra = first.pop() if first else None
        with TransactWrite(connection=table.connection()) as write:
            compose(write)
            if extra:
                extra(write)

    _try(send, otherwise)


def retried(verb: Callable[[], Answer], otherwise: AgonError) -> Answer:
    """Do it again when a condition failed: reading again tells what moved. Raises `otherwise` after several tries."""
    again = Retrying(retry=retry_if_exception_type(ConditionFailed), stop=stop_after_attempt(TRIES), reraise=True)
    try:
        return again(verb)
    except ConditionFailed as error:
        raise otherwise from error


def setting(model: type[table.Item], changes: Mapping[str, Any], list_key: str, id_: str) -> list[Any]:
    """Update actions that give an item other attributes, and keep it on the list of the public ones while it is public."""
    actions: list[Any] = [getattr(model, name).set(value) for name, value in changes.items() if value not in (None, set())]
    actions += [getattr(model, name).remove() for name, value in changes.items() if value in (None, set())]
    if changes.get("visibility") == "public":
        actions += [model.list_pk.set(list_key), model.list_sk.set(id_)]
    elif "visibility" in changes:
        actions += [model.list_pk.remove(), model.list_sk.remove()]
    return actions


def nothing(_write: Transaction) -> None:
    """Nothing else goes into a transaction."""


def _try(send: Callable[[], Any], otherwise: AgonError | None) -> None:
    try:
        patiently(send)
    except PynamoDBException as error:
        failed = _failed_conditions(error)
        if failed is None:
            raise
        raise (otherwise or ConditionFailed(failed)) from error


def _failed_conditions(error: PynamoDBException) -> frozenset[int] | None:
    """The places of the items whose condition failed; None when the error is about something else."""
    if isinstance(error, TransactWriteError):
        reasons = enumerate(error.cancellation_reasons)
        return frozenset(at for at, reason in reasons if reason and reason.code == CONDITION) or None
    return frozenset({0}) if error.cause_response_code == _CONDITION_OF_ONE else None
