"""Robots: accounts that organizers admit to a competition, with limits of their own and mostly out of the ranking."""

from datetime import datetime

from chalicelib import requests, responses
from chalicelib.actions.competitions.permissions import check_organizer
from chalicelib.actions.people import audit_log
from chalicelib.actions.people.participants import answer
from chalicelib.aws import accounts
from chalicelib.domain.competitions import access
from chalicelib.domain.people.accounts import NO_ACCOUNT, Account
from chalicelib.domain.submissions import robots
from chalicelib.domain.submissions.robots import Robot
from chalicelib.errors import Complaint, Conflict, Invalid, NotFound, say
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant


def admit(competition_id: str, body: requests.AdmitRobot, account: Account, now: datetime) -> responses.Participant:
    """Have an account take part as a robot, or by other rules than before: four calls. It need not have joined.

    Raises NotFound, NotAllowed, Invalid for an unknown name, Conflict for who competes in a team.
    """
    (found,) = table.read(Competition.at(competition_id))
    competition, asked = check_organizer(found, account), accounts.find(body.username)
    if asked is None:
        raise Invalid(
            NO_ACCOUNT,
            [Complaint("username", say("robot_sign_in_name", "Write the name it signs in with."))],
        )
    (member,) = table.read(Participant.at(competition.id, asked.id))
    if member is not None and member.team:
        raise Conflict(
            say(
                "robot_in_team",
                "{username} competes in the team “{team}”, and a robot competes alone.",
                username=asked.username,
                team=member.team_name,
            )
        )
    robot = Robot(body.max_per_day, body.max_in_all, body.ranks)
    before = member.robot if member else None
    entry = audit_log.entry_about(
        competition.id, asked.username, "robot", before, robot.to_dict(), body.reason, account, now
    )
    admitted = member or _new(competition, asked, robot, now)
    participants.admit(admitted, robot, member is None, entry)
    return answer(admitted)


def release(competition_id: str, user: str, reason: str, account: Account, now: datetime) -> responses.Participant:
    """Have a robot take part as anybody does, by the limits of phases. What it has submitted stays as it is.

    Raises NotFound, NotAllowed, Conflict.
    """
    found, member = table.read(Competition.at(competition_id), Participant.at(competition_id, user))
    check_organizer(found, account)
    if member is None or robots.read(member.robot) is None:
        raise NotFound(say("no_robot", "There is no such robot. Look at the list of participants."))
    entry = audit_log.entry_about(competition_id, member.username, "robot", member.robot, None, reason, account, now)
    participants.unmake_robot(member, entry)
    return answer(member)


def _new(competition: Competition, asked: accounts.PoolUser, robot: Robot, now: datetime) -> Participant:
    return Participant(
        *Participant.at(competition.id, asked.id),
        user=asked.id,
        username=asked.username,
        competition=competition.id,
        status=access.APPROVED,
        joined_at=now,
        admitted=True,
        terms_version=competition.version_of_terms,
        joined_draft=None if competition.published else True,
        robot=robot.to_dict(),
        owner_pk=f"PARTICIPANT#{asked.id}",
        owner_sk=competition.id,
    )
