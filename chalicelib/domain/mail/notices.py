"""Notices: the letters that the site itself writes, each when something has happened."""

from collections.abc import Sequence
from datetime import datetime

from chalicelib.domain.mail.kinds import FAILED, FINISHED, JUDGING
from chalicelib.domain.mail.letters import Letter, moment, plain, quoted

#: What one who invites does, by what they invite to.
_ASKS = {
    "team": "asks you into the team",
    "lead": "offers you to lead the team",
    "merger": "asks your team to go into the team",
    "organization": "asks you into the organization",
    "owner": "offers you to own the organization",
}


def applied(competition: str, title: str) -> Letter:
    """The letter to an organizer when people ask to take part."""
    text = (
        f"People ask to take part in {_linked(competition, title)}."
        f" See who waits with `agon participants list {competition} --status pending`, and decide."
    )
    return Letter("applications", f"People ask to take part in {title}", text)


def decided(competition: str, title: str, status: str, reason: str, reply_to: str | None) -> Letter:
    """The letter to somebody whom organizers have let in, or out."""
    is_in = status == "approved"
    may = "You may take part in" if is_in else "You may not take part in"
    said = f"\n\nThe organizers say:\n\n{quoted(reason)}" if reason.strip() else ""
    return Letter("participation", f"{may} {title}", f"{may} {_linked(competition, title)}.{said}", reply_to)


def published(competition: str, title: str, is_approved: bool, reason: str) -> Letter:
    """The letter to the owner of a competition that waited for the approval of the site's administrators."""
    said = f"\n\nThey say:\n\n{quoted(reason)}" if reason.strip() else ""
    if is_approved:
        text = f"The site's administrators have approved {_linked(competition, title)}: it is published.{said}"
        return Letter("organizing", f"{title} is published", text)
    text = f"The site's administrators have not approved {_linked(competition, title)}: it is still a draft.{said}"
    text += f"\n\nChange it and ask again: `agon competitions publish {competition}`."
    return Letter("organizing", f"{title} was not approved", text)


def ended(submission: str, name: str, title: str, is_finished: bool, reply_to: str | None, own_fault: str = "") -> Letter:
    """The letter to who submitted: it has its scores, or failed. No scores stand in it, which may be hidden.

    `own_fault` is what is wrong with the submission itself, in a sentence for its participant.
    """
    called = f"“{name}”" if name else submission
    linked = _named(submission, name)
    if is_finished:
        text = f"Your submission {linked} to {plain(title)} was scored. See it with `agon submissions show {submission}`."
        return Letter(FINISHED, f"Your submission {called} was scored", text, reply_to)
    text = f"Your submission {linked} to {plain(title)} has failed. `agon submissions show {submission}` says why,"
    text += f" and `agon logs {submission}` what it printed."
    text += f"\n\nThis is wrong with it: {plain(own_fault)}" if own_fault else ""
    return Letter(FAILED, f"Your submission {called} has failed", text, reply_to)


def begun(competition: str, title: str, phase: str, ends_at: datetime | None, zone: str, reply_to: str | None) -> Letter:
    """The letter to participants when a phase begins."""
    until = f" It ends on {moment(ends_at, zone)}." if ends_at else ""
    text = f"The phase “{plain(phase)}” of {_linked(competition, title)} has begun.{until}"
    return Letter("phases", f"{title}: the phase “{phase}” has begun", text, reply_to)


def ending(competition: str, title: str, phase: str, ends_at: datetime, zone: str, reply_to: str | None) -> Letter:
    """The letter to participants a day before a phase ends."""
    text = f"The phase “{plain(phase)}” of {_linked(competition, title)} ends on {moment(ends_at, zone)}."
    return Letter("phases", f"{title}: the phase “{phase}” ends soon", text, reply_to)


def choosing(competition: str, most: int, chosen: Sequence[tuple[str, str]], ends_at: datetime, zone: str) -> str:
    """A paragraph before a phase's end, to who may choose `most` submissions and has `chosen` some, by id and name."""
    page = f"[your submissions](agon:/c/{competition}/submissions)"
    until = f"Until {moment(ends_at, zone)} you choose among {page} up to {most} that are to count."
    if not chosen:
        return f"{until} You have chosen none: then the leaderboard goes by its rule, as it does now."
    return f"{until} You have chosen {len(chosen)}:\n\n{_listed(chosen)}"


def counted(competition: str, chosen: Sequence[tuple[str, str]]) -> str:
    """A paragraph at a phase's end, to who has `chosen` some submissions, by id and name. No score stands in it."""
    board = f"[the leaderboard](agon:/c/{competition}/leaderboard)"
    if not chosen:
        return f"You have chosen none of your submissions, so what counts is what {board} says by its rule."
    return f"Of your submissions the best of those that you chose counts, and stands on {board}:\n\n{_listed(chosen)}"


def judging_ends(competition: str, title: str, phase: str, ends_at: datetime, zone: str, reply_to: str | None) -> Letter:
    """The letter to a juror who has something left to judge, a day before judging ends."""
    text = f"Judging of the phase “{plain(phase)}” of {_linked(competition, title)} ends on {moment(ends_at, zone)}, and"
    text += f" submissions wait for you. Judge them on the competition's page, or with `agon judge {competition}`."
    return Letter(JUDGING, f"{title}: submissions wait for your judgement", text, reply_to)


def over(competition: str, title: str, phase: str, ends_at: datetime, zone: str, reply_to: str | None) -> Letter:
    """The letter to participants when a phase has ended."""
    text = f"The phase “{plain(phase)}” of {_linked(competition, title)} ended on {moment(ends_at, zone)}."
    return Letter("phases", f"{title}: the phase “{phase}” has ended", text, reply_to)


def invited(to: str, name: str, by: str, invitation: str, competition: str | None, expires_at: datetime) -> Letter:
    """The letter to somebody who is asked into a team or an organization, or to do something for it."""
    asked = f"{plain(by)} {_ASKS[to]} **{plain(name)}**"
    where = f" in [this competition](agon:/c/{competition})" if competition else ""
    text = (
        f"{asked}{where}.\n\nAnswer until {moment(expires_at, 'UTC')}, signed in to the account that was asked or, if it was"
        f" an address, to one with this address: `agon team accept {invitation}` or `agon team decline {invitation}`.\n"
    )
    return Letter("invitations", f"{by} {_ASKS[to]} {name}", text)


def _listed(submissions: Sequence[tuple[str, str]]) -> str:
    return "\n".join(f"- {_named(*one)}" for one in submissions)


def _named(submission: str, name: str) -> str:
    called = f"“{name}”" if name else submission
    return f"[{plain(called)}](agon:/submissions/{submission})"


def _linked(competition: str, title: str) -> str:
    return f"[{plain(title)}](agon:/c/{competition})"
