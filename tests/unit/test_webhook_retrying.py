"""When a delivery is tried again."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.webhooks import retrying

NOW = datetime(2026, 11, 29, tzinfo=UTC)


@given(st.text(min_size=1))
def test_tries_are_ever_further_apart_and_come_to_a_day(id_):
    at, pauses = NOW, list[timedelta]()
    for tries in range(1, 100):
        following = retrying.next_try(id_, tries, at)
        if following is None:
            break
        pauses.append(following - at)
        at = following
    assert len(pauses) == 7
    assert pauses == sorted(pauses)
    assert timedelta(days=1) <= at - NOW < timedelta(hours=27)


def test_a_webhook_has_failed_for_too_long_after_a_day():
    assert not retrying.is_over(None, NOW)
    assert not retrying.is_over(NOW - timedelta(hours=23), NOW)
    assert retrying.is_over(NOW - timedelta(days=1), NOW)
