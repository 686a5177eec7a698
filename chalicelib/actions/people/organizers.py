"""Roles in running a competition: its owner, organizers and viewers, to whom a role is offered, and handing it over.

A role that lets somebody do more is theirs when they accept it, since what others may then read of theirs is theirs to
decide; one that lets them do less, or nothing, holds at once. A competition has one owner at any moment.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from chalicelib import requests, responses
from chalicelib.actions.competitions.permissions import check_owner, check_sees_all, check_visible, role_of
from chalicelib.actions.people import audit_log
from chalicelib.aws import accounts
from chalicelib.contract import limits
from chalicelib.domain.competitions import access
from chalicelib.domain.competitions.access import OWNER, VIEWER, Role
from chalicelib.domain.people.accounts import ASK_SIGN_IN_NAME, NO_ACCOUNT, Account
from chalicelib.errors import Complaint, Conflict, Invalid, NotFound, Sentence, say
from chalicelib.store import table
from chalicelib.store.audit import AuditEntry
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.people import organizers
from chalicelib.store.people.organizers import Offer, Organizer

PAGE_SIZE = 50
_NOBODY = say("no_organizer", "Nobody of that id runs this competition or is asked to. Look at the list of its organizers.")
_NO_OFFER = say(
    "no_role_offered", "You are not offered this role in this competition. Look at the list of what you are offered."
)


def list_all(competition_id: str, account: Account) -> responses.Organizers:
    """The owner, who else runs the competition, and who is asked to: two calls. Raises NotFound, NotAllowed."""
    (found,) = table.read(Competition.at(competition_id))
    competition = check_sees_all(found, account)
    there, offers = organizers.of_competition(competition)
    users = {competition.owner, *competition.organizer_ids, *(competition.viewer_ids or ()), *offers}
    told = [_told(competition, user, there, offers) for user in users]
    return responses.Organizers(sorted(told, key=lambda one: (_rank(one.role), one.username.casefold())))


def appoint(competition_id: str, body: requests.Appoint, account: Account, now: datetime) -> responses.Organizer:
    """Offer a role to somebody, or take a part of theirs away; administrators hand a competition over at once.

    Raises NotFound, NotAllowed, Invalid for an unknown name, Conflict for who has the role already, or too many.
    """
    (found,) = table.read(Competition.at(competition_id))
    competition = check_owner(found, account)
    asked = accounts.find(body.username)
    if asked is None:
        raise Invalid(
            NO_ACCOUNT,
            [Complaint("username", ASK_SIGN_IN_NAME)],
        )
    there, offers = organizers.of_competition(competition)
    before = _role(competition, asked.id)
    if before == body.role:
        raise Conflict(_has_already(asked.username, before))
    if before == OWNER:
        raise Conflict(
            say(
                "owner_stays_offer_first",
                "{username} owns this competition. Offer it to somebody else first, who accepts it.",
                username=asked.username,
            )
        )
    if asked.id not in there and asked.id not in offers and len({*there, *offers}) >= limits.MAX_ORGANIZERS:
        raise Conflict(
            say(
                "enough_organizers",
                "A competition has {most} organizers and viewers at most. Remove one first.",
                most=limits.MAX_ORGANIZERS,
            )
        )
    if body.role == OWNER and account.is_admin:
        entry = _entry(competition, asked.username, "appointed", before, OWNER, body.reason, account, now)
        # Who owns it lets go by an offer; what an administrator does over their head is the site's, too.
        told = {"competition": competition.id, "owner": competition.organizer}
        also = audit_log.entry_of_site(
            asked.username, "handed_over", told, told | {"owner": asked.username}, body.reason, account, now
        )
        _hand_over(competition, asked.id, asked.username, offers.get(asked.id), [entry, also], account, now)
        return responses.Organizer(asked.id, asked.username, OWNER, None, None, None)
    if access.is_more(body.role, before):
        return _offer(competition, asked, body, there.get(asked.id), account, now)
    one = organizers.new(competition.id, asked.id, asked.username, body.role, account.username, now)
    entry = _entry(competition, asked.username, "appointed", before, body.role, body.reason, account, now)
    organizers.appoint(competition, one, offers.get(asked.id), entry)
    return _answer(one, None)


def accept(competition_id: str, body: requests.AcceptRole, account: Account, now: datetime) -> responses.Organizer:
    """Take on a role that one is offered: two calls. Raises NotFound, and Conflict when the offer holds no more."""
    found, offered = table.read(Competition.at(competition_id), Offer.at(competition_id, account.id))
    # A draft is not theirs to see before, so whatever is not offered does not exist.
    if found is None or offered is None or offered.role != body.role:
        raise NotFound(_NO_OFFER)
    if not organizers.holds(offered, found):
        raise Conflict(say("role_offer_over", "Who offered you this, or for whom, does not own it any more. Ask its owner."))
    before = role_of(found, account)
    entry = _entry(found, account.username, "appointed", before, body.role, offered.reason or "", account, now)
    if body.role == OWNER:
        _hand_over(found, account.id, account.username, offered, [entry], account, now)
        return responses.Organizer(account.id, account.username, OWNER, None, None, None)
    one = organizers.new(found.id, account.id, account.username, body.role, offered.offered_by, now)
    organizers.appoint(found, one, offered, entry)
    return _answer(one, None)


def dismiss(
    competition_id: str, user: str, offer_alone: bool, reason: str, account: Account, now: datetime
) -> responses.Empty:
    """Take somebody's role away, and what they are offered, or that alone; or leave, or decline, oneself.

    Raises NotFound, NotAllowed for what is not one's own, Conflict for the owner.
    """
    places = Competition.at(competition_id), Organizer.at(competition_id, user), Offer.at(competition_id, user)
    found, there, offered = table.read(*places)
    if found is None or user != account.id:
        check_owner(found, account)
    elif there is None and offered is None:
        check_visible(found, account)
    assert found is not None
    before = _role(found, user)
    if offer_alone and offered is not None:
        entry = _entry(found, offered.username, "offered", before, None, reason, account, now)
        organizers.take_back(offered, entry)
        return responses.Empty()
    if before == OWNER:
        raise Conflict(
            say(
                "competition_needs_owner",
                "A competition has an owner. Offer it to somebody else first: you go on as its organizer.",
            )
        )
    if offer_alone or (before is None and offered is None):
        raise NotFound(_NOBODY)
    name = there.username if there else offered.username if offered else user
    organizers.dismiss(found, user, _entry(found, name, "dismissed", before, None, reason, account, now))
    return responses.Empty()


def list_offers(account: Account, before: str | None) -> responses.Offers:
    """One page of what an account is offered: two calls."""
    page, following = organizers.offered_to(account.id, before, PAGE_SIZE)
    known = table.read_all(Competition.at(one.competition) for one in page)
    told = [
        responses.Offer(
            competition=one.competition,
            title=there.title,
            role=one.role,  # type: ignore[arg-type]
            by=one.offered_by,
            at=one.offered_at,
            reason=one.reason or "",
        )
        for one in page
        if (there := known.get(Competition.at(one.competition))) is not None and organizers.holds(one, there)
    ]
    return responses.Offers(told, following)


def _offer(
    competition: Competition,
    asked: accounts.PoolUser,
    body: requests.Appoint,
    there: Organizer | None,
    account: Account,
    now: datetime,
) -> responses.Organizer:
    made = Offer(
        *Offer.at(competition.id, asked.id),
        user=asked.id,
        username=asked.username,
        competition=competition.id,
        role=body.role,
        reason=body.reason or None,
        offered_by=account.username,
        offered_by_id=account.id,
        owner=competition.owner,
        offered_at=now,
        owner_pk=organizers.offer_key(asked.id),
        owner_sk=competition.id,
    )
    before = _role(competition, asked.id)
    organizers.offer(made, _entry(competition, asked.username, "offered", before, body.role, body.reason, account, now))
    return _answer(there, made)


def _hand_over(
    competition: Competition,
    user: str,
    username: str,
    offered: Offer | None,
    entries: Sequence[AuditEntry],
    account: Account,
    now: datetime,
) -> None:
    former = organizers.new(
        competition.id, competition.owner, competition.organizer, access.ORGANIZER, account.username, now
    )
    organizers.hand_over(competition, user, username, former, offered, entries, now)


def _entry(
    competition: Competition,
    name: str,
    what: str,
    before: Role | None,
    after: Role | None,
    reason: str,
    account: Account,
    now: datetime,
) -> AuditEntry:
    return audit_log.entry_about(competition.id, name, what, before, after, reason, account, now)


def _role(competition: Competition, user: str) -> Role | None:
    return access.role_of(user, competition.owner, competition.organizer_ids, competition.viewer_ids or ())


def _rank(role: Role | None) -> int:
    return len(access.ROLES) if role is None else access.ROLES.index(role)


def _has_already(username: str, role: Role) -> Sentence:
    if role == OWNER:
        return say("is_owner_already", "{username} is the owner of this competition already.", username=username)
    if role == VIEWER:
        return say("is_viewer_already", "{username} is a viewer of this competition already.", username=username)
    return say("is_organizer_already", "{username} is an organizer of this competition already.", username=username)


def _told(
    competition: Competition, user: str, there: Mapping[str, Organizer], offers: Mapping[str, Offer]
) -> responses.Organizer:
    """One of the list. Of an organizer whom another build noted, only the id is known."""
    if user == competition.owner:
        return responses.Organizer(user, competition.organizer, OWNER, None, None, None)
    if user in there or user in offers:
        return _answer(there.get(user), offers.get(user))
    return responses.Organizer(user, user, _role(competition, user), None, None, None)


def _answer(one: Organizer | None, offered: Offer | None) -> responses.Organizer:
    known = one or offered
    assert known is not None
    return responses.Organizer(
        user=known.user,
        username=known.username,
        role=one.role if one else None,  # type: ignore[arg-type]
        offered=offered.role if offered else None,  # type: ignore[arg-type]
        by=one.appointed_by if one else offered.offered_by if offered else None,
        at=one.appointed_at if one else offered.offered_at if offered else None,
    )
