"""Kinds of mail: what each is about, and who wants it without having said so."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from chalicelib.errors import Complaint, Invalid


@dataclass(frozen=True)
class MailKind:
    """A kind of mail that its readers switch off and on. `wanted` says which holds for who has said nothing of it."""

    name: str
    about: str
    wanted: bool = True


FAILED, FINISHED, INVITATIONS, JUDGING = "failed", "finished", "invitations", "judging"
ALL = (
    MailKind("participation", "What organizers decided about your taking part."),
    MailKind("applications", "Somebody asks to take part in a competition that you organize."),
    MailKind(INVITATIONS, "Somebody invites you, to a competition, a team or an organization."),
    MailKind(FAILED, "A submission of yours has failed."),
    # Who submits a hundred times looks at the board anyway.
    MailKind(FINISHED, "A submission of yours has its scores.", wanted=False),
    MailKind("phases", "A phase of a competition that you take part in begins, ends tomorrow, or has ended."),
    MailKind(JUDGING, "A submission waits for your judgement."),
    MailKind("letters", "What the organizers of a competition that you take part in write to you."),
    MailKind("forum", "Somebody mentions you in a forum, or organizers announce something."),
    MailKind("replies", "Somebody writes in a thread that you follow."),
    MailKind("site", "The administrators of this site announce something."),
    MailKind("organizing", "Something of a competition that you organize needs you."),
)
KINDS: Mapping[str, MailKind] = {kind.name: kind for kind in ALL}


def is_wanted(kind: str, on: Collection[str], off: Collection[str]) -> bool:
    """True when a reader who has switched some kinds `on` and others `off` is to get one of this."""
    return kind in on or (KINDS[kind].wanted and kind not in off)


def switched(changes: Mapping[str, bool], on: Collection[str], off: Collection[str]) -> tuple[set[str], set[str]]:
    """The kinds that are on and off by a reader's word after some more of it. Raises Invalid for other kinds."""
    if unknown := [Complaint(f"kinds.{name}", f"Name one of {', '.join(KINDS)}.") for name in changes if name not in KINDS]:
        raise Invalid("There are no such kinds of mail.", unknown)
    said = {**dict.fromkeys(on, True), **dict.fromkeys(off, False), **changes}
    return {name for name, wanted in said.items() if wanted}, {name for name, wanted in said.items() if not wanted}
