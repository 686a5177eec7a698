"""Leaderboards: rebuilt into a snapshot after changes, read from it at constant cost."""

import hashlib
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from chalicelib import responses, settings, telemetry
from chalicelib.actions.competitions.permissions import check_visible
from chalicelib.actions.leaderboards import rendering, visibility
from chalicelib.actions.leaderboards.rendering import Part
from chalicelib.actions.leaderboards.visibility import Audience, BoardSetup
from chalicelib.aws import messages, object_keys, objects
from chalicelib.domain.bundle.leaderboard import Leaderboard
from chalicelib.domain.leaderboards import policy
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import NotAllowed, NotFound
from chalicelib.store import table
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.leaderboards import boards
from chalicelib.store.leaderboards.boards import NO_SNAPSHOT, Board, BoardCounter, Snapshot
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant

ANONYMOUS = "Anonymous"
_NO_PHASE = "There is no such phase. Look at the competition for its phases."
#: Objects are written side by side: one takes S3 some 20 ms, and 100,000 rows have 250.
_WRITERS = 16


@dataclass(frozen=True)
class BoardView:
    """A board as somebody sees it now: which snapshot of which phase, in which order."""

    phase: str
    setup: BoardSetup
    audience: Audience
    board: Leaderboard
    snapshot: Snapshot
    part: Part
    account: Account | None
    member: Participant | None
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
    def own_key(self) -> str | None:
        """What the index has the caller under, or their team."""
        if self.team:
            return rendering.team_key(self.team)
        return rendering.participant_key(self.account.username) if self.account else None

    @property
    def team(self) -> str | None:
        """The team for which the caller competes."""
        return participants.team_of(self.member)

    def is_self(self, key: str) -> bool:
        """True for the caller's own user name, and for their team."""
        named = self.account is not None and key == rendering.participant_key(self.account.username)
        return named or (self.team is not None and key == rendering.team_key(self.team))

    def object_key(self, name: str) -> str:
        """Where an object of the snapshot lies."""
        return f"{object_keys.snapshot(self.phase, self.snapshot.version)}/{name}"


def rebuild(phase_id: str, now: datetime) -> bool:
    """Make a new snapshot when rows have changed. False when there was nothing to do.

    The counters are read before the rows: a row that is written meanwhile counts on, so the snapshot is behind again.
    """
    board, counters = boards.state(phase_id)
    before, seen = board.seen or {}, {counter.sk: int(counter.changes) for counter in counters}
    if seen == before or _comes_again(board, now):
        return False
    setup = _setup(phase_id)
    if setup is None:
        _rest(phase_id, counters, {})
        return False
    parts = rendering.parts_of(setup)
    with rendering.undisturbed():
        lines = list(boards.lines(phase_id))
        contents = {name: content for part in parts for name, content in rendering.build(lines, setup, part).items()}
    version, count = int(board.version or 0) + 1, rendering.count(lines)
    _write(object_keys.snapshot(phase_id, version), contents)
    etag = hashlib.sha256(b"".join(contents.values())).hexdigest()[:32]
    pages, folders = -(-count // rendering.ROWS_PER_PAGE), tuple(part.folder for part in parts)
    snapshot = Snapshot(version, count, pages, etag, now, folders)
    frozen = _frozen(board, setup, now)
    _remove_old(phase_id, board, frozen)
    if not boards.publish(board, snapshot, seen, frozen, setup.phase.freeze_board_at):
        return rebuild(phase_id, now)
    _rest(phase_id, counters, before)
    telemetry.count("LeaderboardRebuilt")
    return True


def read(
    phase_id: str,
    key: str | None,
    page: int,
    wants_final: bool,
    known_etag: str | None,
    account: Account | None,
    now: datetime,
) -> tuple[responses.Leaderboard | None, str]:
    """One page of a board and its ETag, by two calls; None in its place, by one call, when the caller has it already.

    Another phase's final board takes a call more. Raises NotFound, and NotAllowed for a hidden board or a blind phase.
    """
    view = look(phase_id, key, wants_final, account, now)
    etag = _etag(view, page)
    if known_etag is not None and etag in known_etag:
        return None, etag
    return _answer(phase_id, view, page), etag


def list_all(phase_id: str, account: Account | None, now: datetime) -> responses.Leaderboards:
    """The boards of a phase, by one call. Raises NotFound."""
    competition, phase = _found(table.fetch(*_keys(phase_id)), phase_id, account)
    setup = visibility.setup_of(competition, phase)
    audience = visibility.audience_of(setup, competition, account, now)
    return responses.Leaderboards(
        phase=phase_id,
        submission_rule=setup.rule.value,
        boards=[
            responses.Board(board.key, board.title, board.hidden, visibility.columns_of(setup, board, audience))
            for board in policy.visible_boards(setup.boards, audience.is_organizer)
        ],
        blind=audience.is_blind,
        freezes_at=setup.phase.freeze_board_at,
        frozen=audience.is_frozen,
        has_final=setup.phase.final_board_from is not None,
        organizer=audience.is_organizer,
    )


def rank(phase_id: str, key: str | None, whose: str, account: Account | None, now: datetime) -> responses.Ranks:
    """Where a participant or a team stands, by two calls at any size. Raises NotFound, and NotAllowed as `read`.

    `whose` is a key of the index (`rendering.participant_key`, `rendering.team_key`).
    """
    view = look(phase_id, key, False, account, now)
    found = find(view, whose)
    places = [responses.Place(place.rank, place.page, place.submission) for place in found.places]
    return responses.Ranks(found.name, view.snapshot.count, places)


def find(view: BoardView, whose: str) -> rendering.Found:
    """A participant or a team on a board, by one call: who asks for themselves and is in a team is told of the team.

    Raises NotFound, and NotAllowed where names are hidden.
    """
    is_self = view.is_self(whose)
    if view.hides_names and not is_self:
        raise NotAllowed("The organizers hide the names on this leaderboard.")
    found, key = None, str(view.own_key) if is_self else whose
    if view.snapshot.version:
        name = rendering.bucket_name(view.part, view.snapshot, key)
        found = rendering.find(objects.read(settings.get().runs_bucket, view.object_key(name)), key)
    if found is None:
        raise NotFound("This participant is not on the leaderboard.")
    return found


def look(phase_id: str, key: str | None, wants_final: bool, account: Account | None, now: datetime) -> BoardView:
    """A board as this caller sees it, by one call. Raises NotFound, and NotAllowed for a hidden board or a blind phase."""
    board_key, member_key = boards.key(phase_id), _member_key(phase_id, account)
    found = table.fetch(*_keys(phase_id), board_key, *member_key)
    competition, phase = _found(found, phase_id, account)
    its = [item for item in map(found.get, member_key) if isinstance(item, Participant)]
    member = its[0] if its else None
    setup = visibility.setup_of(competition, phase)
    audience = visibility.audience_of(setup, competition, account, now)
    board = setup.board(key) if key else _first(setup, audience)
    is_final = audience.is_over or (wants_final and audience.is_organizer)
    final = setup.phase.final_board_from
    if is_final and final is not None and final.phase is not None:
        view = _of_final_phase(competition, f"{competition.id}-{final.phase}", board, account, member, now)
        if view is not None:
            return view
    audience.check_board(board)
    part = Part(setup.boards.index(board), is_final and setup.final_task is not None)
    return BoardView(
        phase_id, setup, audience, board, _snapshot(found.get(board_key), setup, audience), part, account, member
    )


def page_rows(view: BoardView, page: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The rows of a page, and those out of the ranking, with everything that is stored of them. Raises NotFound."""
    pages = max(1, view.snapshot.pages)
    if not 1 <= page <= pages:
        raise NotFound(f"This leaderboard has {pages} page(s). Ask for page 1 to {pages}.")
    if not view.snapshot.version:
        return [], []
    key = view.object_key(rendering.page_name(view.part, page))
    return rendering.read_page(objects.read(settings.get().runs_bucket, key))


def answered(row: Mapping[str, Any], view: BoardView) -> dict[str, str | bool]:
    """A row's answers to the questions that are on the board now."""
    return {key: row["fact_sheet"][key] for key in view.questions if key in row["fact_sheet"]}


def _of_final_phase(
    competition: Competition,
    phase_id: str,
    board: Leaderboard,
    account: Account | None,
    member: Participant | None,
    now: datetime,
) -> BoardView | None:
    """The board of the phase that has the final one, as soon as its own participants see it."""
    phase_key, board_key = competitions.phase_key(phase_id), boards.key(phase_id)
    found = table.fetch(phase_key, board_key)
    phase = found.get(phase_key)
    if not isinstance(phase, Phase):
        return None
    setup = visibility.setup_of(competition, phase)
    audience = visibility.audience_of(setup, competition, account, now)
    if audience.is_blind:
        return None
    audience.check_board(board)
    part, snapshot = Part(setup.boards.index(board)), _snapshot(found.get(board_key), setup, audience)
    return BoardView(phase_id, setup, audience, board, snapshot, part, account, member, of_final_phase=True)


def _keys(phase_id: str) -> tuple[table.Key, table.Key]:
    return competitions.key(competitions.competition_of(phase_id)), competitions.phase_key(phase_id)


def _member_key(phase_id: str, account: Account | None) -> list[table.Key]:
    return [participants.key(competitions.competition_of(phase_id), account.id)] if account else []


def _found(found: Mapping[table.Key, table.Item], phase_id: str, account: Account | None) -> tuple[Competition, Phase]:
    competition_key, phase_key = _keys(phase_id)
    competition = check_visible(found.get(competition_key), account)
    phase = found.get(phase_key)
    if not isinstance(phase, Phase):
        raise NotFound(_NO_PHASE)
    return competition, phase


def _setup(phase_id: str) -> BoardSetup | None:
    competition_key, phase_key = _keys(phase_id)
    found = table.fetch(competition_key, phase_key)
    competition, phase = found.get(competition_key), found.get(phase_key)
    if not isinstance(competition, Competition) or not isinstance(phase, Phase):
        return None
    return visibility.setup_of(competition, phase)


def _comes_again(board: Board, now: datetime) -> bool:
    """True within the delay after a rebuild: what has changed since then has a message that is still to come."""
    delay = timedelta(seconds=settings.get().board_delay_seconds)
    return board.rebuilt_at is not None and now < board.rebuilt_at + delay


def _rest(phase_id: str, counters: Iterable[BoardCounter], seen: Mapping[str, int]) -> None:
    """What the snapshot is of needs nobody's look any more. What counted on while it was made is asked for again."""
    changed = [counter for counter in counters if int(counter.changes) != seen.get(counter.sk)]
    rested = [boards.rest(counter) for counter in changed]
    if not all(rested):
        messages.send_rebuild(phase_id)


def _write(folder: str, contents: Mapping[str, bytes]) -> None:
    bucket = settings.get().runs_bucket

    def write(name: str) -> None:
        objects.write(bucket, f"{folder}/{name}", contents[name], "application/json")

    with ThreadPoolExecutor(_WRITERS) as pool:
        # The first error is raised here, and nothing is published.
        list(pool.map(write, contents))


def _frozen(board: Board, setup: BoardSetup, now: datetime) -> Snapshot | None:
    """What participants see while the board is frozen: the newest snapshot from before."""
    if not policy.is_frozen(setup.phase, now):
        return None
    return boards.frozen(board, setup.phase.freeze_board_at) or boards.newest(board)


def _remove_old(phase_id: str, board: Board, frozen: Snapshot | None) -> None:
    """Remove what nobody reads: all but the newest snapshot, which somebody may just have found, and the frozen one."""
    kept = {int(board.version or 0), frozen.version if frozen else 0}
    gone = {old.version: old for old in boards.former(board) if old.version not in kept}
    for snapshot in gone.values():
        parts = [Part.of(folder) for folder in snapshot.parts]
        folder = object_keys.snapshot(phase_id, snapshot.version)
        keys = [f"{folder}/{name}" for name in rendering.names(parts, snapshot.count, snapshot.pages)]
        objects.delete(settings.get().runs_bucket, *keys)


def _first(setup: BoardSetup, audience: Audience) -> Leaderboard:
    """The first board that somebody may see, else the first."""
    return [*policy.visible_boards(setup.boards, audience.is_organizer), setup.main][0]


def _snapshot(board: table.Item | None, setup: BoardSetup, audience: Audience) -> Snapshot:
    if not isinstance(board, Board):
        return NO_SNAPSHOT
    if audience.is_frozen:
        return boards.frozen(board, setup.phase.freeze_board_at) or boards.newest(board)
    return boards.newest(board)


def _etag(view: BoardView, page: int) -> str:
    """Changes with the rows, with how the board is set up, and with who looks."""
    who = view.account.id if view.account else ""
    text = f"{view.snapshot.etag}|{view.part}|{view.phase}|{page}|{view.setup!r}|{view.audience!r}|{who}|{view.team}"
    return f'"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _answer(phase_id: str, view: BoardView, page: int) -> responses.Leaderboard:
    rows, out = page_rows(view, page)
    columns = visibility.columns_of(view.setup, view.board, view.audience)
    return responses.Leaderboard(
        phase=phase_id,
        key=view.board.key,
        title=view.board.title,
        columns=columns,
        groups=visibility.groups_of(view.board),
        tasks=visibility.tasks_of(view.setup, view.audience),
        questions=[responses.BoardQuestion(key, title) for key, title in view.questions.items()],
        rows=[_row(row, columns, view) for row in rows],
        disqualified=[_row(row, columns, view) for row in out] if view.audience.is_organizer else [],
        count=view.snapshot.count,
        page=page,
        pages=max(1, view.snapshot.pages),
        rebuilt_at=view.snapshot.rebuilt_at,
        frozen_at=view.setup.phase.freeze_board_at if view.audience.is_frozen else None,
        final=view.part.is_final or view.of_final_phase,
        final_phase=view.phase if view.of_final_phase else None,
        anonymous=view.setup.is_anonymous,
        detailed_results=visibility.leads_to_details(view.setup, view.audience),
        organizer=view.audience.is_organizer,
    )


def _row(row: dict[str, Any], columns: list[responses.Column], view: BoardView) -> responses.Row:
    key = rendering.team_key(row["team"]) if row["team"] else rendering.participant_key(row["participant"])
    is_mine = view.is_self(key)
    is_hidden = view.hides_names and not is_mine
    shown = {
        "participant": ANONYMOUS if is_hidden else row["participant"],
        "team": None if is_hidden else row["team"],
        "name": None if is_hidden else row["name"],
        "scores": {column.key: row["scores"].get(column.key) for column in columns},
        "mine": is_mine,
        "fact_sheet": answered(row, view),
    }
    return responses.Row(**{**row, **shown})
