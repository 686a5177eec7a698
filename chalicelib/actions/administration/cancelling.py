"""Cancelling: what one account has submitted to a competition and is not through ends, by a word of the site's."""

from datetime import datetime

from chalicelib import telemetry
from chalicelib.actions.leaderboards import placement
from chalicelib.actions.runs import reruns
from chalicelib.contract import Status
from chalicelib.errors import Conflict, NotFound
from chalicelib.store import table
from chalicelib.store.competitions import competitions
from chalicelib.store.people import teams
from chalicelib.store.people.participants import Participant
from chalicelib.store.submissions import submissions


def cancel(account: str, competition_id: str, reason: str, now: datetime) -> None:
    """Cancel what the account has submitted to a competition, for itself or for its team, and is not through.

    What was in progress when its team went into another one stands with the former team until it has ended.
    """
    try:
        _, phases = competitions.find(competition_id)
    except NotFound:
        return
    (member,) = table.read(Participant.at(competition_id, account))
    team = str(member.team) if member is not None and member.team else None
    competitors = {account} | ({team, *teams.gone_into(competition_id, team)} if team else set())
    for phase in phases:
        for competitor in competitors:
            for one in placement.newest_of(competitor, phase.id, submissions.MANY):
                if one.user == account and not Status(one.status).is_final:
                    _try_cancelling(one.id, reason, now)


def _try_cancelling(submission: str, reason: str, now: datetime) -> None:
    try:
        reruns.end(submission, reason, now)
    except (Conflict, NotFound):
        telemetry.logger.info("it ended by itself", submission=submission)
