"""Competitions as people see them: lists, one in full; publishing."""

import mimetypes
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from chalicelib import responses, settings
from chalicelib.actions.competitions import slugs
from chalicelib.actions.competitions.columns import columns_of_board
from chalicelib.actions.competitions.permissions import (
    check_may_enter,
    check_organizer,
    has_teams,
    is_organizer,
    role_of,
    sees,
    sees_all,
)
from chalicelib.actions.events import acts, outbox
from chalicelib.aws import messages, objects
from chalicelib.domain.bundle.leaderboard import Leaderboard
from chalicelib.domain.competitions.access import Role
from chalicelib.domain.competitions.phases import state
from chalicelib.domain.events.kinds import EventKind
from chalicelib.domain.leaderboards import policy
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.submissions import fact_sheet
from chalicelib.errors import Conflict, say
from chalicelib.store import audit, table, writes
from chalicelib.store.competitions import competitions, definition, publication
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.competitions.settings import Question, expected
from chalicelib.store.judging import jurors
from chalicelib.store.judging.jurors import Juror
from chalicelib.store.people import organizers, participants, site
from chalicelib.store.people.participants import Participant
from chalicelib.store.people.site import Site
from chalicelib.store.table import whole_number
from chalicelib.store.writes import Composer

PAGE_SIZE = 25
LOGO_SECONDS = 3600


@dataclass(frozen=True)
class Membership:
    """An account's part in a competition. `status` None: they take no part in it. `team` is the id of theirs, `groups` has
    the keys of those that they are in.

    `reason` is what the organizers said when they decided about them, `has_accepted` is about the terms that hold. `role` is
    theirs in running the competition; administrators have none and see all.
    """

    status: str | None
    is_juror: bool
    team: str | None = None
    reason: str = ""
    has_accepted: bool = False
    role: Role | None = None
    sees_all: bool = False
    groups: Collection[str] = ()


def list_published(before: str | None) -> responses.Competitions:
    """One page of what everybody may see; without what is archived, so it may be short."""
    found, following = publication.published(before, PAGE_SIZE)
    return page_of([one for one in found if not one.settings.archived], following)


def list_mine(account: Account, before: str | None) -> responses.Competitions:
    """One page of what the account runs in whichever role, drafts too."""
    return page_of(*organizers.run_by(account.id, before, PAGE_SIZE))


def page_of(found: Iterable[Competition], following: str | None) -> responses.Competitions:
    """Competitions as a list tells them."""
    return responses.Competitions([_card(competition) for competition in found], following)


def show(competition_id: str, account: Account | None, now: datetime, link: str | None = None) -> responses.Competition:
    """A competition in full. Raises NotFound, also for who may not know of it."""
    competition, phases = competitions.find(competition_id)
    check_may_enter(competition, account, link, now)
    slugs.give(competition, now)
    membership = _membership(competition, account)
    visible = [phase for phase in phases if sees(competition, phase, account, membership.groups)]
    return _answer(competition, visible, membership, account, now)


def publish(competition_id: str, published: bool, account: Account, now: datetime) -> responses.Competition:
    """Put a competition on the public list or take it off; where the site wants it, the first waits for approval.

    Raises NotAllowed for who does not organize it, Conflict for what is decided otherwise.
    """
    competition, phases = competitions.find(competition_id)
    check_organizer(competition, account)
    if published and not competition.published and _must_wait(competition, account):
        if competition.waiting_since is None:
            publication.ask_approval(competition, now, _told(competition, "publication_asked", account, now))
        return _answer(competition, phases, _membership(competition, account), account, now)
    is_news = published and not competition.published
    events = outbox.of(competition, EventKind.COMPETITION_PUBLISHED, now) if is_news else []
    told = _told(competition, "published" if published else "unpublished", account, now)
    is_change = published != bool(competition.published)
    publication.set_published(competition, published, events, now, told if is_change else writes.nothing)
    outbox.announce(events)
    messages.send_cataloguing("changes")
    return _answer(competition, phases, _membership(competition, account), account, now)


def _told(competition: Competition, what: str, account: Account, now: datetime) -> Composer:
    """An entry in the competition's log, or in the site's where an administrator does it who runs it in no role."""
    subject = competition.id if account.id in competition.organizer_ids else audit.SITE
    told = {"competition": competition.id, "title": competition.title}
    before, after = (told, None) if what == "unpublished" else (None, told)
    return audit.along(acts.made(subject, what, account, now, before=before, after=after))


def _must_wait(competition: Competition, account: Account) -> bool:
    """True where it takes an administrator to publish it, which this one is not. Raises Conflict for one that waits."""
    if account.is_admin:
        if competition.waiting_since is not None:
            raise Conflict(
                say(
                    "organizers_await_approval",
                    "Its organizers wait for approval. Approve it, or refuse: `agon admin approve`.",
                )
            )
        return False
    (found,) = table.read(Site.at())
    return bool(site.read(found).approval)


def pages_of(competition: Competition) -> list[dict[str, Any]]:
    """The pages as people see them: the terms come last."""
    terms = [{**competition.terms, "index": len(competition.pages), "title": "Terms"}] if competition.terms else []
    return [*competition.pages, *terms]


def _membership(competition: Competition, account: Account | None) -> Membership:
    """What an account is in a competition: one call at most."""
    if account is None:
        return Membership(None, False)
    organizes, is_judged = is_organizer(competition, account), bool(definition.judged_columns(competition))
    role, all_of_it = role_of(competition, account), sees_all(competition, account)
    if organizes and not is_judged and not has_teams(competition):
        return Membership("organizer", False, role=role, sees_all=all_of_it)
    member, juror = table.read(Participant.at(competition.id, account.id), Juror.at(competition.id, account.id))
    status = member.status if member else None
    is_juror = juror is not None and juror.status == jurors.ACTIVE
    return Membership(
        "organizer" if organizes else status,
        is_juror,
        participants.team_of(member),
        participants.reason_of(member),
        participants.has_accepted(member, competition),
        role,
        all_of_it,
        participants.groups_of(member),
    )


def _card(competition: Competition) -> responses.CompetitionCard:
    return responses.CompetitionCard(**_described(competition))


def _described(competition: Competition) -> dict[str, Any]:
    return {
        "id": competition.id,
        "slug": competition.called,
        "title": competition.title,
        "description": competition.description,
        "organizer": competition.organizer,
        "published": bool(competition.published),
        "starts_at": competition.starts_at,
        "ends_at": competition.ends_at,
        "participants": int(competition.participants),
        "logo_url": _logo_url(competition),
        "tags": list(competition.settings.tags),
        "reward": competition.settings.reward or None,
        "featured": bool(competition.featured),
        "archived": competition.settings.archived,
    }


def _logo_url(competition: Competition) -> str | None:
    logo = competition.logo
    if logo is None:
        return None
    kind = mimetypes.guess_type(logo["file"].lower())[0]
    return objects.get_url(settings.get().files_bucket, logo["object_key"], "logo", LOGO_SECONDS, kind)


def _answer(
    competition: Competition, phases: Sequence[Phase], membership: Membership, account: Account | None, now: datetime
) -> responses.Competition:
    its, boards = competition.settings, definition.leaderboards_of(competition)
    first = _leaderboard(_known(boards, phases), membership.sees_all)
    return responses.Competition(
        **_described(competition),
        registration_auto_approve=bool(competition.registration_auto_approve),
        docker_image=competition.docker_image,
        can_participants_make_submissions_public=its.can_participants_make_submissions_public,
        my_status=membership.status,  # type: ignore[arg-type]
        my_reason=membership.reason,
        my_role=membership.role,
        link_made_at=competition.link_made_at if membership.sees_all else None,
        terms=_terms(competition, membership),
        is_juror=membership.is_juror,
        teams=has_teams(competition),
        forum=its.forum_enabled,
        my_team=membership.team,
        participant_groups=[responses.GroupName(one.key, one.title, one.board) for one in competition.groups],
        brought=bool(competition.brought),
        sponsors=[responses.Sponsor(one["name"], one.get("url")) for one in its.sponsors],
        my_groups=[one.key for one in competition.groups if one.key in membership.groups],
        phases=_phases(competition, phases, boards, first, membership.sees_all, now),
        leaderboard=first,
        waiting_since=competition.waiting_since if membership.sees_all else None,
        refusal=competition.refusal if membership.sees_all else None,
        pages=[_title(page) for page in pages_of(competition)],
        fact_sheet=_questions(its.fact_sheet),
        registration_questions=_questions(its.registration_questions),
        # Strangers collect addresses.
        contact=its.contact_email if account is not None else None,
        timezone=its.timezone,
        max_team_members=whole_number(its.max_team_members),
        team_merges=its.team_merges,
        team_merge_deadline=_instant(its.team_merge_deadline),
        max_submission_bytes=whole_number(its.max_submission_bytes),
    )


def _title(page: Mapping[str, Any]) -> responses.PageTitle:
    return responses.PageTitle(page["index"], page["title"], bool(page.get("participants_only")))


def _terms(competition: Competition, membership: Membership) -> responses.Terms | None:
    if competition.terms is None:
        return None
    return responses.Terms(competition.version_of_terms, len(competition.pages), membership.has_accepted)


def _questions(asked: Mapping[str, Question]) -> list[responses.Question]:
    return [
        responses.Question(
            key=key,
            type=question.get("type", "text"),
            title=str(question.get("title") or key),
            choices=fact_sheet.choices(question) if question.get("type") == "select" else [],
            required=fact_sheet.is_required(question),
            on_leaderboard=fact_sheet.is_on_leaderboard(question),
        )
        for key, question in asked.items()
    ]


def _known(boards: Sequence[Leaderboard], phases: Sequence[Phase]) -> list[Leaderboard]:
    """The boards of some phases."""
    indexes = {int(phase.index) for phase in phases}
    return [board for board in boards if not board.phases or not indexes.isdisjoint(board.phases)]


def _leaderboard(boards: Sequence[Leaderboard], is_organizer: bool) -> responses.LeaderboardSetup | None:
    """The first of some boards that this person may know of."""
    for board in policy.visible_boards(boards, is_organizer):
        columns = columns_of_board(board, is_organizer)
        return responses.LeaderboardSetup(board.key, board.title, board.submission_rule, columns)
    return None


def _phases(
    competition: Competition,
    phases: Sequence[Phase],
    boards: Sequence[Leaderboard],
    first: responses.LeaderboardSetup | None,
    sees_all: bool,
    now: datetime,
) -> list[responses.Phase]:
    """Each with the board that ranks in it now, where that is another than the competition's first."""
    told = []
    for phase in phases:
        own = _leaderboard(policy.boards_of(definition.phase_of(phase), boards, now), sees_all)
        told.append(replace(_phase(competition, phase, now), leaderboard=None if own == first else own))
    return told


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
        results_only=phase.settings.accepts_only_result_submissions,
        freezes_at=_instant(phase.settings.freeze_board_at),
        expects=expected(competition.settings, phase.settings),
        final_selection=phase.settings.final_selection,
        submission_extensions=list(phase.settings.submission_extensions),
    )


def _instant(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None
