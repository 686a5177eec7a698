"""Cancelling: what one account has submitted to a competition and is not through ends, by a word of the site's."""

from datetime import datetime

from chalicelib import telemetry
from chalicelib.actions.runs import reruns
from chalicelib.actions.submissions import successions
from chalicelib.contract import Status
from chalicelib.errors import Conflict, NotFound
from chalicelib.store import table
from chalicelib.store.competitions import competitions
from chalicelib.store.people.participants import Participant


def cancel(account: str, competition_id: str, reason: str, now: datetime) -> None:
    """Cancel what the account has submitted to a competition, for itself or for a team, and is not through."""
    try:
        _, phases = competitions.find(competition_id)
    except NotFound:
        return
    (member,) = table.read(Participant.at(competition_id, account))
    competitors = successions.competitors_of(member) if member is not None else {account}
    for phase in phases:
        for one in successions.submitted_by(account, competitors, phase):
            if not Status(one.status).is_final:
                _try_cancelling(one.id, reason, now)


def _try_cancelling(submission: str, reason: str, now: datetime) -> None:
    try:
        reruns.end(submission, reason, now)
    except (Conflict, NotFound):
        telemetry.logger.info("it ended by itself", submission=submission)
