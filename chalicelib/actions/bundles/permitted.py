"""Permissions of a definition beyond its own rules: what its queue allows, what participants were promised."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from chalicelib.actions.leaderboards import reordering
from chalicelib.actions.leaderboards.reordering import Reordering
from chalicelib.actions.submissions import sharing
from chalicelib.domain.bundle.model import Bundle
from chalicelib.domain.bundle.reading import Reading, listed
from chalicelib.domain.queues.terms import Finding, QueueTerms, demands, foreign_images, long_time_limits
from chalicelib.errors import Complaint, Conflict, Invalid, as_sentence, say
from chalicelib.store.competitions.competitions import Phase
from chalicelib.store.queues import queues
from chalicelib.store.submissions import submissions

Judge = Callable[[Bundle, QueueTerms], Iterator[Finding]]


def judged_by_queue(reading: Reading, bundle: Bundle, account: str) -> Reading:
    """A reading with what the bundle's queues refuse, and with a warning for what they cut short: one call.

    Of a queue that the account may not use nothing is told.
    """
    usable = queues.usable([queue or queues.DEFAULT for queue in _named(bundle)], account)
    terms = [queues.terms(queue) for queue in usable.values()]
    errors = [reading.complaint(*finding) for finding in _each(foreign_images, bundle, terms)]
    warnings = [reading.complaint(*finding) for finding in _each(long_time_limits, bundle, terms)]
    return replace(reading, errors=listed([*reading.errors, *errors]), warnings=listed([*reading.warnings, *warnings]))


def check_queue_allows(bundle: Bundle, former: Bundle) -> None:
    """Raise Invalid for what a change brings that its queues do not allow; what stood there before may stay.

    A call, when the change asks anything else of a queue than before.
    """
    if demands(bundle) == demands(former):
        return
    named = _named(bundle)
    terms = queues.terms_of(*named, *_named(former))
    now, before = terms[: len(named)], terms[len(named) :]
    stood = {*_each(foreign_images, former, before), *_each(long_time_limits, former, before)}
    found = [*_each(foreign_images, bundle, now), *_each(long_time_limits, bundle, now)]
    if refused := [Complaint(place, as_sentence(message)) for place, message in found if (place, message) not in stood]:
        raise Invalid(say("queue_refuses", "The competition's queue does not allow this: correct what is named."), refused)


def check_queue_pulls(bundle: Bundle) -> None:
    """Raise Invalid for images that a new competition's queues pull from nowhere: none of its jobs could run. A call."""
    refused = [
        Complaint(place, as_sentence(message))
        for place, message in _each(foreign_images, bundle, queues.terms_of(*_named(bundle)))
    ]
    if refused:
        raise Invalid(
            say(
                "queue_refuses_images",
                "The competition's queue does not pull these images. Change first what is named of the original.",
            ),
            refused,
        )


def _named(bundle: Bundle) -> list[str | None]:
    """The queues that the work is done by: the competition's, None for the site's own, and those of groups."""
    return [bundle.queue, *(queue for queue in bundle.queues if queue != bundle.queue)]


def _each(judge: Judge, bundle: Bundle, terms: Iterable[QueueTerms]) -> list[Finding]:
    """What stands against any of the terms, each once."""
    return list(dict.fromkeys(finding for one in terms for finding in judge(bundle, one)))


def phases_shared_anew(bundle: Bundle, former: Sequence[Phase]) -> list[Phase]:
    """The phases that have submissions already which this bundle would share at the end, unknown to who made them."""
    at_end = {phase.index: phase.licence_at_end for phase in bundle.phases}
    changed = [phase for phase in former if at_end.get(int(phase.index), "") not in ("", phase.settings.licence_at_end)]
    return [phase for phase in changed if submissions.of_phase(phase.id, None, 1)[0]]


def check_licence_known(bundle: Bundle, former: Sequence[Phase]) -> None:
    """Raise Conflict where a change would share what was submitted before anybody knew."""
    for phase in phases_shared_anew(bundle, former):
        raise Conflict(
            say(
                "licence_after_submissions",
                "“{phase}” has submissions of people who did not know of this licence. {advice}",
                phase=phase.name,
                advice=sharing.ASK_THEM,
            )
        )


def check_nothing_lost(reorderings: Sequence[Reordering]) -> None:
    """Raise Conflict when scores would stand on no board any more."""
    losing = reordering.effects([one for one in reorderings if one.lost])
    lost = [f"`{column.key}` ({column.submissions:,} in “{one.name}”)" for one in losing for column in one.lost]
    if lost:
        raise Conflict(
            say(
                "columns_have_scores",
                "Submissions have scores in {columns}. No board would show them any more; they are kept, and a column with "
                "this key has them again. To remove it, send `confirmed=true`. To correct its key, change `key` instead: "
                "scores go along.",
                columns=", ".join(lost),
            )
        )
