"""Notices: the letters that the site itself writes, each when something has happened."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.domain.mail.kinds import FAILED, FINISHED, JUDGING
from chalicelib.domain.mail.letters import Letter, plain, quoted, written
from chalicelib.domain.mail.sentences import Speech


def applied(competition: str, title: str) -> Letter:
    """The letter to an organizer when people ask to take part."""
    return written(
        "applications",
        lambda say: (
            say("applied.subject", title=title),
            say("applied", competition=_linked(competition, title), id=competition),
        ),
    )


def decided(competition: str, title: str, status: str, reason: str, reply_to: str | None) -> Letter:
    """The letter to somebody whom organizers have let in, or out."""
    what = "let in" if status == "approved" else "kept out"

    def compose(say: Speech) -> tuple[str, str]:
        text = say(what, competition=_linked(competition, title))
        return say(f"{what}.subject", title=title), text + _said(say("organizers say"), reason)

    return written("participation", compose, reply_to)


def published(competition: str, title: str, is_approved: bool, reason: str) -> Letter:
    """The letter to the owner of a competition that waited for the approval of the site's administrators."""
    what = "published" if is_approved else "not published"

    def compose(say: Speech) -> tuple[str, str]:
        text = say(what, competition=_linked(competition, title)) + _said(say("they say"), reason)
        text += "" if is_approved else f"\n\n{say('ask again', id=competition)}"
        return say(f"{what}.subject", title=title), text

    return written("organizing", compose)


def ended(submission: str, name: str, title: str, is_finished: bool, reply_to: str | None, own_fault: str = "") -> Letter:
    """The letter to who submitted: it has its scores, or failed. No scores stand in it, which may be hidden.

    `own_fault` is what is wrong with the submission itself, in a sentence for its participant.
    """
    what = "scored" if is_finished else "failed"

    def compose(say: Speech) -> tuple[str, str]:
        text = say(what, submission=_named(submission, name), title=plain(title), id=submission)
        text += f"\n\n{say('own fault', why=plain(own_fault))}" if own_fault and not is_finished else ""
        return say(f"{what}.subject", called=f"“{name}”" if name else submission), text

    return written(FINISHED if is_finished else FAILED, compose, reply_to)


def begun(competition: str, title: str, phase: str, ends_at: datetime | None, zone: str, reply_to: str | None) -> Letter:
    """The letter to participants when a phase begins."""

    def compose(say: Speech) -> tuple[str, str]:
        until = f" {say('until', until=say.moment(ends_at, zone))}" if ends_at else ""
        text = say("begun", phase=plain(phase), competition=_linked(competition, title))
        return say("begun.subject", title=title, phase=phase), text + until

    return written("phases", compose, reply_to)


def ending(competition: str, title: str, phase: str, ends_at: datetime, zone: str, reply_to: str | None) -> Letter:
    """The letter to participants a day before a phase ends."""
    return _of_end("ending", "phases", competition, title, phase, ends_at, zone, reply_to)


def choosing(
    say: Speech, competition: str, most: int, chosen: Sequence[tuple[str, str]], ends_at: datetime, zone: str
) -> str:
    """A paragraph before a phase's end, to who may choose `most` submissions and has `chosen` some, by id and name."""
    page = f"agon:/c/{competition}/submissions"
    until = say("choose", until=say.moment(ends_at, zone), page=page, most=most)
    if not chosen:
        return f"{until} {say('chosen none')}"
    return f"{until} {say('chosen', count=len(chosen))}\n\n{_listed(chosen)}"


def counted(say: Speech, competition: str, chosen: Sequence[tuple[str, str]]) -> str:
    """A paragraph at a phase's end, to who has `chosen` some submissions, by id and name. No score stands in it."""
    board = f"agon:/c/{competition}/leaderboard"
    if not chosen:
        return say("counted none", board=board)
    return f"{say('counted', board=board)}\n\n{_listed(chosen)}"


def judging_ends(competition: str, title: str, phase: str, ends_at: datetime, zone: str, reply_to: str | None) -> Letter:
    """The letter to a juror who has something left to judge, a day before judging ends."""
    return _of_end("judging", JUDGING, competition, title, phase, ends_at, zone, reply_to)


def over(competition: str, title: str, phase: str, ends_at: datetime, zone: str, reply_to: str | None) -> Letter:
    """The letter to participants when a phase has ended."""
    return _of_end("over", "phases", competition, title, phase, ends_at, zone, reply_to)


def invited(to: str, name: str, by: str, invitation: str, competition: str | None, expires_at: datetime) -> Letter:
    """The letter to somebody who is asked into a team or an organization, or to do something for it."""

    def compose(say: Speech) -> tuple[str, str]:
        asks, page = say(f"asks.{to}"), f"agon:/c/{competition}"
        asked = say("asked there" if competition else "asked", by=plain(by), asks=asks, name=plain(name), page=page)
        answer = say("answer", until=say.moment(expires_at, "UTC"), id=invitation)
        return say("asked.subject", by=by, asks=asks, name=name), f"{asked}\n\n{answer}\n"

    return written("invitations", compose)


def _of_end(
    what: str, kind: str, competition: str, title: str, phase: str, ends_at: datetime, zone: str, reply_to: str | None
) -> Letter:
    def compose(say: Speech) -> tuple[str, str]:
        until, linked = say.moment(ends_at, zone), _linked(competition, title)
        text = say(what, phase=plain(phase), competition=linked, until=until, id=competition)
        return say(f"{what}.subject", title=title, phase=phase), text

    return written(kind, compose, reply_to)


def _said(who: str, reason: str) -> str:
    return f"\n\n{who}\n\n{quoted(reason)}" if reason.strip() else ""


def _listed(submissions: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"- {_named(*one)}" for one in submissions)


def _named(submission: str, name: str) -> str:
    called = f"“{name}”" if name else submission
    return f"[{plain(called)}](agon:/submissions/{submission})"


def _linked(competition: str, title: str) -> str:
    return f"[{plain(title)}](agon:/c/{competition})"
