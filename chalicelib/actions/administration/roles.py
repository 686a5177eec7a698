"""Roles of an account that ends: the competitions that it runs, the juries that it is on, its organizations."""

from contextlib import suppress
from datetime import datetime

from chalicelib.actions.people import audit_log
from chalicelib.contract.limits import MAX_ORGANIZATIONS
from chalicelib.domain.competitions import access
from chalicelib.domain.competitions.access import ORGANIZER, OWNER, Role
from chalicelib.domain.people import organization_rules
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.people.departures import Leaver
from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import table
from chalicelib.store.audit import AuditEntry
from chalicelib.store.competitions import competitions, definition
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.forum import announcements
from chalicelib.store.judging import cases, jurors
from chalicelib.store.judging.jurors import Juror
from chalicelib.store.mail import mailings
from chalicelib.store.people import organizations, organizers
from chalicelib.store.people.organizations import Organization, OrganizationMember

PAGE_SIZE = 100
_MERGED = "Two accounts of one person became one."
_GONE = "The account was removed."


def is_in_use(competition: Competition) -> bool:
    """True for a competition that somebody may miss: its owner hands it over before their account is removed."""
    return bool(competition.published) or competition.waiting_since is not None or int(competition.participants or 0) > 0


def give_up(leaver: Leaver, known: Competition, now: datetime) -> int:
    """Give the role in running a competition to the successor, or up: nothing is left. Raises Conflict for an owner."""
    (competition,) = table.read(Competition.at(known.id))
    role = _role(competition, leaver.account) if competition else None
    if competition is None or role is None:
        return 0
    announcements.rename_author(competition.id, leaver.username, leaver.successor.username)
    mailings.rename_author(competition.id, leaver.username, leaver.successor.username)
    if not leaver.is_removed:
        _succeed(leaver, competition, role, now)
    elif role != OWNER:
        organizers.dismiss(competition, leaver.account, _entry(leaver, competition, "dismissed", role, None, _GONE, now))
    elif is_in_use(competition):
        raise Conflict(
            say(
                "owns_competition",
                "The account owns the competition “{title}” ({id}). Hand that over first.",
                title=competition.title,
                id=competition.id,
            )
        )
    else:
        organizers.rename_owner(competition, leaver.successor.username)
    return 0


def leave_jury(leaver: Leaver, juror: Juror, _now: datetime) -> int:
    """Call the judgements of a juror by the successor's name, and leave the jury: what was judged counts on."""
    try:
        competition, phases = competitions.find(juror.competition)
    except NotFound:
        phases = []
    for phase in phases:
        if definition.judgings_of(competition, phase):
            _rename_judgements(phase.id, leaver)
    with suppress(NotFound):
        jurors.remove(juror.competition, leaver.account)
    return 0


def leave_organizations(leaver: Leaver, now: datetime) -> None:
    """Leave all organizations, or be followed in them by the successor. Raises Conflict for the owner of others."""
    mine = organizations.of_account(leaver.account, MAX_ORGANIZATIONS)
    known = table.read_all(Organization.at(one.organization) for one in mine)
    for member in mine:
        organization = known.get(Organization.at(member.organization))
        if organization is None or organization.removed:
            continue
        if not leaver.is_removed:
            _follow(leaver, organization, member, now)
        elif member.role != organization_rules.OWNER:
            organizations.leave(organization, member)
        elif int(organization.members) > 1:
            raise Conflict(
                say(
                    "owns_organization",
                    "The account owns the organization “{name}”. Hand that over first, or delete it.",
                    name=organization.name,
                )
            )
        else:
            organizations.begin_removal(organization, now)


def _follow(leaver: Leaver, organization: Organization, member: OrganizationMember, now: datetime) -> None:
    successor = leaver.successor
    (there,) = table.read(OrganizationMember.at(organization.id, successor.user))
    roles = (organization_rules.OWNER, organization_rules.MANAGER, organization_rules.MEMBER)
    role = min((one.role for one in (member, there) if one is not None), key=roles.index)
    shown = bool(there.shown if there is not None else member.shown)
    new = organizations.member_of(organization, successor.user, successor.username, role, now, shown)
    new.joined_at = min(one.joined_at for one in (member, there) if one is not None)
    organizations.succeed(organization, member, new, there is not None)


def _succeed(leaver: Leaver, competition: Competition, role: Role, now: datetime) -> None:
    """Two writes, of which the first gives and the second takes, so that a competition has an owner in between."""
    user, name = leaver.successor.user, leaver.successor.username
    theirs = _role(competition, user)
    if access.is_more(role, theirs):
        entry = _entry(leaver, competition, "appointed", theirs, role, _MERGED, now)
        if role == OWNER:
            former = organizers.new(competition.id, leaver.account, leaver.username, ORGANIZER, name, now)
            organizers.hand_over(competition, user, name, former, None, [entry], now)
        else:
            one = organizers.new(competition.id, user, name, role, name, now)
            organizers.appoint(competition, one, None, entry)
    (handed,) = table.read(Competition.at(competition.id))
    if handed is not None:
        entry = _entry(leaver, competition, "dismissed", role, None, _MERGED, now)
        organizers.dismiss(handed, leaver.account, entry)


def _rename_judgements(phase: str, leaver: Leaver) -> None:
    before: str | None = None
    while True:
        page, before = cases.of_juror(phase, leaver.account, before, PAGE_SIZE)
        for one in page:
            cases.rename_juror(one, leaver.successor.username)
        if before is None:
            return


def _role(competition: Competition, user: str) -> Role | None:
    return access.role_of(user, competition.owner, competition.organizer_ids, competition.viewer_ids or ())


def _entry(
    leaver: Leaver, competition: Competition, what: str, before: Role | None, after: Role | None, why: str, now: datetime
) -> AuditEntry:
    """The record of it. Of who is removed it has the new name alone: entries stay."""
    name = leaver.successor.username
    by = Account(leaver.successor.user, name, False, "session")
    return audit_log.entry_about(competition.id, name, what, before, after, why, by, now)
