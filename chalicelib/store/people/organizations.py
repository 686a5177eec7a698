"""Organizations: people who compete for one house in several competitions, with their roles in it."""

from datetime import datetime
from typing import Any

from pynamodb.attributes import (
    BooleanAttribute,
    NumberAttribute,
    UnicodeAttribute,
    UnicodeSetAttribute,
    UTCDateTimeAttribute,
)

from chalicelib.domain.people.organization_rules import MANAGER, OWNER
from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import audit, table, writes
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place
from chalicelib.store.writes import Action, Composer, Transaction

_MEMBER, _ENTRY = "MEMBER#", "COMPETITION#"
_MOVED = say("organization_moved", "The organization has changed meanwhile. Look at it again.")


class Organization(table.Item, discriminator="organization"):
    """An organization. `names` are the digests of its OrganizationNames, `members` how many there are.

    It is due once `removed`.
    """

    id = UnicodeAttribute()
    name = UnicodeAttribute()
    description = UnicodeAttribute()
    site = UnicodeAttribute()
    owner = UnicodeAttribute()
    names = UnicodeSetAttribute()
    members = NumberAttribute(default=0)
    removed = BooleanAttribute(null=True)
    made_at = UTCDateTimeAttribute()

    @classmethod
    def at(cls, organization: str) -> Place["Organization"]:
        """The place of an organization."""
        return Place(cls, f"ORGANIZATION#{organization}", "ORGANIZATION")


class OrganizationName(table.Item, discriminator="organization_name"):
    """The look of an organization's name, by which no other one may look the same."""

    organization = UnicodeAttribute()

    @classmethod
    def at(cls, digest: str) -> Place["OrganizationName"]:
        """The place of a name, by the digest of what it looks like."""
        return Place(cls, f"ORGANIZATION_NAME#{digest}", "ORGANIZATION_NAME")


class OrganizationMember(table.Item, discriminator="organization_member"):
    """An account in an organization: its `role`, and whether strangers are `shown` that it is there.

    Those who are stand on a list of their own, so that no page for strangers, nor its cursor, tells of others.
    """

    organization = UnicodeAttribute()
    user = UnicodeAttribute()
    username = UnicodeAttribute()
    role = UnicodeAttribute()
    shown = BooleanAttribute(default=False)
    joined_at = UTCDateTimeAttribute()

    @classmethod
    def at(cls, organization: str, user: str) -> Place["OrganizationMember"]:
        """The place of an account in an organization."""
        return Place(cls, f"ORGANIZATION#{organization}", f"{_MEMBER}{user}")


class OrganizationEntry(table.Item, discriminator="organization_entry"):
    """A competition in which somebody has submitted for an organization."""

    competition = UnicodeAttribute()
    first_at = UTCDateTimeAttribute()

    @classmethod
    def at(cls, organization: str, competition: str) -> Place["OrganizationEntry"]:
        """The place of a competition among those of an organization."""
        return Place(cls, f"ORGANIZATION#{organization}", f"{_ENTRY}{competition}")


def check_there(organization: Organization | None) -> Organization:
    """The organization that was looked for. Raises NotFound."""
    if organization is None or organization.removed:
        raise NotFound(say("no_organization", "There is no such organization."))
    return organization


def owner_key(user: str) -> str:
    """The key under which the organizations of an account are listed."""
    return f"ORGANIZATIONS#{user}"


def member_of(
    organization: Organization, user: str, username: str, role: str, now: datetime, shown: bool = False
) -> OrganizationMember:
    """An account that is yet to be stored in an organization, and whether strangers are `shown` that."""
    return OrganizationMember(
        *OrganizationMember.at(organization.id, user),
        organization=organization.id,
        user=user,
        username=username,
        role=role,
        shown=shown,
        joined_at=now,
        list_pk=_shown_key(organization.id) if shown else None,
        list_sk=user if shown else None,
        owner_pk=owner_key(user),
        owner_sk=organization.id,
    )


def create(organization: Organization, owner: OrganizationMember, also: Composer) -> None:
    """Store an organization and its owner, and do `also`. Raises Conflict when the name, or one that looks so, is taken."""
    organization.members = 1

    def compose(write: Transaction) -> None:
        write.save(organization, condition=Organization.pk.does_not_exist())
        write.save(owner)
        _naming(write, organization.id, set(organization.names), set())
        also(write)

    writes.transact(compose, otherwise=_taken(organization.name))


def change(organization: Organization, said: dict[str, Any], names: set[str], also: Composer) -> None:
    """Change what it says of itself, and do `also`; `names` are those of its name from then on. Raises Conflict."""
    former = set(organization.names)
    actions: list[Action] = [getattr(Organization, key).set(value) for key, value in said.items()]
    actions.append(Organization.names.set(names))
    same = (Organization.names == former) & Organization.removed.does_not_exist()

    def compose(write: Transaction) -> None:
        _naming(write, organization.id, names - former, former - names)
        write.update(organization, actions=actions, condition=same)
        also(write)

    writes.transact(compose, otherwise=_taken(str(said.get("name", organization.name))))
    for key, value in said.items():
        setattr(organization, key, value)


def join(organization: Organization, member: OrganizationMember, most: int, also: Composer) -> None:
    """Add a member, and do `also`. Raises Conflict when it is full or gone by now, or they are in it."""
    room = (Organization.members < most) & Organization.removed.does_not_exist()

    def compose(write: Transaction) -> None:
        write.save(member, condition=OrganizationMember.pk.does_not_exist())
        write.update(organization, actions=[Organization.members.add(1)], condition=room)
        also(write)

    writes.transact(
        compose,
        otherwise=Conflict(
            say(
                "organization_joined",
                "You are in “{organization}” already, or it is full or gone.",
                organization=organization.name,
            )
        ),
    )


def leave(organization: Organization, member: OrganizationMember, also: Composer = writes.nothing) -> None:
    """Take a member out who is not the owner, and do `also`. Raises Conflict when that changed."""

    def compose(write: Transaction) -> None:
        write.delete(member, condition=OrganizationMember.role == member.role)
        write.update(organization, actions=[Organization.members.add(-1)], condition=Organization.pk.exists())
        also(write)

    writes.transact(compose, otherwise=Conflict(_MOVED))


def change_member(member: OrganizationMember, said: dict[str, Any], also: Composer) -> None:
    """Change a role, or what strangers are shown, and do `also`. Raises Conflict when the role changed meanwhile."""
    actions: list[Action] = [getattr(OrganizationMember, key).set(value) for key, value in said.items()]
    list_pk, list_sk = OrganizationMember.list_pk, OrganizationMember.list_sk
    if said.get("shown"):
        actions += [list_pk.set(_shown_key(member.organization)), list_sk.set(member.user)]
    elif "shown" in said:
        actions += [list_pk.remove(), list_sk.remove()]
    writes.update_with(member, actions, also, OrganizationMember.role == member.role, otherwise=Conflict(_MOVED))
    for key, value in said.items():
        setattr(member, key, value)


def hand_over(organization: Organization, user: str, also: Composer) -> None:
    """Make another member the owner, and the former one a manager. Raises Conflict when one of them has left."""
    former, other = (OrganizationMember(*OrganizationMember.at(organization.id, one)) for one in (organization.owner, user))

    def compose(write: Transaction) -> None:
        same = (Organization.owner == organization.owner) & Organization.removed.does_not_exist()
        write.update(organization, actions=[Organization.owner.set(user)], condition=same)
        write.update(other, actions=[OrganizationMember.role.set(OWNER)], condition=OrganizationMember.pk.exists())
        write.update(former, actions=[OrganizationMember.role.set(MANAGER)], condition=OrganizationMember.role == OWNER)
        also(write)

    writes.transact(compose, otherwise=Conflict(_MOVED))


def succeed(organization: Organization, former: OrganizationMember, new: OrganizationMember, is_in: bool) -> None:
    """Have an account be in it for another, as `new` says, which takes the place of what it was there, if it `is_in`.

    Raises Conflict when that moved meanwhile.
    """
    there = OrganizationMember.pk.exists() if is_in else OrganizationMember.pk.does_not_exist()
    actions: list[Action] = [Organization.members.add(-1)] if is_in else []
    actions += [Organization.owner.set(new.user)] if new.role == OWNER else []

    def compose(write: Transaction) -> None:
        write.delete(former, condition=OrganizationMember.role == former.role)
        write.save(new, condition=there)
        if actions:
            write.update(organization, actions=actions, condition=Organization.removed.does_not_exist())

    writes.transact(compose, otherwise=Conflict(_MOVED))


def begin_removal(organization: Organization, now: datetime, also: Composer = writes.nothing) -> None:
    """Nobody sees it from now on, and its name is free; do `also`. The sweeper takes away what is left. Raises Conflict."""
    ending, names = [Organization.removed.set(True), *Organization.waking_at(now)], set(organization.names)
    # A name that it has given up meanwhile may be another one's by now.
    same = (Organization.owner == organization.owner) & (Organization.names == names)

    def compose(write: Transaction) -> None:
        _naming(write, organization.id, set(), names)
        write.update(organization, actions=ending, condition=same)
        also(write)

    writes.transact(compose, otherwise=Conflict(_MOVED))


def finish_removal(organization: Organization) -> None:
    """Take away its log, its members and its list of competitions, 25 a call, then the organization."""
    audit.forget(organization.id)
    rows = [item for item in table.everything_at(organization.pk) if not isinstance(item, Organization)]
    writes.delete_many(rows)
    writes.delete(organization)


def members_of(organization: str, after: str | None, limit: int) -> tuple[list[OrganizationMember], str | None]:
    """One page of the members, by their ids, and the cursor of the next."""
    pk, start = OrganizationMember.at(organization, after or "")
    page = OrganizationMember.sk.between(f"{start}!" if after else start, f"{_MEMBER}~")
    found = patiently(lambda: list(OrganizationMember.query(pk, page, limit=limit)))
    return found, found[-1].user if len(found) == limit else None


def shown_of(organization: str, before: str | None, limit: int) -> tuple[list[OrganizationMember], str | None]:
    """One page of the members whom strangers see, and the cursor of the next."""
    return table.newest_listed(OrganizationMember, _shown_key(organization), before, limit)


def competitions_of(organization: str, before: str | None, limit: int) -> tuple[list[str], str | None]:
    """One page of the ids of competitions in which somebody submitted for it, the newest competition first."""
    pk, start = OrganizationEntry.at(organization, "")
    page = OrganizationEntry.sk.between(start, f"{start}{before}" if before else f"{start}~")
    found = patiently(lambda: list(OrganizationEntry.query(pk, page, limit=limit + 1, scan_index_forward=False)))
    ids = [str(one.competition) for one in found if one.competition != before][:limit]
    return ids, ids[-1] if len(ids) == limit else None


def of_account(user: str, limit: int) -> list[OrganizationMember]:
    """The newest organizations of an account."""
    return table.newest_owned(OrganizationMember, owner_key(user), None, limit)[0]


def submitting(write: Transaction, organization: str, user: str, competition: str, now: datetime) -> None:
    """Within a transaction: a member submits for it, and it is among the competitions of it from then on."""
    write.condition_check(OrganizationMember, *OrganizationMember.at(organization, user), OrganizationMember.pk.exists())
    entry = OrganizationEntry
    first: list[Action] = [
        *(entry.kind.set(entry), entry.competition.set(competition)),
        entry.first_at.set(entry.first_at | now),
    ]
    write.update(entry(*entry.at(organization, competition)), actions=first)


def forget_entry(organization: str, competition: str) -> None:
    """Have a competition that is gone be none of an organization's any more. It is no error when it was none."""
    writes.delete(OrganizationEntry(*OrganizationEntry.at(organization, competition)))


def _shown_key(organization: str) -> str:
    """Under which the members are listed whom strangers see."""
    return f"ORGANIZATION_SHOWN#{organization}"


def _naming(write: Transaction, organization: str, new: set[str], old: set[str]) -> None:
    for digest in sorted(old):
        write.delete(OrganizationName(*OrganizationName.at(digest)))
    for digest in sorted(new):
        name = OrganizationName(*OrganizationName.at(digest), organization=organization)
        write.save(name, condition=OrganizationName.pk.does_not_exist())


def _taken(name: str) -> Conflict:
    return Conflict(
        say(
            "organization_name_taken",
            "There is an organization whose name looks like “{name}”, or this one changed. Choose another name.",
            name=name,
        )
    )
