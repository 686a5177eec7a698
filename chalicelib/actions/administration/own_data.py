"""Own data: what the site knows of an account and has by it, as zips of JSON for its owner, made by an account job.

Each function packs what it has the time for and ends its zip; the next one goes on behind that.
"""

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, TypeVar

from pydantic_core import to_json

from chalicelib import responses, settings, telemetry
from chalicelib.actions.competitions import permissions
from chalicelib.actions.leaderboards import results
from chalicelib.actions.mail import preferences
from chalicelib.actions.people import accounts, organizations
from chalicelib.actions.submissions import showing
from chalicelib.aws import accounts as cognito
from chalicelib.aws import messages, object_keys, objects
from chalicelib.deadlines import OutOfTime, is_late
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Conflict, NotAllowed, NotFound, say
from chalicelib.store import writes
from chalicelib.store.background import jobs
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.forum import inbox, threads
from chalicelib.store.forum.inbox import Notification
from chalicelib.store.forum.threads import Post
from chalicelib.store.judging import cases, jurors
from chalicelib.store.judging.cases import Judgement
from chalicelib.store.judging.jurors import Juror
from chalicelib.store.people import account_jobs, organizers, participants, profiles
from chalicelib.store.people.account_jobs import (
    EXPORT,
    JUDGING,
    RESULTS,
    RUNNING,
    TAKING_PART,
    THROUGH,
    TOLD,
    WRITTEN,
    AccountJob,
)
from chalicelib.store.people.participants import Participant
from chalicelib.store.submissions import submissions

PAGE_SIZE = 100
URL_SECONDS = 300
#: A zip takes nothing more once it is as large as this: a function has it in memory.
ZIP_BYTES = 32 * 1024**2
#: More than anybody has, so that there is an end.
MAX_ZIPS = 100
#: So often somebody may ask for it again.
_AGAIN = timedelta(hours=1)
#: Before the newest competition, in which nothing is packed yet.
_START: tuple[str | None, int, str | None] = (None, -1, None)
_SESSION_ONLY = say(
    "data_by_token", "A personal access token does not get all that its owner has. Sign in with your password for that."
)


#: Files by their names, and where it goes on behind them: None at the end.
_Walk = Iterator[tuple[dict[str, Any], str | None]]
#: The same within a competition, where it goes on at a phase, counted from 0, and before something of it.
_PhasePage = tuple[dict[str, Any], int, str | None]
Member = TypeVar("Member", Participant, Juror)


@dataclass(frozen=True)
class _Page:
    """Files of an export by their names, and how far the walk is behind them."""

    files: dict[str, Any]
    stage: str
    cursor: str | None


def order(account: Account, now: datetime) -> responses.AccountExport:
    """Begin to pack what an account has, in the place of its former export.

    Raises NotAllowed for a personal token, Conflict while one is being packed or an hour after.
    """
    _check_session(account)
    job = account_jobs.new(account_jobs.export_of(account.id), account.id, account.username, EXPORT, now)
    if not jobs.create(job, unless=account_jobs.may_be_replaced(now - _AGAIN)):
        raise Conflict(
            say(
                "data_being_packed",
                "Your data is being packed, or was within the last hour. Look at the export that there is.",
            )
        )
    messages.send_account_job(job.id)
    return _answer(job)


def list_all(account: Account) -> responses.AccountExports:
    """The newest export of what an account has, as long as it is there. Raises NotAllowed for a personal token."""
    _check_session(account)
    job = account_jobs.find(account_jobs.export_of(account.id))
    return responses.AccountExports([_answer(job)] if job is not None else [])


def pack(job: AccountJob, now: datetime, deadline: datetime) -> None:
    """Pack zip after zip. Raises OutOfTime, TakenOver, Busy, and Conflict when there is more than zips hold."""
    account = Account(job.account, job.username, False, "session")
    while job.stage != THROUGH:
        zips = list(job.zips or [])
        if len(zips) >= MAX_ZIPS:
            raise Conflict(
                say(
                    "data_above_zips",
                    "There is more than {most} zips hold. Ask an administrator of the site.",
                    most=MAX_ZIPS,
                )
            )
        content, last = _zip(job, account, now, deadline)
        objects.write(settings.get().runs_bucket, _key(job, len(zips) + 1), content, "application/zip")
        account_jobs.keep_zip(job, len(content), last.stage, last.cursor)
        if last.stage != THROUGH and is_late(deadline):
            raise OutOfTime
    account_jobs.finish_export(job, now)


def throw_away(job: AccountJob) -> None:
    """Remove an old export, its row last: until then the sweeper comes back. A newer one in its place stays."""
    if job.work != EXPORT:
        return
    objects.delete(settings.get().runs_bucket, *(_key(job, number) for number, _ in enumerate(job.zips or [], 1)))
    with suppress(writes.ConditionFailed):
        writes.delete(job, AccountJob.created_at == job.created_at)
    telemetry.logger.info("account export thrown away", account=job.account)


def _check_session(account: Account) -> None:
    if account.signed_in_with != "session":
        raise NotAllowed(_SESSION_ONLY)


def _zip(job: AccountJob, account: Account, now: datetime, deadline: datetime) -> tuple[bytes, _Page]:
    """The next zip, and the last page that is in it."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for page in _pages(job, account, now):
            for name, value in page.files.items():
                archive.writestr(name, to_json(value, indent=2))
            if content.tell() >= ZIP_BYTES or is_late(deadline):
                break
    return content.getvalue(), page


def _pages(job: AccountJob, account: Account, now: datetime) -> Iterator[_Page]:
    """What is in no zip yet. There is always one more page before the walk is through."""
    stage = str(job.stage)
    cursor: str | None = job.cursor
    if not job.zips:
        yield _Page(_of_account(account), stage, cursor)
    stages = [*_WALKS, THROUGH]
    for number in range(stages.index(stage), len(_WALKS)):
        for files, behind in _WALKS[stages[number]](account, cursor, now):
            yield _Page(files, stages[number + (behind is None)], behind)
        cursor = None


def _of_account(account: Account) -> dict[str, Any]:
    profile = cognito.find(account.username)
    return {
        "account.json": {
            "id": account.id,
            "username": account.username,
            "address": profile.email if profile is not None and profile.id == account.id else None,
        },
        "tokens.json": accounts.list_tokens(account).tokens,
        "sessions.json": accounts.list_sessions(account).sessions,
        "mail.json": preferences.show(account).kinds,
        "profile.json": profiles.said_by(account.id),
        "organizations.json": organizations.list_mine(account).organizations,
    }


def _taking_part(account: Account, cursor: str | None, now: datetime) -> _Walk:
    """Page by page: the places in competitions, and what was submitted to each phase of them."""
    found = partial(participants.of_account, account.id)
    return _by_competition(cursor, found, partial(_of_competition, account, now))


def _by_competition(
    cursor: str | None,
    list_after: Callable[[str | None, int], tuple[list[Member], str | None]],
    files_of: Callable[[Member, int, str | None], Iterator[_PhasePage]],
) -> _Walk:
    """Page by page: of each place in a competition, one after the other, its files phase by phase."""
    before, at, older = _START if cursor is None else json.loads(cursor)
    while True:
        found, following = list_after(before, 1)
        for member in found:
            for files, *behind in files_of(member, at, older):
                yield files, json.dumps([before, *behind])
        if following is None:
            yield {}, None
            return
        before, at, older = (following, *_START[1:])


def _of_competition(
    account: Account, now: datetime, member: Participant, at: int, older: str | None
) -> Iterator[_PhasePage]:
    """Files with the place behind them: a phase, counted from 0, and the submission before which it goes on."""
    try:
        competition, phases = competitions.find(member.competition)
    except NotFound:
        competition, phases = None, []
    folder, files = f"competitions/{member.competition}", dict[str, Any]()
    if at < 0:
        at = 0
        yield {f"{folder}/participation.json": _participation(member, competition)}, at, None
    for number, phase in enumerate(phases[at:], at):
        following, is_first = older, True
        while is_first or following is not None:
            is_first = False
            mine, following = _submitted(account, phase, following, now)
            files = {f"{folder}/phase-{number}/submissions-{mine[0].id}.json": mine} if mine else {}
            yield (files, number + 1, None) if following is None else (files, number, following)
        older = None


def _submitted(
    account: Account, phase: Phase, before: str | None, now: datetime
) -> tuple[list[responses.Submission], str | None]:
    """One page of what the account itself has submitted to a phase, as it may see that now."""
    try:
        page = showing.list_mine(phase.id, account, before, now)
    except NotFound:
        # Of what its organizers hide from it, nothing that could be hidden is told.
        found, following = submissions.of_participant(account.id, phase.id, before, PAGE_SIZE)
        return [showing.answer(one, None) for one in found], following
    return [one for one in page.submissions if one.participant == account.username], page.next


def _participation(member: Participant, competition: Competition | None) -> dict[str, Any]:
    return {
        "competition": member.competition,
        "title": competition.title if competition is not None else None,
        "status": member.status,
        "reason": participants.reason_of(member),
        "joined_at": member.joined_at,
        "address": member.address,
        "answers": member.answers or {},
        "terms_version": int(member.terms_version) if member.terms_version is not None else None,
        "team": {"id": member.team, "name": member.team_name, "since": member.team_since} if member.team else None,
        "groups": sorted(member.groups or ()),
    }


def _running(account: Account, cursor: str | None, _now: datetime) -> _Walk:
    """Page by page: the competitions that the account runs, and as what."""
    while True:
        run, cursor = organizers.run_by(account.id, cursor, PAGE_SIZE)
        told = [{"id": one.id, "title": one.title, "role": permissions.role_of(one, account)} for one in run]
        yield ({f"organizing/competitions-{run[0].id}.json": told} if run else {}), cursor
        if cursor is None:
            return


def _written(account: Account, cursor: str | None, _now: datetime) -> _Walk:
    """Page by page: the posts of the account."""
    while True:
        posts, cursor = threads.newest_of(account.id, cursor, PAGE_SIZE)
        yield ({f"posts/posts-{posts[0].id}.json": [_post(one) for one in posts]} if posts else {}), cursor
        if cursor is None:
            return


def _judging(account: Account, cursor: str | None, _now: datetime) -> _Walk:
    """Page by page: what the account decided as a juror, phase by phase, without what it was about, which is others'."""
    return _by_competition(cursor, partial(jurors.of_account, account.id), partial(_of_jury, account))


def _of_jury(account: Account, juror: Juror, at: int, older: str | None) -> Iterator[_PhasePage]:
    """Files with the place behind them: a phase, counted from 0, and the judgement before which it goes on."""
    try:
        _, phases = competitions.find(juror.competition)
    except NotFound:
        return
    at = max(at, 0)
    for number, phase in enumerate(phases[at:], at):
        is_first = True
        while is_first or older is not None:
            is_first = False
            made, older = cases.of_juror(phase.id, account.id, older, PAGE_SIZE)
            name = f"judging/{phase.id}/judgements-{made[0].case}.json" if made else ""
            files = {name: [_judgement(one) for one in made]} if made else {}
            yield (files, number + 1, None) if older is None else (files, number, older)


def _told(account: Account, cursor: str | None, _now: datetime) -> _Walk:
    """Page by page: the notifications in the inbox."""
    while True:
        found, _, cursor = inbox.newest(account.id, cursor, PAGE_SIZE)
        yield ({f"inbox/notifications-{found[0].id}.json": [_notification(one) for one in found]} if found else {}), cursor
        if cursor is None:
            return


def _results(account: Account, cursor: str | None, now: datetime) -> _Walk:
    """Page by page: where the account stood in phases that are over, as everybody may know it."""
    while True:
        told, following = results.of_account(account.id, cursor, now)
        yield ({f"results/results-{told[0].phase}.json": told} if told else {}), following
        if following is None:
            return
        cursor = following


#: What is walked through, in this order.
_WALKS: dict[str, Callable[[Account, str | None, datetime], _Walk]] = {
    TAKING_PART: _taking_part,
    RUNNING: _running,
    WRITTEN: _written,
    JUDGING: _judging,
    TOLD: _told,
    RESULTS: _results,
}


def _judgement(made: Judgement) -> dict[str, Any]:
    return {
        "case": made.case,
        "task": made.task,
        "marks": made.marks,
        "preferred": None if made.preferred is None else int(made.preferred),
        "comment": made.comment,
        "made_at": made.made_at,
        "changed_at": made.changed_at,
    }


def _notification(one: Notification) -> dict[str, Any]:
    return {
        "why": one.why,
        "competition": one.competition,
        "competition_title": one.competition_title,
        "thread": one.thread,
        "number": int(one.number),
        "title": one.title,
        "username": one.username,
        "made_at": one.made_at,
    }


def _post(post: Post) -> dict[str, Any]:
    return {
        "competition": post.competition,
        "thread": post.thread,
        "number": int(post.number),
        "title": post.title,
        "text": post.text,
        "created_at": post.created_at,
        "edited_at": post.edited_at,
        "deleted_at": post.deleted_at,
    }


def _key(job: AccountJob, number: int) -> str:
    return object_keys.account_export(job.account, f"{job.created_at:%Y%m%dT%H%M%S%f}", number)


def _answer(job: AccountJob) -> responses.AccountExport:
    zips = list(job.zips or []) if job.status == jobs.FINISHED else []
    return responses.AccountExport(
        status=job.status,  # type: ignore[arg-type]
        zips=[_zip_told(job, number, size_bytes) for number, size_bytes in enumerate(zips, 1)],
        reason=job.reason or "",
        created_at=job.created_at,
        expires_at=job.expires_at,
    )


def _zip_told(job: AccountJob, number: int, size_bytes: int) -> responses.AccountZip:
    name = f"{job.username}-{number:03d}.zip"
    return responses.AccountZip(
        objects.get_url(settings.get().runs_bucket, _key(job, number), name, URL_SECONDS), size_bytes
    )
