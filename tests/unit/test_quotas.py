"""How often a participant may submit."""

from datetime import UTC, datetime, timedelta

import pytest

from chalicelib.domain.submissions.quotas import (
    Limits,
    Used,
    check,
    day,
    left,
    month,
    next_day,
    next_month,
    possible_days,
)
from chalicelib.errors import QuotaExceeded, TooLarge

NOON = datetime(2026, 3, 28, 12, tzinfo=UTC)


def test_a_day_is_that_of_the_time_zone():
    late = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)
    assert day(late) == "2026-03-28"
    assert day(late, "Europe/Paris") == "2026-03-29"
    assert day(late, "America/New_York") == "2026-03-28"


@pytest.mark.parametrize("hour", range(24))
def test_the_day_is_one_of_few_whatever_the_time_zone(hour):
    now = NOON.replace(hour=hour)
    zones = ("UTC", "Etc/GMT+12", "Pacific/Kiritimati", "Asia/Tokyo", "America/New_York")
    assert {day(now, tz) for tz in zones} <= set(possible_days(now))
    assert len(possible_days(now)) <= 3


def test_a_month_is_that_of_the_day():
    assert month(day(NOON)) == "2026-03"


def test_the_next_day_begins_at_midnight():
    assert next_day(NOON) == datetime(2026, 3, 29, tzinfo=UTC)
    assert next_day(datetime(2026, 12, 31, tzinfo=UTC)) == datetime(2027, 1, 1, tzinfo=UTC)


def test_the_next_day_is_right_when_the_clocks_change_that_night():
    assert next_day(NOON, "Europe/Paris") == datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert next_day(datetime(2026, 3, 29, 12, tzinfo=UTC), "Europe/Paris") == datetime(2026, 3, 29, 22, tzinfo=UTC)


def test_the_next_month_begins_at_midnight_of_its_first_day():
    assert next_month(NOON) == datetime(2026, 4, 1, tzinfo=UTC)
    assert next_month(datetime(2026, 12, 31, 23, tzinfo=UTC)) == datetime(2027, 1, 1, tzinfo=UTC)
    assert next_month(NOON, "America/New_York") == datetime(2026, 4, 1, 4, tzinfo=UTC)


def refused(limits, used, size_bytes=1, tz="UTC"):
    with pytest.raises(QuotaExceeded) as caught:
        check(limits, used, size_bytes, NOON, tz)
    return str(caught.value), caught.value.next_attempt_at


@pytest.mark.parametrize(("per_day", "in_all"), [(5, 100), (None, 100), (5, None), (None, None)])
def test_an_attempt_below_the_limits_passes(per_day, in_all):
    check(Limits(per_day=per_day, in_all=in_all), Used(today=4, in_all=99), 1, NOON)


def test_no_limit_means_none():
    check(Limits(), Used(10**6, 10**6, 10**6, 10**6, NOON, 10**12), 10**12, NOON)


def test_a_used_up_day_says_when_the_next_attempt_opens():
    reason, opens_at = refused(Limits(per_day=5, in_all=100), Used(today=5, in_all=5))
    assert reason == "You have used all 5 attempts today. The next one opens at 2026-03-29 00:00 UTC."
    assert opens_at == datetime(2026, 3, 29, tzinfo=UTC)


def test_a_used_up_month_opens_with_the_next_one():
    reason, opens_at = refused(Limits(per_day=5, per_month=20), Used(today=5, this_month=20))
    assert "all 20 attempts this month" in reason
    assert opens_at == datetime(2026, 4, 1, tzinfo=UTC)


def test_a_used_up_total_opens_no_attempt_even_when_the_day_is_used_up_too():
    reason, opens_at = refused(Limits(per_day=5, in_all=10), Used(today=5, in_all=10))
    assert ("all 10 attempts in this phase" in reason, opens_at) == (True, None)


@pytest.mark.parametrize("limit", ["per_day", "per_month", "in_all", "at_once"])
def test_a_limit_of_zero_allows_none_and_opens_none(limit):
    assert refused(Limits(**{limit: 0}), Used()) == ("This phase takes no submissions.", None)


def test_one_attempt_is_written_in_the_singular():
    assert "used the one attempt today" in refused(Limits(per_day=1), Used(today=1))[0]


def test_between_two_submissions_lies_the_interval():
    limits = Limits(interval_seconds=90)
    reason, opens_at = refused(limits, Used(last_at=NOON - timedelta(seconds=30)))
    assert reason == "There must be 90 s between your submissions. The next one opens at 2026-03-28 12:01 UTC."
    assert opens_at == NOON + timedelta(seconds=60)
    check(limits, Used(last_at=NOON - timedelta(seconds=90)), 1, NOON)


def test_so_many_in_progress_are_enough():
    reason, opens_at = refused(Limits(at_once=2), Used(in_progress=2))
    assert ("2 submissions in progress" in reason, opens_at) == (True, None)


def test_a_file_above_the_phases_limit_is_too_large():
    with pytest.raises(TooLarge, match="may have 10 bytes; yours has 11"):
        check(Limits(submission_bytes=10), Used(), 11, NOON)


def test_all_files_together_have_a_limit_too():
    limits, used = Limits(participant_bytes=100), Used(stored_bytes=95)
    check(limits, used, 5, NOON)
    assert "5 are left, and this one has 6" in refused(limits, used, 6)[0]


def test_what_is_left_is_told_for_every_limit():
    limits = Limits(per_day=5, per_month=30, in_all=100, at_once=3, participant_bytes=1000)
    used = Used(today=2, this_month=10, in_all=101, in_progress=1, stored_bytes=400)
    found = left(limits, used, NOON)
    assert (found.today, found.this_month, found.in_all, found.at_once, found.bytes) == (3, 20, 0, 2, 600)
    assert (found.opens_at, "none left" in found.reason) == (None, True)


def test_who_has_attempts_left_may_submit_now():
    found = left(Limits(per_day=5), Used(today=2), NOON)
    assert (found.in_all, found.opens_at, found.reason) == (None, NOON, "")


def test_of_several_limits_the_one_that_opens_last_decides():
    limits = Limits(per_day=5, interval_seconds=60)
    used = Used(today=5, last_at=NOON)
    assert left(limits, used, NOON).opens_at == refused(limits, used)[1] == datetime(2026, 3, 29, tzinfo=UTC)
