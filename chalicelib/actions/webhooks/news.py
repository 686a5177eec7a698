"""News: what webhooks say of events. It is read when it is told, and is no more than everybody may know then."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from chalicelib import responses
from chalicelib.actions.competitions.permissions import sees
from chalicelib.actions.leaderboards import placement, visibility
from chalicelib.actions.leaderboards.visibility import ScoreView
from chalicelib.actions.submissions.showing import scores_of
from chalicelib.domain.events.kinds import EventKind
from chalicelib.domain.leaderboards.policy import visible_boards
from chalicelib.domain.webhooks import formats
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.events.events import Event
from chalicelib.store.people.participants import Participant
from chalicelib.store.submissions.submissions import Submission
from chalicelib.store.table import Place

Data = dict[str, Any]


def of(event: Event, now: datetime) -> Data | None:
    """The body to send of an event, by one call. None when what it is about is gone, or is hidden from everybody."""
    of_competition, of_phase = Competition.at(event.competition), Phase.at(event.phase or event.competition)
    of_submission, of_participant = (
        Submission.at(event.submission or ""),
        Participant.at(event.competition, event.user or ""),
    )
    wanted: list[Place[Any]] = [of_competition]
    wanted += [*([of_phase] if event.phase else ()), *([of_submission] if event.submission else ())]
    found = table.read_all([*wanted, *([of_participant] if event.user else ())])
    competition = found.get(of_competition)
    if competition is None or not all(map(found.has, wanted)):
        return None
    phase, submission = found.get(of_phase), found.get(of_submission)
    told: responses.OfCompetition | None = responses.OfCompetition(_competition(competition))
    if phase is not None:
        told = _of_phase(event, competition, phase, submission, now)
    elif event.user:
        told = _of_participant(event, competition, found.get(of_participant))
    return _body(event.event, event.happened_at, told) if told is not None else None


def of_test(competition: Competition, now: datetime) -> Data:
    """The body of a test."""
    return _body(formats.TEST, now, responses.OfCompetition(_competition(competition)))


def _body(type_: str, at: datetime, told: responses.OfCompetition) -> Data:
    return asdict(responses.News(type_, at, told), dict_factory=_written)


def _written(pairs: list[tuple[str, Any]]) -> Data:
    return {name: _time(value) if isinstance(value, datetime) else value for name, value in pairs}


def _of_phase(
    event: Event, competition: Competition, phase: Phase, submission: Submission | None, now: datetime
) -> responses.OfPhase | None:
    if not sees(competition, phase, None, ()):
        return None
    score_view = visibility.score_view_of(competition, phase, None, now)
    if event.event == EventKind.LEADERBOARD_CHANGED and not _shows_changes(score_view):
        return None
    told = _competition(competition), _phase(phase)
    if submission is None:
        return responses.OfPhase(*told)
    return None if submission.purged else responses.OfSubmission(*told, _submission(submission, score_view))


def _of_participant(
    event: Event, competition: Competition, participant: Participant | None
) -> responses.OfParticipant | None:
    if participant is None:
        return None
    status = (event.facts or {}).get("status")
    told = responses.ParticipantNews(participant.username, status)  # type: ignore[arg-type]
    return responses.OfParticipant(_competition(competition), told)


def _shows_changes(score_view: ScoreView) -> bool:
    """True where everybody sees a board that changes now."""
    hidden = score_view.audience.is_blind or score_view.audience.is_frozen
    return not hidden and bool(visible_boards(score_view.setup.boards, False))


def _submission(submission: Submission, score_view: ScoreView) -> responses.SubmissionNews:
    # On a frozen board nobody sees what others have now, nor ever what a disqualified one has. Before a jury nobody learns
    # whose it is.
    is_kept_back = score_view.audience.is_frozen or bool(placement.marks_of(submission).disqualified)
    shown = None if is_kept_back else score_view
    is_named = not score_view.setup.is_anonymous and not score_view.audience.awaits_jury
    return responses.SubmissionNews(
        id=submission.id,
        name=submission.name if is_named else None,
        status=submission.status,
        participant=submission.username if is_named else None,
        team=submission.team_name if is_named else None,
        created_at=submission.created_at,
        finished_at=submission.finished_at,
        scores=scores_of(submission, submission.scores, shown),
    )


def _competition(competition: Competition) -> responses.CompetitionNews:
    return responses.CompetitionNews(competition.id, competition.title)


def _phase(phase: Phase) -> responses.PhaseNews:
    return responses.PhaseNews(phase.id, phase.name, phase.starts_at, phase.ends_at)


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
