"""Cloning a competition: the same definition and the same datasets, with nobody in it yet."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

from chalicelib import answers, bodies, ids, settings
from chalicelib.actions import competitions as showing
from chalicelib.actions import definitions
from chalicelib.actions.definitions import Placed, Ref
from chalicelib.aws import objects
from chalicelib.contract import limits
from chalicelib.domain.accounts import Account
from chalicelib.domain.bundle import sizes
from chalicelib.errors import Complaint, Invalid
from chalicelib.store import competitions, datasets, leftovers, queues
from chalicelib.store.competitions import Competition
from chalicelib.store.datasets import Use

COPIES_AT_ONCE = 10


def create(competition_id: str, body: bodies.Clone, account: Account, now: datetime) -> answers.Competition:
    """Make a draft of the account's own from a competition that it organizes. Raises NotFound, NotAllowed, and Invalid
    for one above today's limits."""
    original, phases = competitions.find(competition_id)
    showing.check_organizer(original, account)
    id_ = ids.new(now)
    bundle, placed = definitions.bundle_of(original, phases)
    bundle = replace(bundle, title=body.title or f"{bundle.title} (copy)"[: limits.MAX_NAME_CHARACTERS])
    if found := [Complaint(*finding) for finding in sizes.judge(bundle)]:
        raise Invalid("A competition like this is not kept any more. Shorten the original first: see `errors`.", found)
    new = _moved(placed, id_)
    uses = {Use(ref["dataset"], datasets.COMPETITION, id_) for ref in definitions.datasets_of(new)}
    texts = [ref["object_key"] for ref in definitions.texts_of(new)]
    made = leftovers.new(id_, now, texts, uses, {bundle.queue: id_} if bundle.queue else {})
    made.save()
    _copy(definitions.texts_of(placed), definitions.texts_of(new))
    for use in uses:
        datasets.use(*use)
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
        **definitions.competition_of(bundle, new),
    )
    competitions.create(clone, definitions.phases_of(id_, bundle, new), made)
    return showing.show(id_, account, now)


def _copy(refs: Sequence[Ref], copies: Sequence[Ref]) -> None:
    """Many at once: a competition may have a thousand assets, and the function has 29 seconds."""
    bucket = settings.get().files_bucket
    with ThreadPoolExecutor(COPIES_AT_ONCE) as executor:
        pairs = zip(refs, copies, strict=True)
        list(executor.map(lambda pair: objects.copy(bucket, *(ref["object_key"] for ref in pair)), pairs))


def _moved(placed: Placed, competition: str) -> Placed:
    """Where a clone has what a competition has for itself: pages, terms, logo and assets."""

    def moved(ref: Ref) -> Ref:
        return {**ref, "object_key": f"competitions/{competition}/{ref['object_key'].rpartition('/')[2]}"}

    return replace(
        placed,
        pages=[moved(ref) for ref in placed.pages],
        terms=placed.terms and moved(placed.terms),
        logo=placed.logo and moved(placed.logo),
        assets={name: moved(ref) for name, ref in placed.assets.items()},
    )
