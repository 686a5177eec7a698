"""Reminders: a day before judging ends, jurors who have something left to judge are mailed, each once."""

from collections.abc import Collection
from datetime import datetime

from chalicelib import settings
from chalicelib.domain.bundle.model import Phase
from chalicelib.domain.competitions.phases import ends_soon_at
from chalicelib.domain.mail import notices
from chalicelib.domain.mail.letters import contact
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.judging import cases, jurors
from chalicelib.store.judging.cases import Contents, JudgingState
from chalicelib.store.mail import outbox


def next_at(phase: Phase, now: datetime) -> datetime | None:
    """The time at which a phase's judging is looked after next: a day before it ends, and when it does."""
    times = (_soon_at(phase), phase.judging_end)
    return min((at for at in times if at is not None and at > now), default=None)


def remind(
    state: JudgingState, competition: Competition, phase: Phase, contents: Contents, lacking: Collection[str], now: datetime
) -> None:
    """Mail the jurors when it is time. `lacking` are the tasks that have fewer judgements than they are to have.

    A call for each juror, once: a mail's id is the same each time, so whatever breaks off, nobody gets two. Nor does anybody
    when organizers move the end about: a phase reminds a juror once in a month.
    """
    soon_at, ends_at = _soon_at(phase), phase.judging_end
    if soon_at is None or ends_at is None or not soon_at <= now < ends_at or state.reminded_for == ends_at:
        return
    if not competition.published or not settings.get().mail_from:
        return
    its = competition.settings
    letter = notices.judging_ends(
        competition.called, competition.title, phase.name, ends_at, its.timezone, contact(its.contact_email)
    )
    for juror in jurors.of_competition(competition.id):
        if juror.status == jurors.ACTIVE and _has_left(juror.user, contents, lacking):
            id_ = f"judging-{state.phase}-{juror.user}"
            outbox.queue(outbox.to_account(id_, letter, juror.user, juror.username, now))
    cases.note_reminder(state, ends_at)


def _soon_at(phase: Phase) -> datetime | None:
    return ends_soon_at(phase.judging_start or phase.start, phase.judging_end)


def _has_left(juror: str, contents: Contents, lacking: Collection[str]) -> bool:
    """True when there is something that somebody has not judged and may. Pairs are made when somebody asks for them."""
    made = [case for case in contents.cases.values() if case.task in lacking]
    if set(lacking) - {case.task for case in made} or any(len(case.artifacts) > 1 for case in made):
        return True
    return any(not case.closed and juror not in (case.judges or ()) and juror not in case.owners for case in made)
