"""A competition's jury: who is invited, who is not to count any more, and which juries one is on."""

from datetime import datetime

from chalicelib import responses
from chalicelib.actions.competitions.permissions import check_organizer, check_sees_all
from chalicelib.actions.events import acts
from chalicelib.aws import accounts, messages
from chalicelib.domain.people.accounts import NO_ACCOUNT, Account
from chalicelib.errors import Complaint, Conflict, Invalid, say
from chalicelib.store import audit, table
from chalicelib.store.competitions import competitions, definition
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.judging import cases, jurors
from chalicelib.store.judging.jurors import Juror
from chalicelib.store.writes import Composer

PAGE_SIZE = 25


def invite(competition_id: str, username: str, account: Account, now: datetime) -> responses.Juror:
    """Put an account on the jury. Raises NotFound, NotAllowed, Conflict, and Invalid when there is no such account."""
    _organized(competition_id, account)
    invited = accounts.find(username)
    if invited is None:
        advice = Complaint(
            "username", say("juror_sign_in_name", "Ask for the name that they sign in with; who has none signs up first.")
        )
        raise Invalid(NO_ACCOUNT, [advice])
    if len(jurors.of_competition(competition_id)) >= jurors.MAX_JURORS:
        raise Conflict(say("jury_full", "A jury has {most} jurors at most. Remove one first.", most=jurors.MAX_JURORS))
    juror = jurors.new(competition_id, invited.id, invited.username, account.username, now)
    jurors.add(juror, _told(juror, jurors.ACTIVE, account, now))
    return _answer(juror)


def list_all(competition_id: str, account: Account) -> responses.Jurors:
    """The whole jury. Raises NotFound, NotAllowed."""
    (competition,) = table.read(Competition.at(competition_id))
    check_sees_all(competition, account)
    return responses.Jurors([_answer(juror) for juror in jurors.of_competition(competition_id)])


def set_status(competition_id: str, user: str, status: str, account: Account, now: datetime) -> responses.Juror:
    """Count a juror's judgements, or do so no more: the scores follow. Raises NotFound, NotAllowed."""
    competition, phases = competitions.find(competition_id)
    check_organizer(competition, account)
    (found,) = table.read(Juror.at(competition_id, user))
    juror = jurors.check_there(found)
    jurors.set_status(juror, status, _told(juror, status, account, now))
    for phase in phases:
        if definition.judgings_of(competition, phase):
            cases.mark_dirty(phase.id, now)
            messages.send_judging(phase.id)
    return _answer(juror)


def remove(competition_id: str, user: str, account: Account, now: datetime) -> responses.Empty:
    """Take somebody off the jury: they judge no more, and what they have judged counts. Raises NotFound, NotAllowed."""
    competition, juror = table.read(Competition.at(competition_id), Juror.at(competition_id, user))
    check_organizer(competition, account)
    jurors.remove(competition_id, user, _told(jurors.check_there(juror), None, account, now))
    return responses.Empty()


def list_mine(account: Account, before: str | None) -> responses.Juries:
    """One page of the juries that an account is on: two calls."""
    page, following = jurors.of_account(account.id, before, PAGE_SIZE)
    known = table.read_all(Competition.at(juror.competition) for juror in page)
    juries = [
        responses.Jury(competition.id, competition.title, competition.organizer, juror.status)  # type: ignore[arg-type]
        for juror in page
        if (competition := known.get(Competition.at(juror.competition))) is not None
    ]
    return responses.Juries(juries, following)


def _told(juror: Juror, status: str | None, account: Account, now: datetime) -> Composer:
    """An entry that somebody is on the jury from now on, counts there, or not, or is there no more: None."""
    before = juror.status if juror.status != status else None
    whose = juror.username
    return audit.along(acts.made(juror.competition, "juror", account, now, participant=whose, before=before, after=status))


def _organized(competition_id: str, account: Account) -> Competition:
    (competition,) = table.read(Competition.at(competition_id))
    return check_organizer(competition, account)


def _answer(juror: Juror) -> responses.Juror:
    return responses.Juror(
        juror.user,
        juror.username,
        juror.status,  # type: ignore[arg-type]
        juror.invited_by,
        juror.invited_at,
    )
