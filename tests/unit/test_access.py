"""Who may see a competition and who may submit to it."""

import pytest

from chalicelib.domain.competitions import access
from chalicelib.errors import Conflict, NotAllowed


def test_everybody_sees_a_published_competition():
    assert access.may_see(published=True, is_organizer=False, is_admin=False)


def test_a_draft_is_seen_by_its_organizer_and_administrators_only():
    assert access.may_see(published=False, is_organizer=True, is_admin=False)
    assert access.may_see(published=False, is_organizer=False, is_admin=True)
    assert not access.may_see(published=False, is_organizer=False, is_admin=False)


@pytest.mark.parametrize(
    ("status", "message"), [(None, "Join it first"), ("pending", "has yet to approve"), ("denied", "denied")]
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


def test_a_submission_is_not_everybodys_to_see():
    assert access.may_see_submission(is_owner=True, is_organizer=False, is_admin=False)
    assert access.may_see_submission(is_owner=False, is_organizer=True, is_admin=False)
    assert not access.may_see_submission(is_owner=False, is_organizer=False, is_admin=False)


def test_an_organizer_approves_or_denies_and_nothing_else():
    access.check_may_judge("approved")
    access.check_may_judge("denied")
    with pytest.raises(Conflict):
        access.check_may_judge("pending")
    assert access.may_edit(is_organizer=True, is_admin=False) and not access.may_edit(False, False)
