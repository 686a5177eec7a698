"""Patience with DynamoDB: what it is too busy for is tried again with jitter, and then told as busy, not as refused.

PynamoDB itself tries throttled calls again three times; this is for what is left of them, and for transactions that met.
"""

from collections.abc import Callable
from typing import TypeVar

from pynamodb.exceptions import PynamoDBException, TransactWriteError
from tenacity import Retrying, retry_if_exception, stop_after_attempt, stop_after_delay, wait_random_exponential

from chalicelib.errors import Busy, say

TRIES = 6
#: No try begins later: a function of the API has 29 seconds for all that it does, and must be able to say that it was busy.
LONGEST_SECONDS = 5.0
#: Codes of what passes by itself (the DynamoDB API's error reference), of calls and of what cancels a transaction.
BUSY = frozenset(
    {
        "ProvisionedThroughputExceeded",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingError",
        "ThrottlingException",
        "TransactionConflict",
        "TransactionConflictException",
        "TransactionInProgressException",
        "InternalServerError",
        "ServiceUnavailable",
    }
)
CONDITION = "ConditionalCheckFailed"
_BUSY = say(
    "changed_by_many", "Very many people change this at the same moment. Nothing was changed; try again in a moment."
)
Answer = TypeVar("Answer")


class Unprocessed(PynamoDBException):
    """A busy table did a part of a batch."""

    msg = "DynamoDB was too busy for all of a batch."


def patiently(call: Callable[[], Answer]) -> Answer:
    """The answer of `call`. Raises Busy after several tries or seconds, and what is no business of being busy at once."""
    try:
        return call()
    except PynamoDBException as error:
        if not is_busy(error):
            raise
        tried = [error]

    def again() -> Answer:
        if tried:
            raise tried.pop()
        return call()

    attempts = Retrying(
        retry=retry_if_exception(is_busy),
        wait=wait_random_exponential(multiplier=0.04, max=1),
        stop=stop_after_attempt(TRIES) | stop_after_delay(LONGEST_SECONDS),
        reraise=True,
    )
    try:
        return attempts(again)
    except PynamoDBException as error:
        if is_busy(error):
            raise Busy(_BUSY) from error
        raise


def is_busy(error: BaseException) -> bool:
    """True for what passes by itself: DynamoDB had no capacity, or two transactions met. A failed condition is none."""
    if not isinstance(error, PynamoDBException):
        return False
    if isinstance(error, Unprocessed):
        return True
    if isinstance(error, TransactWriteError) and error.cancellation_reasons:
        codes = {reason.code for reason in error.cancellation_reasons if reason}
        return CONDITION not in codes and bool(codes & BUSY)
    return error.cause_response_code in BUSY
