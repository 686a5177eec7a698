"""How often a participant may submit."""

from datetime import UTC, datetime

import pytest

from chalicelib.domain.quotas import check, day, next_day
from chalicelib.errors import QuotaExceeded

NOON = datetime(2026, 3, 28, 12, tzinfo=UTC)


def test_a_day_is_that_of_the_time_zone():
    late = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
    assert day(late) == "2026-03-28"
    assert day(late, "Europe/Paris") == "2026-03-29"
    assert day(late, "America/New_York") == "2026-03-28"


def test_the_next_day_begins_at_midnight():
    assert next_day(NOON) == datetime(2026, 3, 29, tzinfo=UTC)
    assert next_day(datetime(2026, 12, 31, tzinfo=UTC)) == datetime(2027, 1, 1, tzinfo=UTC)


def test_the_next_day_is_right_when_the_clocks_change_that_night():
    assert next_day(NOON, "Europe/Paris") == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert next_day(datetime(2026, 3, 29, 12, tzinfo=UTC), "Europe/Paris") == datetime(2026, 3, 29, 22, tzinfo=UTC)


@pytest.mark.parametrize(("per_day", "in_all"), [(5, 100), (None, 100), (5, None), (None, None)])
def test_an_attempt_below_the_limits_passes(per_day, in_all):
    check(4, 99, per_day, in_all, NOON)


def test_no_limit_means_none():
    check(10**6, 10**6, None, None, NOON)


def test_a_used_up_day_says_when_the_next_attempt_opens():
    with pytest.raises(QuotaExceeded, match="all 5 attempts today.*2026-03-29 00:00 UTC") as caught:
        check(5, 5, 5, 100, NOON)
    assert caught.value.next_attempt_at == datetime(2026, 3, 29, tzinfo=UTC)


def test_a_used_up_total_opens_no_attempt_even_when_the_day_is_used_up_too():
    with pytest.raises(QuotaExceeded, match="all 10 attempts in this phase") as caught:
        check(5, 10, 5, 10, NOON)
    assert caught.value.next_attempt_at is None


def test_a_limit_of_zero_allows_none_and_opens_none():
    with pytest.raises(QuotaExceeded, match="takes no submissions") as caught:
        check(0, 0, 0, None, NOON)
    assert caught.value.next_attempt_at is None


def test_one_attempt_is_written_in_the_singular():
    with pytest.raises(QuotaExceeded, match="used the one attempt today"):
        check(1, 1, 1, None, NOON)
