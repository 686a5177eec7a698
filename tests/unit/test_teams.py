"""Rules of teams."""

import pytest

from chalicelib.domain.judging import assignment
from chalicelib.domain.people import team_rules
from chalicelib.domain.submissions import quotas
from chalicelib.errors import Conflict, NotAllowed


def test_names_that_look_alike_are_one_name():
    assert {team_rules.folded(name) for name in ("The  Owls", "the owls", "ＴＨＥ ＯＷＬＳ ")} == {"the owls"}
    assert team_rules.folded("Straße") == team_rules.folded("STRASSE")


@pytest.mark.parametrize(
    ("require_approval", "by_organizer", "status"),
    [(True, False, "pending"), (True, True, "approved"), (False, False, "approved")],
)
def test_an_organizer_need_not_approve_their_own_team(require_approval, by_organizer, status):
    assert team_rules.status_at_first(require_approval, by_organizer) == status


def test_what_was_made_for_a_team_is_the_teams_whoever_handed_it_in():
    assert team_rules.is_owner("ada", None, "ada", "owls") and team_rules.is_owner("ada", "owls", "bob", "owls")
    assert not team_rules.is_owner("ada", "owls", "ada", None) and not team_rules.is_owner("ada", None, "bob", "owls")


@pytest.mark.parametrize(
    ("user", "members", "has_submitted", "says"),
    [
        ("ada", {"ada", "bob"}, False, "Make somebody else the leader"),
        ("ada", {"ada"}, True, "it stays"),
        ("ada", {"ada"}, False, None),
        ("bob", {"ada", "bob"}, True, None),
    ],
)
def test_a_leader_leaves_when_alone_and_nobody_leaves_submissions_behind(user, members, has_submitted, says):
    if says is None:
        team_rules.check_may_leave(user, "ada", members, has_submitted)
        return
    with pytest.raises(Conflict, match=says):
        team_rules.check_may_leave(user, "ada", members, has_submitted)


@pytest.mark.parametrize(
    ("status", "is_member", "says"),
    [("pending", True, "yet to approve"), ("denied", True, "denied"), ("approved", False, "any more")],
)
def test_a_team_submits_when_it_is_approved_by_those_who_are_in_it(status, is_member, says):
    team_rules.check_may_submit("Owls", "approved", True)
    with pytest.raises(NotAllowed, match=says):
        team_rules.check_may_submit("Owls", status, is_member)


def test_a_full_team_takes_nobody():
    team_rules.check_room("Owls", team_rules.MAX_MEMBERS - 1)
    with pytest.raises(Conflict, match="full"):
        team_rules.check_room("Owls", team_rules.MAX_MEMBERS)


def test_the_most_of_two_counters_decides():
    mine, ours = quotas.Used(today=3, in_all=3, stored_bytes=9), quotas.Used(today=1, in_all=7, in_progress=2)
    assert quotas.most(mine, ours) == quotas.Used(today=3, in_all=7, in_progress=2, stored_bytes=9)


def test_a_juror_is_not_given_what_is_their_teams():
    cases = [assignment.Candidate("a", frozenset({"bob", "owls"}), 0), assignment.Candidate("b", frozenset({"eve"}), 0)]
    assert [one.id for one in assignment.next_of(cases, "ada", (), "owls")] == ["b"]
    assert len(assignment.next_of(cases, "ada", ())) == 2
