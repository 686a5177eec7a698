"""Leaderboards as people read them: from a snapshot, at constant cost."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, NamedTuple

from chalicelib import responses, settings
from chalicelib.actions.competitions.permissions import sees, visible_phase
from chalicelib.actions.leaderboards import detailed_results, snapshots, visibility
from chalicelib.actions.leaderboards.board_pages import FLAGS, NOTHING, BoardPage
from chalicelib.actions.leaderboards.snapshots import BoardOrder
from chalicelib.actions.leaderboards.visibility import NAMES_HIDDEN, Audience, BoardSetup
from chalicelib.aws import object_keys, objects
from chalicelib.domain.bundle.group import Group
from chalicelib.domain.bundle.leaderboard import Leaderboard
from chalicelib.domain.leaderboards import policy, ranking
from chalicelib.domain.leaderboards.scores import renamed
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import NotAllowed, NotFound, say
from chalicelib.store import table
from chalicelib.store.competitions.competitions import Competition, Phase, competition_of, places_of_phase
from chalicelib.store.leaderboards import boards
from chalicelib.store.leaderboards.boards import NO_SNAPSHOT, Board, Snapshot
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant

ANONYMOUS = "Anonymous"


class Which(NamedTuple):
    """The board that is asked for, by its key, else the first; and the group whose it is, else everybody's."""

    board: str | None = None
    group: str | None = None


@dataclass(frozen=True)
class BoardView:
    """A board as somebody sees it now: which snapshot of which phase, in which order."""

    phase: str
    setup: BoardSetup
    audience: Audience
    board: Leaderboard
    snapshot: Snapshot
    order: BoardOrder
    account: Account | None
    member: Participant | None
    group: Group | None = None
    of_final_phase: bool = False

    @property
    def hides_names(self) -> bool:
        """True on an anonymous board, for who does not organize."""
        return self.setup.is_anonymous and not self.audience.is_organizer

    @property
    def questions(self) -> Mapping[str, str]:
        """The titles of the questions whose answers are told: none where these may say who somebody is."""
        return {} if self.hides_names or self.audience.awaits_jury else self.setup.questions

    @property
    def tells_groups(self) -> bool:
        """True where rows say of which group they are: not where names are hidden, since a group may be a single person."""
        return bool(self.setup.groups) and not self.hides_names

    @property
    def own_key(self) -> str | None:
        """The key that the index has the caller under, or their team."""
        if self.team:
            return snapshots.team_key(self.team)
        return snapshots.participant_key(self.account.username) if self.account else None

    @property
    def team(self) -> str | None:
        """The team for which the caller competes."""
        return participants.team_of(self.member)

    def is_self(self, key: str) -> bool:
        """True for the caller's own user name, and for their team."""
        named = self.account is not None and key == snapshots.participant_key(self.account.username)
        return named or (self.team is not None and key == snapshots.team_key(self.team))

    def object_key(self, name: str) -> str:
        """The key of an object of the snapshot."""
        return f"{object_keys.snapshot(self.phase, self.snapshot.version)}/{name}"


def read(
    phase_id: str,
    which: Which,
    page: int,
    wants_final: bool,
    known_etag: str | None,
    account: Account | None,
    now: datetime,
    is_packed: bool = False,
) -> tuple[responses.Leaderboard | None, str]:
    """One page of a board and its ETag, by two calls; None in its place, by one call, when the caller has it already.

    `is_packed`: its rows as columns.
    Another phase's final board takes a call more. Raises NotFound, and NotAllowed for a hidden board or a blind phase.
    """
    view = look(phase_id, which, wants_final, account, now)
    etag = etag_of(view, f"{page}|{is_packed}")
    if known_etag is not None and etag in known_etag:
        return None, etag
    return _answer(phase_id, view, page, is_packed), etag


def list_all(phase_id: str, account: Account | None, now: datetime) -> responses.Leaderboards:
    """The boards of a phase, by one call. Raises NotFound."""
    competition, phase = visible_phase(phase_id, account)
    setup = visibility.setup_of(competition, phase, now)
    audience = visibility.audience_of(setup, competition, account, now)
    return responses.Leaderboards(
        phase=phase_id,
        submission_rule=setup.rule.value,
        boards=[
            responses.Board(
                key=board.key,
                title=board.title,
                hidden=board.hidden,
                columns=visibility.columns_of(setup, board, audience),
                final=board is setup.final_board,
            )
            for board in policy.visible_boards(setup.boards, audience.is_organizer)
        ],
        groups=[responses.GroupName(one.key, one.title, True) for one in setup.groups.values() if one.board],
        blind=audience.is_blind,
        freezes_at=setup.phase.freeze_board_at,
        frozen=audience.is_frozen,
        has_final=setup.phase.final_board_from is not None,
        organizer=audience.is_organizer,
    )


def rank(phase_id: str, which: Which, whose: str, account: Account | None, now: datetime) -> responses.Ranks:
    """The rank of a participant or a team, by two calls at any size. Raises NotFound, and NotAllowed as `read`.

    `whose` is a key of the index (`snapshots.participant_key`, `snapshots.team_key`).
    """
    view = look(phase_id, which, False, account, now)
    entry = find(view, whose)
    places = [responses.Place(one.rank, one.page, one.submission) for one in entry.positions]
    return responses.Ranks(entry.name, view.snapshot.count, places)


def find(view: BoardView, whose: str) -> snapshots.IndexEntry:
    """A participant or a team on a board, by one call: who asks for themselves and is in a team is told of the team.

    Raises NotFound, and NotAllowed where names are hidden.
    """
    is_self = view.is_self(whose)
    if view.hides_names and not is_self:
        raise NotAllowed(NAMES_HIDDEN)
    entry, key = None, str(view.own_key) if is_self else whose
    if view.snapshot.version:
        bucket = snapshots.bucket_of(key, snapshots.buckets(view.snapshot.count))
        name = snapshots.bucket_name(view.order, bucket)
        entry = snapshots.find(objects.read(settings.get().runs_bucket, view.object_key(name)), key)
    if entry is None:
        raise NotFound(say("participant_not_on_board", "This participant is not on the leaderboard."))
    return entry


def look(phase_id: str, which: Which, wants_final: bool, account: Account | None, now: datetime) -> BoardView:
    """A board as this caller sees it, by one call. Raises NotFound, and NotAllowed for a hidden board or a blind phase."""
    member_at = Participant.at(competition_of(phase_id), account.id) if account else None
    places = (*places_of_phase(phase_id), Board.at(phase_id), member_at)
    found = table.read_all(place for place in places if place is not None)
    competition, phase = visible_phase(phase_id, account, found)
    member = found.get(member_at) if member_at else None
    setup = visibility.setup_of(competition, phase, now)
    audience = visibility.audience_of(setup, competition, account, now)
    is_final, final = audience.is_over or (wants_final and audience.is_organizer), setup.phase.final_board_from
    first = (setup.final_board if is_final else None) or _first(setup, audience)
    board, group = setup.board(which.board) if which.board else first, setup.group(which.group)
    if is_final and final is not None and final.phase is not None:
        view = _of_final_phase(competition, f"{competition.id}-{final.phase}", board, group, account, member, now)
        if view is not None:
            return view
    audience.check_board(board)
    order = BoardOrder(board.index, is_final and setup.final_task is not None, which.group)
    snapshot = snapshots.of_order(_snapshot(found.get(Board.at(phase_id)), setup, audience), order)
    return BoardView(phase_id, setup, audience, board, snapshot, order, account, member, group)


def page_rows(view: BoardView, page: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of a page, and those that are disqualified, with everything that is stored of them. Raises NotFound."""
    ranked, out = _page(view, page)
    return ranked.rows(), out.rows()


def _page(view: BoardView, page: int) -> tuple[BoardPage, BoardPage]:
    pages = max(1, view.snapshot.pages)
    if not 1 <= page <= pages:
        raise NotFound(say("no_board_page", "This leaderboard has {pages} page(s). Ask for page 1 to {pages}.", pages=pages))
    if not view.snapshot.version:
        return BoardPage(**NOTHING), BoardPage(**NOTHING)
    key = view.object_key(snapshots.page_name(view.order, page))
    ranked, out = snapshots.read_page(objects.read(settings.get().runs_bucket, key))
    return _of_today(ranked, view), _of_today(out, view)


def _of_today(page: BoardPage, view: BoardView) -> BoardPage:
    """Rows under the keys that columns have today: a board that is frozen was rendered with those of then."""
    today = view.setup.todays_keys
    return BoardPage.of([{**row, "scores": renamed(row["scores"], today)} for row in page.rows()]) if today else page


def answered(sheet: Mapping[str, Any], view: BoardView) -> dict[str, str | bool]:
    """A row's answers to the questions that are on the board now."""
    return {key: sheet[key] for key in view.questions if key in sheet} if sheet else {}


def group_title(key: str | None, view: BoardView) -> str | None:
    """The title of the group that a row is of."""
    group = view.setup.groups.get(key) if key and view.tells_groups else None
    return group.title if group else None


def _of_final_phase(
    competition: Competition,
    phase_id: str,
    board: Leaderboard,
    group: Group | None,
    account: Account | None,
    member: Participant | None,
    now: datetime,
) -> BoardView | None:
    """The board of the phase that has the final one, as soon as its own participants see it."""
    phase, stored = table.read(Phase.at(phase_id), Board.at(phase_id))
    if phase is None or not sees(competition, phase, account, participants.groups_of(member)):
        return None
    setup = visibility.setup_of(competition, phase, now)
    audience = visibility.audience_of(setup, competition, account, now)
    if audience.is_blind:
        return None
    board = setup.numbered(board.index) or setup.foremost
    audience.check_board(board)
    order = BoardOrder(board.index, group=group.key if group else None)
    snapshot = snapshots.of_order(_snapshot(stored, setup, audience), order)
    return BoardView(phase_id, setup, audience, board, snapshot, order, account, member, group, of_final_phase=True)


def _first(setup: BoardSetup, audience: Audience) -> Leaderboard:
    """The first board that somebody may see, else the first."""
    return [*policy.visible_boards(setup.boards, audience.is_organizer), setup.foremost][0]


def _snapshot(board: Board | None, setup: BoardSetup, audience: Audience) -> Snapshot:
    if board is None:
        return NO_SNAPSHOT
    if audience.is_frozen:
        return boards.frozen(board, setup.phase.freeze_board_at) or boards.newest(board)
    return boards.newest(board)


def etag_of(view: BoardView, part: str) -> str:
    """The ETag of a part of a board: it changes with the rows, with how the board is set up, and with who looks."""
    who = view.account.id if view.account else ""
    text = f"{view.snapshot.etag}|{view.order}|{view.phase}|{part}|{view.setup!r}|{view.audience!r}|{who}|{view.team}"
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _answer(phase_id: str, view: BoardView, page: int, is_packed: bool) -> responses.Leaderboard:
    ranked, out = _page(view, page)
    columns = visibility.columns_of(view.setup, view.board, view.audience)
    return responses.Leaderboard(
        phase=phase_id,
        key=view.board.key,
        title=view.board.title,
        columns=columns,
        groups=visibility.groups_of(view.board),
        tasks=visibility.tasks_of(view.setup, view.audience),
        questions=[responses.BoardQuestion(key, title) for key, title in view.questions.items()],
        rows=[] if is_packed else [_row(row, columns, view) for row in ranked.rows()],
        packed=_packed(ranked, columns, view) if is_packed else None,
        disqualified=[_row(row, columns, view) for row in out.rows()] if view.audience.is_organizer else [],
        count=view.snapshot.count,
        page=page,
        pages=max(1, view.snapshot.pages),
        rebuilt_at=view.snapshot.rebuilt_at,
        frozen_at=view.setup.phase.freeze_board_at if view.audience.is_frozen else None,
        final=view.order.is_final or view.of_final_phase or view.board is view.setup.final_board,
        final_phase=view.phase if view.of_final_phase else None,
        anonymous=view.setup.is_anonymous,
        detailed_results=detailed_results.leads_there(view.setup, view.audience),
        organizer=view.audience.is_organizer,
        group=responses.GroupName(view.group.key, view.group.title, True) if view.group else None,
        grouped=view.tells_groups,
        tie_breaks=_tie_breaks(view.board, columns),
    )


def _tie_breaks(board: Leaderboard, columns: Sequence[responses.Column]) -> list[str]:
    told = {column.key for column in columns}
    breaking = ranking.tie_breakers(board.columns, board.primary_index, board.tie_break_indexes)
    return [key for key in breaking if key in told]


def _organization(told: dict[str, str] | None) -> responses.RowOrganization | None:
    return None if told is None else responses.RowOrganization(**told)


def _row(row: dict[str, Any], columns: list[responses.Column], view: BoardView) -> responses.Row:
    is_mine = view.is_self(_key(row["team"], row["participant"]))
    is_hidden = view.hides_names and not is_mine
    shown = {
        "participant": ANONYMOUS if is_hidden else row["participant"],
        "team": None if is_hidden else row["team"],
        "organization": _organization(None if is_hidden else row["organization"]),
        "name": None if is_hidden else row["name"],
        "scores": {column.key: row["scores"].get(column.key) for column in columns},
        "mine": is_mine,
        "fact_sheet": answered(row["fact_sheet"], view),
        "group": group_title(row["group"], view),
    }
    return responses.Row(**{**row, **shown})


def _packed(page: BoardPage, columns: list[responses.Column], view: BoardView) -> responses.PackedRows:
    """As `_row`, of all rows of a page."""
    teams, since = page.tells("team"), min(page.submitted_at, default=0)
    keys = [_key(team, name) for team, name in zip(teams, page.participant, strict=True)]
    mine = [at for at, key in enumerate(keys) if view.is_self(key)]

    def named(values: Sequence[Any], hidden: Any = None) -> Sequence[Any]:
        return [value if at in mine else hidden for at, value in enumerate(values)] if view.hides_names else values

    nothing: list[float | None] = [None] * len(page)
    organizations = [_organization(one) for one in page.tells("organization")]
    told = {
        "team": named(teams),
        "name": named(page.tells("name")),
        "organization": named(organizations),
        "fact_sheet": [answered(answers, view) for answers in page.tells("fact_sheet")],
        "group": [group_title(group, view) for group in page.tells("group")],
    }
    more: dict[str, Any] = {name: page.flags.get(name, ()) for name in FLAGS}
    more |= {name: values if any(values) else None for name, values in told.items()}
    return responses.PackedRows(
        rank=page.rank,
        participant=named(page.participant, ANONYMOUS),
        submission=page.submission,
        since=datetime.fromtimestamp(since, UTC),
        submitted_at=[moment - since for moment in page.submitted_at],
        scores={column.key: page.scores.get(column.key, nothing) for column in columns},
        mine=mine,
        **more,
    )


def _key(team: str | None, participant: str) -> str:
    return snapshots.team_key(team) if team else snapshots.participant_key(participant)
