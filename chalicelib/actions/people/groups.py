"""Groups of participants: who is in which, by hand and by the rules of their competition (ADR 31)."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from chalicelib import ids, requests, responses, telemetry
from chalicelib.actions.competitions.permissions import check_organizer, check_sees_all, is_organizer
from chalicelib.actions.events import acts
from chalicelib.actions.people import audit_log
from chalicelib.aws import messages
from chalicelib.deadlines import NO_TIME_LEFT
from chalicelib.domain.bundle.group import Group
from chalicelib.domain.people import groups
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import AgonError, Complaint, Conflict, Invalid, NotFound, say
from chalicelib.store import audit, table
from chalicelib.store.background import jobs
from chalicelib.store.background.phase_jobs import Progress
from chalicelib.store.competitions.competitions import REMOVED, Competition
from chalicelib.store.people import group_jobs, participants
from chalicelib.store.people.group_jobs import GroupJob
from chalicelib.store.people.participants import Participant

PAGE_SIZE = 100
#: How many of the newest jobs are listed.
LISTED = 20
#: A call of the API lives for 29 seconds, and must answer what was done.
PATIENCE = timedelta(seconds=20)
_NOBODY = "There is no such participant. Look at the list of participants."


def list_all(competition_id: str, account: Account) -> responses.Groups:
    """A competition's groups, and the work on them; for viewers without the addresses. Raises NotFound, NotAllowed."""
    (found,) = table.read(Competition.at(competition_id))
    competition = check_sees_all(found, account)
    newest = group_jobs.of_competition(competition_id, LISTED)
    organizes = is_organizer(competition, account)
    told = [_told(group if organizes else replace(group, addresses=())) for group in competition.groups]
    return responses.Groups(told, [_job_told(job) for job in newest])


def assign(competition_id: str, body: requests.AssignGroup, account: Account, now: datetime) -> responses.BulkResult:
    """Put several in a group, or take them out: two calls to read, and a transaction each. What they handed in follows.

    Raises NotFound, NotAllowed, Invalid for a group that there is not.
    """
    (found,) = table.read(Competition.at(competition_id))
    competition = check_organizer(found, account)
    known = [group.key for group in competition.groups]
    if body.group not in known:
        listed = ", ".join(f"`{key}`" for key in known) or "none. Add one first"
        raise Invalid(
            say("no_group", "There is no such group."),
            [Complaint("group", say("groups_listed", "Write one of those that there are: {groups}.", groups=listed))],
        )
    users = list(dict.fromkeys(body.participants))
    there = table.read_many(Participant.at(competition_id, user) for user in users)
    change = {body.group}
    wanted = {one.user: set(one.groups or ()) - change if body.remove else {*(one.groups or ()), *change} for one in there}
    refused = {user: _NOBODY for user in users if user not in wanted}
    refused |= _regroup(competition, there, wanted, body.reason, account, now, now + PATIENCE)
    return responses.BulkResult([user for user in users if user not in refused], refused)


def apply_rules(competition_id: str, account: Account, now: datetime) -> responses.GroupJob:
    """Have everybody put in the groups that the rules put them in, who joined before there were such rules too. Nobody is
    taken out of one. Raises NotFound, NotAllowed, Conflict while that is done.
    """
    (competition,) = table.read(Competition.at(competition_id))
    check_organizer(competition, account)
    newest = group_jobs.of_competition(competition_id, LISTED)
    if any(job.participants is None and job.status not in jobs.OVER for job in newest):
        raise Conflict(say("rules_being_applied", "The rules are being applied at this moment. Wait for the end of that."))
    job = _new(competition_id, None, account, now)
    entry = acts.made(competition_id, "rules_applied", account, now, after={"job": job.id})
    jobs.create(job, besides=audit.along(entry))
    messages.send_group_job(job.id)
    return _job_told(job)


def work(job: GroupJob, now: datetime) -> Progress:
    """Apply the rules to one page of participants. Raises NotFound when the competition was removed."""
    (competition,) = table.read(Competition.at(job.competition))
    if competition is None:
        raise NotFound(REMOVED)
    page, cursor = participants.of_competition(job.competition, job.cursor, PAGE_SIZE)
    wanted = {one.user: {*(one.groups or ()), *_joined(competition.groups, one)} for one in page}
    by = Account(job.owner, job.owner_name, is_admin=False, signed_in_with="session")
    changing = sum(wanted[one.user] != set(one.groups or ()) for one in page)
    # Who was changed by somebody else meanwhile was looked at by a person.
    refused = _regroup(competition, page, wanted, "By the rules of the competition.", by, now)
    group_jobs.advance(job, cursor, len(page), changing - len(refused))
    return Progress.GOES_ON if cursor else Progress.DONE


def _joined(known: Sequence[Group], one: Participant) -> set[str]:
    return groups.joined(known, str(one.address or ""), one.answers or {})


def _regroup(
    competition: Competition,
    there: Sequence[Participant],
    wanted: Mapping[str, Collection[str]],
    reason: str,
    account: Account,
    now: datetime,
    deadline: datetime | None = None,
) -> dict[str, str]:
    """Put some in the groups that are wanted for each: why it could not be done to whom.

    The job that moves their submissions is stored first, and looks a second time, so that no change goes without it.
    """
    changing = [one for one in there if set(one.groups or ()) != set(wanted[one.user])]
    if not changing:
        return {}
    job = _new(competition.id, [one.user for one in changing], account, now)
    jobs.create(job)
    refused = dict[str, str]()
    for one in changing:
        before, after = ({"groups": sorted(keys)} for keys in (one.groups or (), wanted[one.user]))
        entry = audit_log.entry_about(competition.id, one.username, "grouped", before, after, reason, account, now)
        try:
            if deadline is not None and datetime.now(UTC) > deadline:
                raise Conflict(NO_TIME_LEFT)
            participants.regroup(one, wanted[one.user], entry)
        except AgonError as error:
            refused[one.user] = error.detail
    messages.send_group_job(job.id)
    telemetry.logger.info("groups changed", competition=competition.id, participants=len(changing), by=account.id)
    return refused


def _new(competition_id: str, users: Sequence[str] | None, account: Account, now: datetime) -> GroupJob:
    id_ = ids.new(now)
    return GroupJob(
        *GroupJob.at(id_),
        id=id_,
        competition=competition_id,
        owner=account.id,
        owner_name=account.username,
        participants=None if users is None else list(users),
        created_at=now,
        owner_pk=group_jobs.owner_key(competition_id),
        owner_sk=id_,
    )


def _told(group: Group) -> responses.Group:
    return responses.Group(
        key=group.key,
        title=group.title,
        board=group.board,
        queue=group.queue,
        phases=list(group.phases),
        limits=[responses.GroupLimits(**vars(one)) for one in group.limits],
        addresses=list(group.addresses),
        question=group.question,
        answers=list(group.answers),
    )


def _job_told(job: GroupJob) -> responses.GroupJob:
    return responses.GroupJob(
        id=job.id,
        work="rules" if job.participants is None else "move",
        status=job.status,  # type: ignore[arg-type]
        done=int(job.done),
        changed=int(job.changed),
        reason=job.reason or "",
        created_at=job.created_at,
    )
