"""Code that participants share: seen by whoever sees the competition, fetched and liked by whoever has an account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, Literal

from chalicelib import responses, settings, telemetry
from chalicelib.actions.competitions.permissions import sees, visible_phase
from chalicelib.actions.leaderboards import placement, visibility
from chalicelib.actions.leaderboards.visibility import Audience, BoardSetup
from chalicelib.aws import objects
from chalicelib.contract import Status, plain_files
from chalicelib.domain.people import team_rules
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.submissions import sharing
from chalicelib.errors import Complaint, Invalid, NotAllowed, NotFound, say
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition, Phase, competition_of, places_of_phase
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant
from chalicelib.store.submissions import shared_code, submissions
from chalicelib.store.submissions.shared_code import Reader, SharedCode
from chalicelib.store.submissions.submissions import Submission
from chalicelib.store.table import Found, Place

#: Three items are read of each, and DynamoDB gives a hundred at once.
PAGE_SIZE = 25
FILE_SECONDS = 300
Order = Literal["newest", "likes"]
ASK_THEM = say(
    "ask_them_to_share", "Ask them to share what they made, and name the licence before the first submission next time."
)
_NOT_SHARED = say("not_shared", "There is no such shared code. Its participant shares it no more, or never did.")


@dataclass(frozen=True)
class SharedPhase:
    """A phase as somebody sees it now. To who `is_seen` is false nothing of it is shared: it is for groups of others."""

    competition: Competition
    setup: BoardSetup
    audience: Audience
    account: Account | None
    member: Participant | None
    is_seen: bool
    now: datetime

    @property
    def team(self) -> str | None:
        """The team for which whoever asks competes."""
        return participants.team_of(self.member)

    @property
    def licence_at_end(self) -> str | None:
        """The licence that the phase gives to everything, once it is over. It follows from the clock and is never stored."""
        return (self.setup.phase.licence_at_end or None) if self.audience.is_over else None

    def licence_of(self, submission: Submission) -> str | None:
        """The licence under which others may have a submission now; None when it is not shared."""
        status = submission.standing or submission.status
        is_there = submission.removed_at is None and not submission.purged and not submission.parent
        if not self.is_seen or not is_there or status != Status.FINISHED or submission.solution is not None:
            return None
        if placement.marks_of(submission).disqualified or self.setup.is_before_a_jury(self.now):
            return None
        # Nobody submitted what went along from another phase, or was brought from another site: nobody was told.
        at_end = None if submission.migrated_from or submission.origin else self.licence_at_end
        return sharing.licence(bool(submission.public), submission.licence, at_end)

    def is_mine(self, submission: Submission) -> bool:
        """True when who asks made it, or their team did."""
        return self.account is not None and team_rules.is_owner(submission.user, submission.team, self.account.id, self.team)

    def hides_maker(self, submission: Submission) -> bool:
        """True on an anonymous board, which never tells whose a score is."""
        return self.setup.is_anonymous and not self.audience.is_organizer and not self.is_mine(submission)

    def scores_of(self, submission: Submission) -> Mapping[str, float]:
        """The scores that boards tell who asks. While a board is frozen nobody hears of others' what it does not show."""
        if self.audience.is_frozen and not self.is_mine(submission):
            return {}
        return visibility.visible_scores(self.setup, self.audience, submission.scores or {}, submission.task)


def list_all(
    phase_id: str, order: Order, account: Account | None, before: str | None, now: datetime
) -> responses.SharedCodes:
    """One page of what is shared in a phase, by three calls. By likes only what somebody likes. Raises NotFound."""
    view = _view_of(phase_id, account, now)
    ids, following = _listed(view, phase_id, order, before)
    found = table.read_all(place for id_ in ids for place in _places(id_, account))
    listed = [submission for id_ in ids if (submission := found.get(Submission.at(id_)))]
    return responses.SharedCodes([_answer(view, one, found) for one in listed if view.licence_of(one)], following)


def show(submission_id: str, account: Account | None, now: datetime) -> responses.SharedCode:
    """One that is shared, with what it was started from. Raises NotFound."""
    return _in_full(*look(submission_id, account, now))


def fetch(submission_id: str, account: Account, now: datetime) -> responses.Download:
    """A signed URL of the file, which counts whoever asks once. Raises NotFound, Conflict."""
    view, submission = look(submission_id, account, now)
    if not view.is_mine(submission):
        shared_code.count_download(submission, account.id)
    telemetry.logger.info("shared code fetched", submission=submission.id, by=account.id)
    return responses.Download(url_of(submission, filename_of(submission), FILE_SECONDS))


def like(submission_id: str, likes: bool, account: Account, now: datetime) -> responses.SharedCode:
    """Like what somebody shares, or do so no more. Said twice it counts once. Raises NotFound, NotAllowed, Conflict."""
    view, submission = look(submission_id, account, now)
    if view.is_mine(submission):
        raise NotAllowed(say("like_of_ones_own", "This is your own. Others may like it."))
    shared_code.like(submission, account.id, likes)
    return _in_full(view, submission)


def filename_of(submission: Submission) -> str:
    """The name of its file for others: what its participant called it may tell who that is."""
    return f"{submission.id}{f'.{submission.plain}' if submission.plain else PurePosixPath(submission.filename).suffix}"


def url_of(submission: Submission, filename: str, seconds: int) -> str:
    """A signed URL of what was handed in, to be saved under this name."""
    kind = plain_files.content_type_of(submission.plain) if submission.plain else None
    return objects.get_url(settings.get().files_bucket, submission.object_key, filename, seconds, kind)


def source_of_fork(
    source: Submission | None,
    competition: Competition,
    phase: Phase,
    account: Account,
    member: Participant | None,
    now: datetime,
) -> Submission:
    """The source that something for `phase` is to start from: a call more when it is of another phase.

    Raises Invalid unless it is shared with the account at this moment, and of this competition.
    """
    if source is not None and source.competition == competition.id:
        shared_in = phase if source.phase == phase.id else _phases(source.phase).get(source.phase)
        if shared_in and _view(competition, shared_in, account, member, now).licence_of(source):
            return source
    complaint = Complaint(
        "forked_from", say("fork_listed", "Name something that the shared code of this competition lists.")
    )
    raise Invalid(
        say("fork_not_shared", "What this starts from is not shared in this competition, or no more."), [complaint]
    )


def look(submission_id: str, account: Account | None, now: datetime) -> tuple[SharedPhase, Submission]:
    """A submission that is shared with the caller now, by two calls. Raises NotFound."""
    submission = submissions.find(submission_id)
    view = _view_of(submission.phase, account, now)
    if view.licence_of(submission) is None:
        raise NotFound(_NOT_SHARED)
    return view, submission


def publicly(phase_id: str, found: Found, now: datetime) -> SharedPhase | None:
    """A phase as everybody sees it, of what was `found`; None where it is not for everybody."""
    try:
        return _view(*visible_phase(phase_id, None, found), None, None, now)
    except NotFound:
        return None


def _listed(view: SharedPhase, phase_id: str, order: Order, before: str | None) -> tuple[Sequence[str], str | None]:
    """The ids of one page of what may be shared, and where the next begins."""
    if order == "likes":
        return shared_code.most_liked(phase_id, before, PAGE_SIZE)
    if view.licence_at_end is None:
        return shared_code.newest(phase_id, before, PAGE_SIZE)
    found, following = submissions.of_phase(phase_id, before, PAGE_SIZE)
    return [one.id for one in found], following


def _view_of(phase_id: str, account: Account | None, now: datetime) -> SharedPhase:
    """A phase as the account sees it, by one call. Raises NotFound."""
    membership = Participant.at(competition_of(phase_id), account.id if account else "")
    found = table.read_all([*places_of_phase(phase_id), membership])
    return _view(*visible_phase(phase_id, account, found), account, found.get(membership), now)


def _view(
    competition: Competition, phase: Phase, account: Account | None, member: Participant | None, now: datetime
) -> SharedPhase:
    setup = visibility.setup_of(competition, phase, now)
    audience = visibility.audience_of(setup, competition, account, now)
    is_seen = sees(competition, phase, account, participants.groups_of(member))
    return SharedPhase(competition, setup, audience, account, member, is_seen, now)


def _places(submission_id: str, account: Account | None) -> Sequence[Place[Any]]:
    mine = [Reader.at(submission_id, account.id)] if account else []
    return [Submission.at(submission_id), SharedCode.at(submission_id), *mine]


def _answer(view: SharedPhase, submission: Submission, found: Found) -> responses.SharedCode:
    counters = found.get(SharedCode.at(submission.id)) or SharedCode()
    reader = found.get(Reader.at(submission.id, view.account.id)) if view.account else None
    hides_maker = view.hides_maker(submission)
    # Others are between a participant and the organizers.
    answers = {key: answer for key, answer in (submission.fact_sheet or {}).items() if key in view.setup.questions}
    return responses.SharedCode(
        submission=submission.id,
        competition=submission.competition,
        phase=submission.phase,
        participant=None if hides_maker else submission.competitor_name,
        name=submission.name,
        description=submission.description or "",
        # Links and answers tell who somebody is.
        method={} if hides_maker else submission.method or {},
        fact_sheet={} if hides_maker else answers,
        scores=view.scores_of(submission),
        licence=view.licence_of(submission) or "",
        submitted_at=submission.created_at,
        size_bytes=int(submission.size_bytes),
        likes=int(counters.likes),
        downloads=int(counters.downloads),
        forks=int(counters.forks),
        forked_from=submission.forked_from,
        liked=reader is not None and bool(reader.liked),
        mine=view.is_mine(submission),
        extension=submission.plain or "zip",
    )


def _in_full(view: SharedPhase, submission: Submission) -> responses.SharedCode:
    ancestors = [Submission.at(one) for one in submission.ancestors or ()]
    found = table.read_all([*_places(submission.id, view.account), *ancestors])
    return replace(_answer(view, submission, found), lineage=_lineage(view, submission, found))


def _lineage(view: SharedPhase, submission: Submission, found: Found) -> list[responses.Ancestor]:
    """What a submission was started from, the farthest first. Of what is shared no more there is the id alone."""
    there = [found.get(Submission.at(one)) for one in submission.ancestors or ()]
    others = {one.phase for one in there if one is not None} - {submission.phase}
    views = {
        phase.id: _view(view.competition, phase, view.account, view.member, view.now) for phase in _phases(*others).values()
    }
    views[submission.phase] = view
    return [_ancestor(id_, one, views) for id_, one in zip(submission.ancestors or (), there, strict=True)]


def _ancestor(submission_id: str, source: Submission | None, views: Mapping[str, SharedPhase]) -> responses.Ancestor:
    view = views.get(source.phase) if source else None
    if source is None or view is None or view.licence_of(source) is None:
        return responses.Ancestor(submission_id, "", None, shared=False)
    maker = None if view.hides_maker(source) else source.competitor_name
    return responses.Ancestor(source.id, source.name, maker, shared=True)


def _phases(*phase_ids: str) -> dict[str, Phase]:
    return {phase.id: phase for phase in table.read_many(Phase.at(one) for one in phase_ids)}
