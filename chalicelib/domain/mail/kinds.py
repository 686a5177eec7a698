"""Kinds of mail: what each is about, and who wants it without having said so."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from chalicelib.domain.mail.sentences import DEFAULT, Speech
from chalicelib.errors import Complaint, Invalid, say


@dataclass(frozen=True)
class MailKind:
    """A kind of mail that its readers switch off and on. `wanted` says which holds for who has said nothing of it."""

    name: str
    wanted: bool = True

    @property
    def about(self) -> str:
        """A sentence on what letters of this kind are about."""
        return Speech(DEFAULT)(f"kind.{self.name}")


FAILED, FINISHED, INVITATIONS, JUDGING = "failed", "finished", "invitations", "judging"
ALL = (
    MailKind("participation"),
    MailKind("applications"),
    MailKind(INVITATIONS),
    MailKind(FAILED),
    # Who submits a hundred times looks at the board anyway.
    MailKind(FINISHED, wanted=False),
    MailKind("phases"),
    MailKind(JUDGING),
    MailKind("letters"),
    MailKind("forum"),
    MailKind("replies"),
    MailKind("site"),
    MailKind("organizing"),
)
KINDS: Mapping[str, MailKind] = {kind.name: kind for kind in ALL}


def is_wanted(kind: str, on: Collection[str], off: Collection[str]) -> bool:
    """True when a reader who has switched some kinds `on` and others `off` is to get one of this."""
    return kind in on or (KINDS[kind].wanted and kind not in off)


def switched(changes: Mapping[str, bool], on: Collection[str], off: Collection[str]) -> tuple[set[str], set[str]]:
    """The kinds that are on and off by a reader's word after some more of it. Raises Invalid for other kinds."""
    if unknown := [
        Complaint(f"kinds.{name}", say("mail_kinds_listed", "Name one of {kinds}.", kinds=", ".join(KINDS)))
        for name in changes
        if name not in KINDS
    ]:
        raise Invalid(say("no_mail_kinds", "There are no such kinds of mail."), unknown)
    said = {**dict.fromkeys(on, True), **dict.fromkeys(off, False), **changes}
    return {name for name, wanted in said.items() if wanted}, {name for name, wanted in said.items() if not wanted}
