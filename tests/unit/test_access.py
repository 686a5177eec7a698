"""Who may see a competition and who may submit to it."""

import pytest

from chalicelib.domain.competitions import access
from chalicelib.errors import NotAllowed


def test_everybody_sees_a_published_competition():
    assert access.may_see(published=True, sees_all=False)


def test_a_draft_is_theirs_who_have_a_role_and_the_administrators():
    for role in access.ROLES:
        assert access.may_see(published=False, sees_all=access.may_see_all(role, is_admin=False))
    assert access.may_see(published=False, sees_all=access.may_see_all(None, is_admin=True))
    assert not access.may_see(published=False, sees_all=access.may_see_all(None, is_admin=False))


@pytest.mark.parametrize(
    ("user", "role"), [("ada", "owner"), ("bob", "organizer"), ("eve", "viewer"), ("stan", None), ("", None)]
)
def test_a_role_is_the_highest_that_somebody_has(user, role):
    assert access.role_of(user, "ada", {"ada", "bob"}, {"eve", "bob"}) == role


def test_viewers_change_nothing_and_only_the_owner_says_who_runs_a_competition():
    for role, edits, hands_out in (
        ("owner", True, True),
        ("organizer", True, False),
        ("viewer", False, False),
        (None, False, False),
    ):
        assert (access.may_edit(role, False), access.may_hand_out_roles(role, False)) == (edits, hands_out)
    assert access.may_edit(None, True) and access.may_hand_out_roles(None, True)


@pytest.mark.parametrize(
    ("role", "before", "more"),
    [("viewer", None, True), ("organizer", "viewer", True), ("owner", "organizer", True), ("viewer", "organizer", False)],
)
def test_what_lets_somebody_do_more_waits_for_them(role, before, more):
    assert access.is_more(role, before) is more


@pytest.mark.parametrize(
    ("status", "message"),
    [(None, "Join it first"), ("pending", "has yet to approve"), ("denied", "do not let you take part")],
)
def test_who_is_not_approved_cannot_submit_and_is_told_what_to_do(status, message):
    assert not access.may_submit(status)
    with pytest.raises(NotAllowed, match=message):
        access.check_may_submit(status)


def test_approved_participants_and_organizers_submit():
    access.check_may_submit("approved")
    access.check_may_submit(None, is_organizer=True)


def test_joining_gives_what_the_competition_says():
    assert access.status_on_joining(registration_auto_approve=True) == "approved"
    assert access.status_on_joining(registration_auto_approve=False) == "pending"
