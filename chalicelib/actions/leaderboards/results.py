"""Results: where people stood once a phase is over, kept for their pages, and told there as its board tells it.

They follow the board: each snapshot after the phase's end has them made anew, and so has the end itself. Nothing is locked.
What is stored already is not written again, so whoever goes on after another does the rest; and no write of a former
snapshot comes after that of a later one, since each is on condition that the snapshot is the newest.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from chalicelib import responses, telemetry
from chalicelib.actions.competitions.permissions import visible_phase
from chalicelib.actions.leaderboards import rendering, visibility
from chalicelib.actions.leaderboards.visibility import BoardSetup
from chalicelib.aws import messages
from chalicelib.deadlines import is_late
from chalicelib.domain.leaderboards import policy
from chalicelib.domain.leaderboards.scores import renamed
from chalicelib.domain.people import departures
from chalicelib.errors import NotAllowed, NotFound
from chalicelib.store import table
from chalicelib.store.competitions import competitions, publication
from chalicelib.store.competitions.competitions import competition_of, places_of_phase
from chalicelib.store.leaderboards import boards
from chalicelib.store.leaderboards import results as stored
from chalicelib.store.leaderboards import rows as stored_rows
from chalicelib.store.leaderboards.boards import Board
from chalicelib.store.leaderboards.results import Result
from chalicelib.store.leaderboards.rows import PlainRow
from chalicelib.store.people.teams import Team
from chalicelib.store.table import Found

#: The newest of somebody are told: of each phase two items are read, and DynamoDB gives a hundred at once.
MOST = 50
#: Competitions that one message looks through.
_PAGE = 50
FROM_THE_FIRST = "first"


def begin(phase_id: str, now: datetime) -> None:
    """Have the results of a phase kept that has just ended, where it has a board."""
    (board,) = table.read(Board.at(phase_id))
    if board is not None:
        _begin(board, now)


def look_after(board: Board, now: datetime) -> None:
    """Of a board whose results are behind: a message was lost, or nobody got through with it."""
    _begin(board, now)


def review(before: str, now: datetime) -> None:
    """Begin where a phase is over and its results are not kept: of a former build, or since its end was moved.

    One page of the public competitions, by a call each; the next page is another message.
    """
    found, following = publication.published(None if before == FROM_THE_FIRST else before, _PAGE)
    over = [phase.id for one in found for phase in competitions.find(one.id)[1] if phase.ends_at and phase.ends_at <= now]
    for board in table.read_many(Board.at(phase_id) for phase_id in over):
        if board.version and board.told != board.version:
            _begin(board, now)
    if following is not None:
        messages.send_results_review(following)


def keep(phase_id: str, now: datetime, deadline: datetime) -> None:
    """Keep where people stand on the first board of a phase that is over. Does nothing where that is done. Raises Busy.

    Near `deadline` another function goes on.
    """
    (board,) = table.read(Board.at(phase_id))
    competition, phase = table.read(*places_of_phase(phase_id))
    if board is None or competition is None or phase is None:
        return
    setup = visibility.setup_of(competition, phase, now)
    if board.told == board.version or not policy.is_over(setup.phase, now):
        # One that was opened again shows none, and its end comes once more.
        boards.rest_of_results(board)
        return
    there = {one.user: one for one in stored.of_phase(phase_id)}
    wanted = {one.user: one for one in _results(setup, board, there)}
    put = [one for user, one in wanted.items() if user not in there or there[user].facts != one.facts]
    gone = [one for user, one in there.items() if user not in wanted]
    for part in stored.parts(put, gone):
        if is_late(deadline):
            messages.send_results(phase_id)
            return
        if not stored.change(board, *part):
            return
    boards.have_results(board)
    telemetry.logger.info("results kept", phase=phase_id, results=len(wanted), changed=len(put) + len(gone))


def of_account(account: str, before: str | None, now: datetime) -> tuple[list[responses.ProfileResult], str | None]:
    """One page of what everybody may know of where an account stood, the latest first: by two calls, whatever its length."""
    kept, following = stored.of_account(account, before, MOST)
    found = table.read_all(place for one in kept for place in places_of_phase(one.phase))
    return [told for one in kept if (told := _told(one, found, now))], following


def _begin(board: Board, now: datetime) -> None:
    boards.await_results(board, now + boards.REBUILD_OVERDUE)
    messages.send_results(board.phase)


def _results(setup: BoardSetup, board: Board, there: Mapping[str, Result]) -> Iterable[Result]:
    """The results of everybody who has a rank, of several rows by the best. Baselines take nobody's place."""
    with rendering.undisturbed():
        rows = rendering.of_today(stored_rows.read(board.phase), setup)
        ranked = rendering.ranked(rows, setup, setup.foremost, is_final=setup.final_task is not None)
    entries, keys = rendering.count(rows), [column.key for column in setup.foremost.columns]
    made: dict[str, Result] = {}
    placed = [one for one in ranked if one[0] is not None and not _is_baseline(one[1])]
    members = _members(board.phase, {row.user for _, row, _ in placed if row.team}, there)
    # Who stands alone keeps that, whichever team they have joined since.
    for rank, row, shown in sorted(placed, key=lambda one: one[1].team):
        for user in members.get(row.user, ()) if row.team else _alone(row):
            if user not in made:
                made[user] = one = stored.new(board.phase, _ended(setup), user)
                one.rank, one.entries = rank, entries
                one.scores = {key: shown[key] for key in keys if key in shown}
                one.team, one.team_name = (row.user, row.username) if row.team else (None, None)
    return made.values()


def _is_baseline(row: PlainRow) -> bool:
    return bool(row.marks.get("baseline"))


def _alone(row: PlainRow) -> Sequence[str]:
    """Whose a row is that is no team's: nobody's where the account is gone, which has no page."""
    return () if departures.is_reserved(row.username) else (row.user,)


def _members(phase_id: str, teams: Collection[str], there: Mapping[str, Result]) -> dict[str, list[str]]:
    """Who has a team's result: those who had it when it was first kept, and who comes later has none of it."""
    members: dict[str, list[str]] = {}
    for one in there.values():
        if one.team in teams:
            members.setdefault(str(one.team), []).append(one.user)
    lacking = sorted(set(teams) - members.keys())
    for team in table.read_many(Team.at(competition_of(phase_id), one) for one in lacking):
        members[team.id] = list(team.usernames)
    return members


def _ended(setup: BoardSetup) -> datetime:
    if setup.phase.end is None:
        raise ValueError("A phase without an end is never over.")
    return setup.phase.end


def _told(result: Result, found: Found, now: datetime) -> responses.ProfileResult | None:
    """A result as everybody sees it; None where its board shows no names, not this, or nothing."""
    try:
        competition, phase = visible_phase(result.phase, None, found)
        setup = visibility.setup_of(competition, phase, now)
        audience = visibility.audience_of(setup, competition, None, now)
        audience.check_board(setup.foremost)
    except (NotFound, NotAllowed):
        return None
    final = setup.phase.final_board_from
    # Where another phase has the final board, this one's own is shown no more.
    is_elsewhere = final is not None and final.phase is not None
    if not audience.is_over or audience.awaits_jury or setup.is_anonymous or is_elsewhere:
        return None
    columns = visibility.columns_of(setup, setup.foremost, audience)
    scores = renamed(result.scores, setup.todays_keys)
    return responses.ProfileResult(
        competition=competition.id,
        slug=competition.slug,
        title=competition.title,
        phase=phase.id,
        phase_name=phase.name,
        ended_at=_ended(setup),
        rank=int(result.rank),
        entries=int(result.entries),
        team=result.team,
        team_name=result.team_name,
        columns=[column for column in columns if column.task is None],
        scores={column.key: scores.get(column.key) for column in columns if column.task is None},
    )
