"""Organizers and viewers of competitions beside the owner, and offers of such roles.

The competition's own row says who may do what; these rows say by which name, since when and by whom.
"""

from collections.abc import Sequence
from datetime import datetime

from pynamodb.attributes import UnicodeAttribute, UTCDateTimeAttribute

from chalicelib.domain.competitions.access import ORGANIZER, OWNER, VIEWER, Role
from chalicelib.errors import Conflict, say
from chalicelib.store import audit, table, writes
from chalicelib.store.audit import AuditEntry
from chalicelib.store.competitions.competitions import Competition, organizer_key
from chalicelib.store.discovery import changes as catalogue_changes
from chalicelib.store.patience import patiently
from chalicelib.store.table import Place, know_every_model
from chalicelib.store.writes import Action, Transaction

PAGE_SIZE = 100
_PREFIX = "ORGANIZER#"
_MOVED = say("organizers_moved", "Somebody else has just changed who runs this competition. Load the list again.")


class Organizer(table.Item, discriminator="organizer"):
    """One account beside the owner that runs a competition: as an organizer, or as a viewer."""

    user = UnicodeAttribute()
    username = UnicodeAttribute()
    competition = UnicodeAttribute()
    role = UnicodeAttribute()
    appointed_by = UnicodeAttribute()
    appointed_at = UTCDateTimeAttribute()

    @classmethod
    def at(cls, competition: str, user: str) -> Place["Organizer"]:
        """The place of an account in running a competition."""
        return Place(cls, f"COMPETITION#{competition}", f"{_PREFIX}{user}")


class Offer(table.Item, discriminator="offer"):
    """A role in a competition that an account may accept. `offered_by_id` is the account of who offered it.

    `owner` is the account that owned the competition then. Once it is another one's the offer holds no more.
    """

    user = UnicodeAttribute()
    username = UnicodeAttribute()
    competition = UnicodeAttribute()
    role = UnicodeAttribute()
    reason = UnicodeAttribute(null=True)
    offered_by = UnicodeAttribute()
    offered_by_id = UnicodeAttribute()
    owner = UnicodeAttribute()
    offered_at = UTCDateTimeAttribute()

    @classmethod
    def at(cls, competition: str, user: str) -> Place["Offer"]:
        """The place of what is offered to an account; beside the organizers, so that one query reads both."""
        return Place(cls, f"COMPETITION#{competition}", f"{_PREFIX}{user}#OFFER")


def holds(offered: Offer, competition: Competition) -> bool:
    """True while who owned the competition at an offer still does, whoever spoke for them."""
    return bool(offered.owner == competition.owner)


def offer_key(account: str) -> str:
    """Under which everything is listed that is offered to an account."""
    return f"OFFER#{account}"


def of_competition(competition: Competition) -> tuple[dict[str, Organizer], dict[str, Offer]]:
    """A competition's organizers and viewers beside the owner, and offers that hold, by their accounts: one query."""
    pk, start = Organizer.at(competition.id, "")
    items = patiently(lambda: list(table.Item.query(pk, table.Item.sk.startswith(start), consistent_read=True)))
    return (
        {str(item.user): item for item in items if isinstance(item, Organizer)},
        {str(item.user): item for item in items if isinstance(item, Offer) and holds(item, competition)},
    )


def run_by(account: str, before: str | None, limit: int) -> tuple[list[Competition], str | None]:
    """One page of the competitions that an account runs in whichever role, newest first: two calls at most."""
    know_every_model()
    found, following = table.newest_owned(table.Item, organizer_key(account), before, limit)
    own = {item.id: item for item in found if isinstance(item, Competition)}
    others = table.read_many(Competition.at(item.competition) for item in found if isinstance(item, Organizer))
    known = own | {item.id: item for item in others}
    return [known[item.owner_sk] for item in found if item.owner_sk in known], following


def offered_to(account: str, before: str | None, limit: int) -> tuple[list[Offer], str | None]:
    """One page of what is offered to an account, in the newest competitions first."""
    return table.newest_owned(Offer, offer_key(account), before, limit)


def offer(made: Offer, entry: AuditEntry) -> None:
    """Store an offer, in the place of an earlier one to the same account."""

    def compose(write: Transaction) -> None:
        write.save(made)
        audit.recording(write, entry)

    writes.transact(compose)


def appoint(competition: Competition, one: Organizer, offered: Offer | None, entry: AuditEntry) -> None:
    """Give an account the role of its row, which it has accepted, or which is less than it had.

    Raises Conflict when the offer is another meanwhile, or the competition another one's.
    """

    def compose(write: Transaction) -> None:
        if offered is not None:
            write.delete(offered, condition=Offer.role == offered.role)
        write.save(one)
        actions = _standing(one.user, one.role)  # type: ignore[arg-type]
        write.update(competition, actions=actions, condition=Competition.owner_pk == competition.owner_pk)
        audit.recording(write, entry)

    writes.transact(compose, otherwise=Conflict(_MOVED))


def hand_over(
    competition: Competition,
    user: str,
    username: str,
    former: Organizer,
    offered: Offer | None,
    entries: Sequence[AuditEntry],
    now: datetime,
) -> None:
    """Make an account the owner, and the `former` one an organizer, with the records of it. Raises Conflict as `appoint`."""

    def compose(write: Transaction) -> None:
        if offered is not None:
            write.delete(offered, condition=Offer.role == offered.role)
        write.delete(Organizer(*Organizer.at(competition.id, user)))
        write.save(former)
        actions = [
            *_standing(user, OWNER),
            Competition.organizer.set(username),
            Competition.owner_pk.set(organizer_key(user)),
        ]
        write.update(competition, actions=actions, condition=Competition.owner_pk == competition.owner_pk)
        for entry in entries:
            audit.recording(write, entry)
        catalogue_changes.noting(write, competition.id, now)

    writes.transact(compose, otherwise=Conflict(_MOVED))


def take_back(offered: Offer, entry: AuditEntry) -> None:
    """Offer it no more. Raises Conflict when it is another offer meanwhile, or was accepted."""

    def compose(write: Transaction) -> None:
        write.delete(offered, condition=Offer.role == offered.role)
        audit.recording(write, entry)

    writes.transact(compose, otherwise=Conflict(_MOVED))


def dismiss(competition: Competition, user: str, entry: AuditEntry) -> None:
    """Take an account's role away, and what is offered to it. Raises Conflict when it owns the competition meanwhile."""

    def compose(write: Transaction) -> None:
        write.delete(Organizer(*Organizer.at(competition.id, user)))
        write.delete(Offer(*Offer.at(competition.id, user)))
        write.update(competition, actions=_standing(user, None), condition=Competition.owner_pk != organizer_key(user))
        audit.recording(write, entry)

    writes.transact(compose, otherwise=Conflict(_MOVED))


def rename_owner(competition: Competition, name: str) -> None:
    """Call the owner otherwise, who stays it. Raises Conflict when another one owns it meanwhile."""
    same = Competition.owner_pk == competition.owner_pk
    writes.update(competition, [Competition.organizer.set(name)], same, otherwise=Conflict(_MOVED))


def forget_offers(account: str) -> None:
    """Offer an account nothing any more, page by page."""
    while page := offered_to(account, None, PAGE_SIZE)[0]:
        writes.delete_many(page)
        if len(page) < PAGE_SIZE:
            return


def new(competition: str, user: str, username: str, role: Role, by: str, now: datetime) -> Organizer:
    """An organizer or viewer from now on."""
    return Organizer(
        *Organizer.at(competition, user),
        user=user,
        username=username,
        competition=competition,
        role=role,
        appointed_by=by,
        appointed_at=now,
        owner_pk=organizer_key(user),
        owner_sk=competition,
    )


def _standing(user: str, role: Role | None) -> list[Action]:
    """What the competition's row says of an account from now on."""
    organizers, viewers = Competition.organizer_ids, Competition.viewer_ids
    return [
        organizers.add({user}) if role in (OWNER, ORGANIZER) else organizers.delete({user}),
        viewers.add({user}) if role == VIEWER else viewers.delete({user}),
    ]
