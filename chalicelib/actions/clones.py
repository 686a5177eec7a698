"""Cloning a competition: the same definition and the same datasets, with nobody in it yet."""

from dataclasses import replace
from datetime import datetime

from chalicelib import answers, bodies, ids, settings
from chalicelib.actions import competitions as showing
from chalicelib.actions import definitions, library
from chalicelib.actions.definitions import Placed, Ref
from chalicelib.aws import objects
from chalicelib.domain.accounts import Account
from chalicelib.store import competitions, datasets, queues
from chalicelib.store.competitions import Competition


def create(competition_id: str, body: bodies.Clone, account: Account, now: datetime) -> answers.Competition:
    """Make a draft of the account's own from a competition that it organizes. Raises NotFound, NotAllowed."""
    original, phases = competitions.find(competition_id)
    showing.check_organizer(original, account)
    id_ = ids.new(now)
    bundle, placed = definitions.bundle_of(original, phases)
    bundle = replace(bundle, title=body.title or f"{bundle.title} (copy)"[:256])
    placed = _copied(placed, id_)
    for ref in definitions.datasets_of(placed):
        datasets.use(ref["dataset"], library.COMPETITION, id_)
    if bundle.queue:
        queues.use(bundle.queue, id_)
    clone = Competition(
        *competitions.key(id_),
        id=id_,
        organizer=account.username,
        organizer_ids={account.id},
        published=False,
        participants=0,
        created_at=now,
        owner_pk=competitions.organizer_key(account.id),
        owner_sk=id_,
        **definitions.competition_of(bundle, placed),
    )
    competitions.create(clone, definitions.phases_of(id_, bundle, placed))
    return showing.show(id_, account, now)


def _copied(placed: Placed, competition: str) -> Placed:
    """With copies of what a competition has for itself: pages, terms, logo and assets."""

    def copied(ref: Ref) -> Ref:
        key = f"competitions/{competition}/{ref['object_key'].rpartition('/')[2]}"
        objects.copy(settings.get().files_bucket, ref["object_key"], key)
        return {**ref, "object_key": key}

    return replace(
        placed,
        pages=[copied(ref) for ref in placed.pages],
        terms=placed.terms and copied(placed.terms),
        logo=placed.logo and copied(placed.logo),
        assets={name: copied(ref) for name, ref in placed.assets.items()},
    )
