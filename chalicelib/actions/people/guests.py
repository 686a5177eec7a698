"""Invitations by mail. Each is bound to its address: whoever signs in with that, confirmed, takes part at once.

So there is no token that could be stolen: a mail says where to join, and joining looks whether the caller's address is
invited.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from chalicelib import ids, requests, responses
from chalicelib.actions.competitions.permissions import check_organizer
from chalicelib.actions.people import audit_log, tries
from chalicelib.aws import accounts
from chalicelib.domain.people import guests as rules
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.people.guests import folded
from chalicelib.errors import AgonError
from chalicelib.store import audit, table
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.mail import outbox
from chalicelib.store.mail.outbox import Mail
from chalicelib.store.people import guests
from chalicelib.store.people.guests import Guest

PAGE_SIZE = 100
_ACCEPTED = "Somebody takes part by an invitation to this address already."


def invite(competition_id: str, body: requests.InviteGuests, account: Account, now: datetime) -> responses.InvitedGuests:
    """Invite up to 100 addresses, also again: an invitation takes the place of an earlier one. Four calls, and one more
    for each further fifty.

    Raises NotFound, NotAllowed, QuotaExceeded. Tells of each address why it was not invited.
    """
    addresses = list(dict.fromkeys(map(folded, body.addresses)))
    # One hundred are read at a time, and the competition is not among those.
    (found,) = table.read(Competition.at(competition_id))
    competition = check_organizer(found, account)
    places = {address: Guest.at(competition.id, rules.id_of(address)) for address in addresses}
    there, refused = table.read_all(places.values()), dict[str, str]()
    expires_at, made = now + timedelta(days=body.expires_in_days), list[Guest]()
    for address, place in places.items():
        earlier = there.get(place)
        if earlier is not None and earlier.accepted_at is not None:
            refused[address] = _ACCEPTED
            continue
        made.append(guests.new(competition.id, address, account.username, expires_at, now))
    tries.invite(account.id, len(made), now)
    for start in range(0, len(made), guests.STORED_AT_ONCE):
        some = made[start : start + guests.STORED_AT_ONCE]
        try:
            _store(competition, some, body.message, account, now)
        except AgonError as error:
            refused |= {one.address: error.detail for one in some}
    return responses.InvitedGuests([_answer(one, now) for one in made if one.address not in refused], refused)


def list_all(competition_id: str, account: Account, after: str | None, now: datetime) -> responses.Guests:
    """One page of a competition's invitations, for organizers: three calls, two where there are none.

    Each look at addresses stands in the audit log. Raises NotFound, NotAllowed.
    """
    (competition,) = table.read(Competition.at(competition_id))
    check_organizer(competition, account)
    found, following = guests.of_competition(competition_id, after, PAGE_SIZE)
    if found:
        told = {"guests": len(found)}
        audit.record(audit_log.entry_about(competition_id, None, "addresses_read", None, told, "", account, now))
    return responses.Guests([_answer(one, now) for one in found], following)


def revoke(competition_id: str, body: requests.Uninvite, account: Account, now: datetime) -> responses.BulkResult:
    """Have invitations let nobody in any more: three calls. Who came by one stays. Raises NotFound, NotAllowed, Conflict."""
    places = {id_: Guest.at(competition_id, id_) for id_ in body.guests}
    (competition,) = table.read(Competition.at(competition_id))
    check_organizer(competition, account)
    there, refused, some = table.read_all(places.values()), dict[str, str](), list[Guest]()
    for id_, place in places.items():
        found = there.get(place)
        status = found.status(now) if found else "not there"
        if found is None or status == "accepted":
            refused[id_] = "There is no such invitation." if found is None else f"{_ACCEPTED} Deny them instead."
        elif status != "revoked":
            some.append(found)
    if some:
        entry = audit_log.entry_about(competition_id, None, "uninvited", None, {"guests": len(some)}, "", account, now)
        guests.revoke(some, entry, now)
    return responses.BulkResult([id_ for id_ in places if id_ not in refused], refused)


def list_mine(account: Account, before: str | None, now: datetime) -> responses.GuestLists:
    """One page of what an account's address is invited to, and may still accept: three calls."""
    address = accounts.address_of(account)
    if not address:
        return responses.GuestLists([], None)
    page, following = guests.of_address(address, before, PAGE_SIZE)
    waiting = [one for one in page if one.status(now) == "waiting"]
    known = table.read_all(Competition.at(one.competition) for one in waiting)
    told = [
        responses.GuestList(there.id, there.title, one.invited_by, one.expires_at)
        for one in waiting
        if (there := known.get(Competition.at(one.competition))) is not None
    ]
    return responses.GuestLists(told, following)


def _store(competition: Competition, some: Sequence[Guest], message: str, account: Account, now: datetime) -> None:
    entry = audit_log.entry_about(competition.id, None, "invited", None, {"guests": len(some)}, "", account, now)
    letter = rules.letter(
        competition.called, competition.title, account.username, message, some[0].expires_at, competition.settings.timezone
    )
    mails: list[Mail] = [
        outbox.to_address(ids.derived(entry.id, one.id), letter, one.address, ids.digest(one.address), now) for one in some
    ]
    guests.store(some, mails, entry, now)


def _answer(one: Guest, now: datetime) -> responses.Guest:
    return responses.Guest(
        id=one.id,
        address=one.address,
        status=one.status(now),
        invited_by=one.invited_by,
        invited_at=one.invited_at,
        expires_at=one.expires_at,
        accepted_by=one.accepted_by,
    )
