"""Results: where people stood when a phase was over, beside its board, so that their pages find them by one query."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute

from chalicelib.store import table, writes
from chalicelib.store.leaderboards import boards
from chalicelib.store.leaderboards.boards import Board
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import ConditionFailed, Transaction

_PREFIX = "RESULT#"
#: Items of one transaction, of which the board is one: DynamoDB takes a hundred.
_AT_ONCE = 99


class Result(table.Item, discriminator="result"):
    """The rank of an account on the foremost board of a phase that is over, alone or with the rest of its `team`.

    It is the `rank`th of so many `entries`; `scores` are what its row shows, by the columns' keys. Who may see that is asked
    when it is read.
    """

    phase = UnicodeAttribute()
    user = UnicodeAttribute()
    rank = NumberAttribute()
    entries = NumberAttribute()
    scores = JSONAttribute()
    team = UnicodeAttribute(null=True)
    team_name = UnicodeAttribute(null=True)

    @classmethod
    def at(cls, phase: str, account: str) -> Place["Result"]:
        """Beside the board, with which it goes."""
        return Place(cls, boards.partition(phase), f"{_PREFIX}{account}")

    @property
    def facts(self) -> tuple[object, ...]:
        """The facts of one, which needs no other that has the same."""
        return self.owner_sk, int(self.rank), int(self.entries), dict(self.scores), self.team, self.team_name


def new(phase: str, ended_at: datetime, account: str) -> Result:
    """The result of an account, without what it came to. An account's results stand by when their phases ended."""
    place = f"{ended_at:%Y%m%d%H%M%S}-{phase}"
    return Result(*Result.at(phase, account), phase=phase, user=account, owner_pk=owner_key(account), owner_sk=place)


def owner_key(account: str) -> str:
    """Under which an account's results are listed."""
    return f"RESULTS#{account}"


def of_account(account: str, before: str | None, limit: int) -> tuple[list[Result], str | None]:
    """One page of an account's results, that of the phase that ended last first."""
    return table.newest_owned(Result, owner_key(account), before, limit)


def of_phase(phase: str) -> list[Result]:
    """All results of a phase, consistently."""
    its = Result.sk.startswith(_PREFIX)
    return patiently(lambda: list(Result.query(boards.partition(phase), its, consistent_read=True)))


def change(board: Board, put: Sequence[Result], gone: Sequence[Result]) -> bool:
    """Store and remove some of a phase's results. False when the board has another snapshot by now, whose job it is."""
    same = Board.version == board.version

    def compose(write: Transaction) -> None:
        write.condition_check(Board, *Board.at(board.phase), same)
        for one in put:
            write.save(one)
        for one in gone:
            write.delete(one)

    try:
        writes.transact(compose)
    except ConditionFailed:
        return False
    return True


def parts(put: Sequence[Result], gone: Sequence[Result]) -> list[tuple[Sequence[Result], Sequence[Result]]]:
    """Changes as transactions take them."""
    puts = [(put[start : start + _AT_ONCE], ()) for start in range(0, len(put), _AT_ONCE)]
    return [*puts, *(((), gone[start : start + _AT_ONCE]) for start in range(0, len(gone), _AT_ONCE))]


def succeed(result: Result, account: str) -> None:
    """Give somebody's result to the account that theirs is merged into, which keeps its own of that phase."""
    given = Result(*Result.at(result.phase, account), user=account, owner_pk=owner_key(account))
    for name in ("phase", "owner_sk", "rank", "entries", "scores", "team", "team_name"):
        setattr(given, name, getattr(result, name))
    with suppress(ConditionFailed):
        writes.put(given, Result.pk.does_not_exist())
    writes.delete(result)
