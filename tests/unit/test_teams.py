"""Rules of teams."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.judging import assignment
from chalicelib.domain.people import look_alikes, mergers, team_rules
from chalicelib.domain.submissions import quotas
from chalicelib.errors import Conflict, NotAllowed


def test_names_that_look_alike_are_one_name():
    assert {team_rules.folded(name) for name in ("The  Owls", "the owls", "ＴＨＥ ＯＷＬＳ ")} == {"the owls"}
    assert team_rules.folded("Straße") == team_rules.folded("STRASSE")


ATHENS = "\u0391\u0398\u0397\u039d\u0391", "\u03b1\u03b8\u03b7\u03bd\u03b1"
SAME = [
    *(("Owls", "0wls"), ("Owls", "\u041ewls"), ("Owls", "OwIs"), ("Owls", "Ow1s"), ("Owls", "Owls\u3164")),
    *(("modern", "modem"), ("OWLS", "\u039fwls"), ("HELLO", "\u041d\u0415LL\u041e"), ("hello", "\u0397ello"), ATHENS),
    *(
        ("IRIS", "iris"),
        ("\uff2f\uff57\uff4c\uff53", "owls"),
        ("Stra\u00dfe", "STRASSE"),
        ("\u00c9t\u00e9", "E\u0301te\u0301"),
    ),
]
CHINESE = "\u674e\u660e", "\u674e\u6c11"
OTHERS = [("Owls", "Owl"), ("Team 1", "Team 2"), ("Ray", "Yar"), CHINESE, ("\u00c9t\u00e9", "Ete"), ("Cats", "Dogs")]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_that_look_the_same_share_a_key(one, other):
    assert look_alikes.keys(one) & look_alikes.keys(other)


@pytest.mark.parametrize(("one", "other"), OTHERS)
def test_names_that_look_different_share_no_key(one, other):
    assert not look_alikes.keys(one) & look_alikes.keys(other)


def test_a_name_with_an_invisible_letter_is_told_from_one_without():
    assert look_alikes.shows_all("\u0928\u092e\u0938\u094d\u0924\u0947 42") and not look_alikes.shows_all("Owls\u3164")


@pytest.mark.parametrize(
    ("require_approval", "by_organizer", "status"),
    [(True, False, "pending"), (True, True, "approved"), (False, False, "approved")],
)
def test_an_organizer_need_not_approve_their_own_team(require_approval, by_organizer, status):
    assert team_rules.status_at_first(require_approval, by_organizer) == status


def test_what_was_made_for_a_team_is_the_teams_whoever_handed_it_in():
    assert team_rules.is_owner("ada", None, "ada", "owls") and team_rules.is_owner("ada", "owls", "bob", "owls")
    assert not team_rules.is_owner("ada", "owls", "ada", None) and not team_rules.is_owner("ada", None, "bob", "owls")


def test_the_last_one_leaves_no_submissions_behind():
    team_rules.check_may_leave({"ada", "bob"}, True)
    team_rules.check_may_leave({"ada"}, False)
    with pytest.raises(Conflict, match="it stays"):
        team_rules.check_may_leave({"ada"}, True)


def test_who_is_longest_in_a_team_follows_its_leader():
    later = datetime(2026, 2, 1, tzinfo=UTC)
    since = {"ada": None, "bob": later, "eve": datetime(2026, 1, 1, tzinfo=UTC)}
    assert team_rules.next_leader("ada", since) == "eve"
    # A former build noted no times: who was there then came before all others.
    assert team_rules.next_leader("ada", since | {"kim": None}) == "kim"
    assert team_rules.next_leader("ada", {"ada": None, "eve": later, "bob": later}) == "bob"


@pytest.mark.parametrize(
    ("status", "is_member", "says"),
    [("pending", True, "yet to approve"), ("denied", True, "denied"), ("approved", False, "any more")],
)
def test_a_team_submits_when_it_is_approved_by_those_who_are_in_it(status, is_member, says):
    team_rules.check_may_submit("Owls", "approved", True)
    with pytest.raises(NotAllowed, match=says):
        team_rules.check_may_submit("Owls", status, is_member)


def test_a_full_team_takes_nobody():
    assert [team_rules.most_members(setting) for setting in (None, 3, 99)] == [25, 3, 25]
    team_rules.check_room("Owls", 2, 3)
    with pytest.raises(Conflict, match="full"):
        team_rules.check_room("Owls", 3, 3)
    with pytest.raises(Conflict, match="4 members"):
        team_rules.check_room("Owls", 2, 3, 2)


def test_the_most_of_two_counters_decides():
    mine, ours = quotas.Used(today=3, in_all=3, stored_bytes=9), quotas.Used(today=1, in_all=7, in_progress=2)
    assert quotas.most(mine, ours) == quotas.Used(today=3, in_all=7, in_progress=2, stored_bytes=9)


def test_a_juror_is_not_given_what_is_their_teams():
    cases = [assignment.Candidate("a", frozenset({"bob", "owls"}), 0), assignment.Candidate("b", frozenset({"eve"}), 0)]
    assert [one.id for one in assignment.next_of(cases, "ada", (), "owls")] == ["b"]
    assert len(assignment.next_of(cases, "ada", ())) == 2


LIMITS = st.one_of(st.none(), st.integers(0, 20))
ATTEMPTS = st.integers(0, 60)
DAYS = st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(limits=st.tuples(LIMITS, LIMITS, LIMITS), first=DAYS, today=DAYS, one=ATTEMPTS, other=ATTEMPTS)
def test_a_merged_team_has_used_no_more_than_one_team_could_have_by_now(limits, first, today, one, other):
    per_day, per_month, in_all = (1000 if limit is None else limit for limit in limits)
    # What a team has that submits whenever it may.
    had, in_month = 0, Counter()
    for number in range(max(0, (today - first).days) + 1):
        month = (min(first, today) + timedelta(days=number)).month
        more = min(per_day, per_month - in_month[month], in_all - had)
        had, in_month[month] = had + more, in_month[month] + more
    allowed = mergers.Allowed("Final", first, today, *limits)
    if one + other <= had:
        mergers.check_used("within_limits", allowed, one, other)
    elif limits != (None, None, None):
        with pytest.raises(Conflict, match=f"{one + other} attempts in “Final”"):
            mergers.check_used("within_limits", allowed, one, other)
    mergers.check_used("always", allowed, one, other)


def test_teams_merge_where_they_may_and_until_the_deadline():
    now = datetime(2026, 6, 1, 12, tzinfo=UTC)
    mergers.check_open("within_limits", None, now)
    mergers.check_open("always", now + timedelta(seconds=1), now)
    with pytest.raises(Conflict, match="do not merge"):
        mergers.check_open("never", None, now)
    with pytest.raises(Conflict, match="until 2026-06-01 12:00 UTC"):
        mergers.check_open("always", now, now)
