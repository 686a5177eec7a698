"""Cloning a competition: the same definition and the same datasets, with nobody in it yet."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

from chalicelib import ids, requests, responses, settings
from chalicelib.actions.bundles import permitted
from chalicelib.actions.competitions import permissions, showing, slugs
from chalicelib.actions.events import acts
from chalicelib.actions.people import tries
from chalicelib.aws import object_keys, objects
from chalicelib.contract import limits
from chalicelib.domain.bundle import sizes
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Complaint, Invalid, as_sentence, say
from chalicelib.store import audit
from chalicelib.store.audit import AuditEntry
from chalicelib.store.competitions import competitions, definition
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.competitions.definition import Placed, Ref
from chalicelib.store.library import datasets, orphans
from chalicelib.store.library.datasets import Use
from chalicelib.store.library.orphans import Orphan
from chalicelib.store.queues import queues
from chalicelib.store.writes import Transaction

COPIES_AT_ONCE = 10


def create(competition_id: str, body: requests.Clone, account: Account, now: datetime) -> responses.Competition:
    """Make a draft of the account's own from a competition that it organizes.

    Raises NotFound, NotAllowed, QuotaExceeded, and Invalid for one above today's limits, or with images that its queue does
    not pull.
    """
    original, phases = competitions.find(competition_id)
    permissions.check_organizer(original, account)
    id_ = ids.new(now)
    bundle, placed = definition.bundle_of(original, phases)
    title = body.title or f"{bundle.title} (copy)"[: limits.MAX_NAME_CHARACTERS]
    bundle = replace(bundle, title=title, slug="", archived=False)
    if found := [Complaint(place, as_sentence(message)) for place, message in sizes.judge(bundle)]:
        raise Invalid(
            say(
                "clone_above_limits",
                "A competition like this is not kept any more. Shorten first what is named of the original.",
            ),
            found,
        )
    permitted.check_queue_pulls(bundle)
    new = _moved(placed, id_)
    uses = {Use(ref["dataset"], datasets.COMPETITION, id_) for ref in definition.datasets_of(new)}
    texts = [ref["object_key"] for ref in definition.texts_of(new)]
    made = orphans.new(id_, now, texts, uses, dict.fromkeys(bundle.queues, id_))
    tries.import_(account, None, now, lambda write: write.save(made))
    _copy(definition.texts_of(placed), definition.texts_of(new))
    for use in uses:
        datasets.use(*use)
    for queue in bundle.queues:
        queues.use(queue, id_)
    clone = Competition(
        *Competition.at(id_),
        id=id_,
        organizer=account.username,
        organizer_ids={account.id},
        published=False,
        participants=0,
        created_at=now,
        owner_pk=competitions.organizer_key(account.id),
        owner_sk=id_,
        **definition.competition_of(bundle, new),
    )
    entry = acts.made(original.id, "cloned", account, now, after={"competition": id_})
    _store(clone, definition.phases_of(id_, bundle, new), made, entry)
    return showing.show(id_, account, now)


def _store(clone: Competition, phases: list[Phase], made: Orphan, entry: AuditEntry) -> None:
    def besides(write: Transaction) -> None:
        orphans.taking_away(write, made)
        audit.recording(write, entry)

    def store(slug: str) -> None:
        clone.slug = slug
        competitions.create(clone, phases, besides)

    slugs.naming("", clone.title, clone.id, store)


def _copy(refs: Sequence[Ref], copies: Sequence[Ref]) -> None:
    """Many at once: a competition may have a thousand assets, and the function has 29 seconds."""
    bucket = settings.get().files_bucket
    with ThreadPoolExecutor(COPIES_AT_ONCE) as executor:
        pairs = zip(refs, copies, strict=True)
        list(executor.map(lambda pair: objects.copy(bucket, *(ref["object_key"] for ref in pair)), pairs))


def _moved(placed: Placed, competition: str) -> Placed:
    """Where a clone has what a competition has for itself: pages, terms, logo and assets."""

    def moved(ref: Ref) -> Ref:
        return {**ref, "object_key": object_keys.of_competition(competition, ref["object_key"].rpartition("/")[2])}

    return replace(
        placed,
        pages=[moved(ref) for ref in placed.pages],
        terms=placed.terms and moved(placed.terms),
        logo=placed.logo and moved(placed.logo),
        assets={name: moved(ref) for name, ref in placed.assets.items()},
    )
