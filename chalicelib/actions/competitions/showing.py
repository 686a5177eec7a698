"""Competitions as people see them: lists, one in full; publishing."""

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from chalicelib import responses, settings
from chalicelib.actions.competitions.columns import columns_of_board
from chalicelib.actions.competitions.permissions import check_organizer, check_visible, has_teams, is_organizer
from chalicelib.aws import objects
from chalicelib.domain.competitions.phases import state
from chalicelib.domain.leaderboards import policy
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.submissions import fact_sheet
from chalicelib.store import table
from chalicelib.store.competitions import competitions, definition
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.judging import jurors
from chalicelib.store.judging.jurors import Juror
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant
from chalicelib.store.table import whole_number

PAGE_SIZE = 25
LOGO_SECONDS = 3600


@dataclass(frozen=True)
class Membership:
    """What somebody is in a competition. `status` None: they take no part in it. `team` is the id of theirs."""

    status: str | None
    is_juror: bool
    team: str | None = None


def list_published(before: str | None) -> responses.Competitions:
    """One page of what everybody may see."""
    found, following = competitions.published(before, PAGE_SIZE)
    return responses.Competitions([_card(competition) for competition in found], following)


def list_mine(account: Account, before: str | None) -> responses.Competitions:
    """One page of what the account organizes, drafts too."""
    found, following = competitions.organized_by(account.id, before, PAGE_SIZE)
    return responses.Competitions([_card(competition) for competition in found], following)


def show(competition_id: str, account: Account | None, now: datetime) -> responses.Competition:
    """A competition in full. Raises NotFound, also for who may not know of it."""
    competition, phases = competitions.find(competition_id)
    check_visible(competition, account)
    return _answer(competition, phases, _membership(competition, account), now)


def publish(competition_id: str, published: bool, account: Account, now: datetime) -> responses.Competition:
    """Put a competition on the public list or take it off. Raises NotAllowed for who does not organize it."""
    competition, phases = competitions.find(competition_id)
    check_organizer(competition, account)
    competitions.set_published(competition, published)
    return _answer(competition, phases, _membership(competition, account), now)


def pages_of(competition: Competition) -> list[dict[str, Any]]:
    """The pages as people see them: the terms come last."""
    terms = [{**competition.terms, "index": len(competition.pages), "title": "Terms"}] if competition.terms else []
    return [*competition.pages, *terms]


def _membership(competition: Competition, account: Account | None) -> Membership:
    """What an account is in a competition: one call at most."""
    if account is None:
        return Membership(None, False)
    organizes, is_judged = is_organizer(competition, account), bool(definition.judged_columns(competition))
    if organizes and not is_judged and not has_teams(competition):
        return Membership("organizer", False)
    member, juror = table.read(Participant.at(competition.id, account.id), Juror.at(competition.id, account.id))
    status = member.status if member else None
    is_juror = juror is not None and juror.status == jurors.ACTIVE
    return Membership("organizer" if organizes else status, is_juror, participants.team_of(member))


def _card(competition: Competition) -> responses.CompetitionCard:
    return responses.CompetitionCard(**_described(competition))


def _described(competition: Competition) -> dict[str, Any]:
    return {
        "id": competition.id,
        "title": competition.title,
        "description": competition.description,
        "organizer": competition.organizer,
        "published": bool(competition.published),
        "starts_at": competition.starts_at,
        "ends_at": competition.ends_at,
        "participants": int(competition.participants),
        "logo_url": _logo_url(competition),
    }


def _logo_url(competition: Competition) -> str | None:
    logo = competition.logo
    if logo is None:
        return None
    kind = mimetypes.guess_type(logo["file"].lower())[0]
    return objects.get_url(settings.get().files_bucket, logo["object_key"], "logo", LOGO_SECONDS, kind)


def _answer(
    competition: Competition, phases: Sequence[Phase], membership: Membership, now: datetime
) -> responses.Competition:
    return responses.Competition(
        **_described(competition),
        registration_auto_approve=bool(competition.registration_auto_approve),
        docker_image=competition.docker_image,
        can_participants_make_submissions_public=competition.settings.can_participants_make_submissions_public,
        my_status=membership.status,  # type: ignore[arg-type]
        is_juror=membership.is_juror,
        teams=has_teams(competition),
        my_team=membership.team,
        phases=[_phase(competition, phase, now) for phase in phases],
        leaderboard=_leaderboard(competition, membership.status == "organizer"),
        pages=[responses.PageTitle(page["index"], page["title"]) for page in pages_of(competition)],
        fact_sheet=_questions(competition),
    )


def _questions(competition: Competition) -> list[responses.Question]:
    return [
        responses.Question(
            key=key,
            type=question.get("type", "text"),
            title=str(question.get("title") or key),
            choices=fact_sheet.choices(question) if question.get("type") == "select" else [],
            required=fact_sheet.is_required(question),
            on_leaderboard=fact_sheet.is_on_leaderboard(question),
        )
        for key, question in competition.settings.fact_sheet.items()
    ]


def _leaderboard(competition: Competition, is_organizer: bool) -> responses.LeaderboardSetup | None:
    """The first board that this person may know of."""
    for board in policy.visible_boards(definition.leaderboards_of(competition), is_organizer):
        columns = columns_of_board(board, is_organizer)
        return responses.LeaderboardSetup(board.key, board.title, board.submission_rule, columns)
    return None


def _phase(competition: Competition, phase: Phase, now: datetime) -> responses.Phase:
    return responses.Phase(
        id=phase.id,
        index=int(phase.index),
        name=phase.name,
        description=phase.description,
        starts_at=phase.starts_at,
        ends_at=phase.ends_at,
        state=state(phase.starts_at, phase.ends_at, now),
        tasks=[responses.PhaseTask(index, str(competition.tasks[str(index)]["name"])) for index in map(int, phase.tasks)],
        judged=bool(definition.judgings_of(competition, phase)),
        max_submissions_per_day=whole_number(phase.max_submissions_per_day),
        max_submissions=whole_number(phase.max_submissions),
        execution_time_limit_seconds=int(phase.execution_time_limit_seconds),
        keeps_best_and_last_only=phase.settings.keeps_best_and_last_only,
        licence_at_end=phase.settings.licence_at_end or None,
    )
