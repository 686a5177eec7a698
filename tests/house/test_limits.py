"""The packaged stack has room below AWS's limits, and docs/limits.md says how much (infra/setup/limits.py)."""

import re

import pytest

from infra.setup import limits
from infra.setup.limits import Limit
from tests.house.sources import ROOT

PAGE = (ROOT / "docs/limits.md").read_text()
ROW = re.compile(r"^\| (?P<name>[^|]+) \| (?P<limit>[\d,]+) \| (?P<today>[\d,]+) \|", re.MULTILINE)


@pytest.fixture(scope="module")
def measured() -> list[Limit]:
    return limits.measured(limits.packaged())


def test_the_stack_has_room_below_each_limit(measured: list[Limit]) -> None:
    assert [(one.name, one.today, one.limit) for one in measured if not one.is_kept] == []


def test_the_page_says_what_is_taken_today(measured: list[Limit]) -> None:
    told = {row["name"]: (_number(row["limit"]), _number(row["today"])) for row in ROW.finditer(PAGE)}
    again = "Run `python -m infra.setup.limits`."
    assert told.keys() == {one.name for one in measured}, again
    for one in measured:
        limit, today = told[one.name]
        # Bytes change with every line of code; a page that is off by a twentieth still tells how much room there is.
        assert limit == one.limit and abs(today - one.today) <= max(one.today, 20) / 20, again


@pytest.mark.parametrize(
    ("today", "is_adjustable", "is_kept"), [(80, False, True), (81, False, False), (90, True, True), (91, True, False)]
)
def test_what_grows_is_stopped_before_it_is_at_its_limit(today: int, is_adjustable: bool, is_kept: bool) -> None:
    assert Limit("Resources", 100, today, "Quotas", is_adjustable).is_kept is is_kept


def _number(text: str) -> int:
    return int(text.replace(",", ""))
