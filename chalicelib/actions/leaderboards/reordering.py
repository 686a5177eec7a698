"""Reordering: what becomes of a phase's rows when organizers change what places them, told before and done after (ADR 22).

Rules, rankings and tasks change while submissions come and go, so nothing is locked: a job of the phase places each
participant and team anew, by what is there when it looks, and once more who was finished by a build of the board before.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from chalicelib import ids, responses, telemetry
from chalicelib.actions.leaderboards import placement, visibility
from chalicelib.actions.leaderboards.visibility import BoardSetup
from chalicelib.aws import messages
from chalicelib.domain.bundle.leaderboard import Column
from chalicelib.domain.bundle.model import Bundle
from chalicelib.domain.leaderboards import scores
from chalicelib.errors import Busy, Conflict, say
from chalicelib.store import table, writes
from chalicelib.store.background import jobs, phase_jobs
from chalicelib.store.background.phase_jobs import PhaseJob, Progress
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.leaderboards import boards
from chalicelib.store.leaderboards.boards import BoardRow
from chalicelib.store.submissions import submissions
from chalicelib.store.submissions.submissions import Submission
from chalicelib.store.writes import Transaction

PAGE_SIZE = 100
#: A preview looks at so many of the newest submissions, and at so many rows: more would take longer than a call may.
PREVIEWED = 10_000
_PREVIEW_PAGE = 1000
#: Longer than a call of the API lives: what was read of a board's rules before they changed is written by then.
LATE = timedelta(minutes=1)
#: Rows that one transaction changes: of each also its submission is looked at, and 100 items are the most.
_ROWS_AT_ONCE = 40
Theirs = TypeVar("Theirs")
_MOVES = say("rows_change", "The rows of a participant change all the time. Try again in a moment.")


@dataclass(frozen=True)
class Reordering:
    """A phase with submissions perhaps, and what places them until a change and after it."""

    phase: Phase
    before: BoardSetup
    after: BoardSetup

    @property
    def moves_rows(self) -> bool:
        """True where the change may place rows otherwise, and not rank them alone."""
        keys = self.after.todays_keys
        return self.before.placing(keys) != self.after.placing(keys)

    @property
    def lost(self) -> dict[str, set[str]]:
        """The columns that no board has any more: under which keys they have scores, by the latest."""
        today = {key for column in _columns(self.after) for key in (column.key, *column.former_keys)}
        return {one.key: {one.key, *one.former_keys} for one in _columns(self.before) if one.key not in today}


def _columns(setup: BoardSetup) -> list[Column]:
    return [column for board in setup.boards for column in board.columns]


def of_change(competition: Competition, phases: Sequence[Phase], bundle: Bundle, now: datetime) -> list[Reordering]:
    """The phases whose rows are placed otherwise once the competition is as `bundle` says."""
    wanted = {phase.index: visibility.setup_of_bundle(bundle, phase, now) for phase in bundle.phases}
    both = [
        Reordering(phase, visibility.setup_of(competition, phase, now), wanted[int(phase.index)])
        for phase in phases
        if int(phase.index) in wanted
    ]
    return [one for one in both if one.moves_rows]


def stirred(reorderings: Sequence[Reordering], before: Mapping[str, Phase], changed: Iterable[Phase]) -> list[str]:
    """The phases whose boards are made anew after a change: where rows may move, and where the end did, which is when people
    have their results."""
    ended = [one.id for one in changed if one.id in before and one.ends_at != before[one.id].ends_at]
    return list(dict.fromkeys([*(one.phase.id for one in reorderings), *ended]))


def job(phase_id: str, now: datetime) -> PhaseJob:
    """The job that places everybody of a phase anew, to be stored with the change."""
    made = _job(phase_id, ids.new(now), now)
    jobs.waiting(made)
    return made


def _job(phase_id: str, id_: str, now: datetime) -> PhaseJob:
    return PhaseJob(
        *PhaseJob.at(id_),
        id=id_,
        work=phase_jobs.REORDER,
        phase=phase_id,
        created_at=now,
        owner_pk=phase_jobs.owner_key(phase_id),
        owner_sk=id_,
    )


def begin_at_end(phase: Phase, now: datetime) -> None:
    """A phase is over in which people chose what counts: place everybody by that. Does nothing when that was done before.

    That is done when nobody can be choosing any more who began in time.
    """
    if phase.ends_at is not None:
        made = _job(phase.id, ids.at(phase.ends_at, f"{phase.id} chosen"), now)
        jobs.create_at(made, max(now, phase.ends_at + LATE))


def effects(reorderings: Sequence[Reordering]) -> list[responses.BoardEffect]:
    """The effects of a change on the rows of each phase to which it does anything."""
    most = PREVIEWED // max(1, len(reorderings))
    found = [_effect(one, most) for one in reorderings]
    return [one for one in found if _tells(one)]


def rows_of(reordering: Reordering, most: int) -> tuple[list[BoardRow], list[BoardRow]] | None:
    """The rows of a phase as they are, and as they would be; None where there are more than `most` to look at."""
    on_board = boards.all_rows(reordering.phase.id, most)
    if not reordering.moves_rows or len(on_board) == most:
        return (on_board, on_board) if len(on_board) < most else None
    submitted = list(_newest(reordering.phase.id, most))
    if len(submitted) >= most:
        return None
    rows, after = _grouped(on_board, lambda row: str(row.user)), {(row.pk, row.sk): row for row in on_board}
    theirs = _grouped(submitted, lambda one: one.competitor)
    chosen = placement.chosen_of(reordering.after, reordering.phase.id, *theirs)
    for who, mine in theirs.items():
        change = placement.reorder(reordering.after, rows.get(who, []), mine, chosen)
        for row in change.gone:
            after.pop((row.pk, row.sk), None)
        after |= {(row.pk, row.sk): row for row, _ in change.put}
    return on_board, list(after.values())


def work(done: set[str], job: PhaseJob, now: datetime) -> Progress:
    """Place those anew whose submissions stand on one page of the phase's; at last those again who may have been missed.

    `done` are who was placed by this function already, and grows. Raises Conflict when the phase was removed, Busy.
    """
    setup = visibility.setup_at(job.phase, now)
    if setup is None:
        raise Conflict(say("phase_removed", "The phase was removed meanwhile."))
    if job.exhausted:
        late = {one.competitor for one in _newest(job.phase) if one.finished_at and one.finished_at > job.created_at - LATE}
        place_all(late, setup, job.phase, now)
        return Progress.DONE
    listed, cursor = submissions.of_phase(job.phase, job.cursor, PAGE_SIZE)
    competitors = {one.competitor for one in listed} - done
    place_all(competitors, setup, job.phase, now)
    done |= competitors
    phase_jobs.advance(job, cursor, [], len(competitors))
    return Progress.GOES_ON if cursor else Progress.WAITS


def place_moved(target: str, source: str, moved: Sequence[Submission], phase_id: str, now: datetime) -> None:
    """Place a team anew to which `moved` has come from another, whose rows go with that. Raises Busy."""
    setup = visibility.setup_at(phase_id, now)
    if setup is not None:
        theirs = partial(_place, target, setup, phase_id, now, source, moved)
        _tell([writes.retried(theirs, Busy(_MOVES))], phase_id)


def place_all(competitors: Collection[str], setup: BoardSetup, phase_id: str, now: datetime) -> None:
    """Place some anew, and ask for what follows. Raises Busy."""
    _tell([writes.retried(partial(_place, who, setup, phase_id, now), Busy(_MOVES)) for who in competitors], phase_id)


def _tell(changes: Sequence[placement.Change], phase_id: str) -> None:
    if any(changes):
        messages.send_rebuild(phase_id)
    if any(change.is_judged for change in changes if change):
        messages.send_judging(phase_id)
    telemetry.logger.info("placed anew", phase=phase_id, looked_at=len(changes), changed=sum(map(bool, changes)))


def _place(
    competitor: str,
    setup: BoardSetup,
    phase_id: str,
    now: datetime,
    former: str | None = None,
    moved: Sequence[Submission] = (),
) -> placement.Change:
    """Place one's submissions anew, with those that have `moved` from a `former` one.

    Raises ConditionFailed when one of them or a row changed meanwhile, Busy.
    """
    rows = [row for one in dict.fromkeys((competitor, former or competitor)) for row in boards.rows_of(phase_id, one)]
    newest = placement.newest_of(competitor, phase_id, submissions.MANY)
    known = {one.id: one for one in newest}
    # Until a former one's choice is carried, it stands with theirs.
    chosen = placement.chosen_of(setup, phase_id, *dict.fromkeys((competitor, former or competitor)))
    wanted = {*chosen, *(row.submission for row in rows), *(one.id for one in moved)}
    older = table.read_many(Submission.at(id_) for id_ in wanted if id_ not in known)
    # What is in progress still, or has gone on to somebody else, is placed by whoever moves it.
    known |= {one.id: one for one in older if one.competitor == competitor}
    rows = [row for row in rows if row.user == competitor or row.submission in known]
    change = placement.reorder(setup, rows, list(known.values()), chosen)
    # What is put comes first: broken off here, nobody is without a row who had one.
    for part in _parted(change):
        writes.transact(partial(_placing, part, known, phase_id, now))
    return change


def _placing(
    change: placement.Change, known: Mapping[str, Submission], phase_id: str, now: datetime, write: Transaction
) -> None:
    for id_ in {row.submission for row, _ in change.put}:
        write.condition_check(Submission, *Submission.at(id_), placement.as_placed(known[id_]))
    placement.changing(write, change, phase_id, now)


def _parted(change: placement.Change) -> Iterator[placement.Change]:
    for start in range(0, len(change.put), _ROWS_AT_ONCE):
        yield placement.Change(put=change.put[start : start + _ROWS_AT_ONCE], is_judged=change.is_judged)
    for start in range(0, len(change.gone), _ROWS_AT_ONCE):
        yield placement.Change(gone=change.gone[start : start + _ROWS_AT_ONCE], is_judged=change.is_judged)


def _newest(phase_id: str, most: int | None = None) -> Iterator[Submission]:
    """A phase's submissions, the newest first, as its list has them."""
    before, told = None, 0
    while most is None or told < most:
        page, before = submissions.of_phase(phase_id, before, _PREVIEW_PAGE)
        yield from page
        told += len(page)
        if before is None:
            return


def _effect(reordering: Reordering, most: int) -> responses.BoardEffect:
    """What happens to the rows of one phase, as far as `most` submissions and rows tell."""
    phase, setup = reordering.phase, reordering.after
    submitted, on_board = list(_newest(phase.id, most)), boards.all_rows(phase.id, most)
    rows = _grouped(on_board, lambda row: str(row.user))
    theirs = _grouped(submitted, lambda one: one.competitor)
    if len(on_board) == most:
        # Rows come by whose they are. Of who is behind the last, nothing is known.
        theirs = {who: mine for who, mine in theirs.items() if who < on_board[-1].user}
    chosen = placement.chosen_of(setup, phase.id, *theirs)
    changes = (
        (rows.get(who, []), placement.reorder(setup, rows.get(who, []), mine, chosen)) for who, mine in theirs.items()
    )
    moves = [_moves(before, change, setup) for before, change in changes]
    return responses.BoardEffect(
        phase=phase.id,
        name=phase.name,
        rows=len(on_board),
        appear=sum(appear for appear, _, _ in moves),
        disappear=sum(disappear for _, disappear, _ in moves),
        change=sum(change for _, _, change in moves),
        unscored=sum(_is_unscored(one, reordering) for one in submitted),
        lost=[
            responses.LostColumn(key, count) for key, keys in reordering.lost.items() if (count := _holders(submitted, keys))
        ],
        is_complete=len(submitted) < most and len(on_board) < most,
    )


def _tells(effect: responses.BoardEffect) -> bool:
    found = (effect.appear, effect.disappear, effect.change, effect.unscored, effect.lost)
    return any(found) or not effect.is_complete


def _is_unscored(submission: Submission, reordering: Reordering) -> bool:
    """True for one that ran on all tasks that the phase had, and not on one that it gets."""
    before, after = (set(map(str, setup.phase.tasks)) for setup in (reordering.before, reordering.after))
    if after <= before or not placement.is_eligible(submission):
        return False
    ran = set(scores.of_tasks(submission.scores or {}, submission.task))
    return before <= ran and not after <= ran


def _grouped(items: Iterable[Theirs], whose: Callable[[Theirs], str]) -> dict[str, list[Theirs]]:
    found: dict[str, list[Theirs]] = defaultdict(list)
    for one in items:
        found[whose(one)].append(one)
    return dict(found)


def _moves(rows: Sequence[BoardRow], change: placement.Change, setup: BoardSetup) -> tuple[int, int, int]:
    """How many of somebody's rows appear, disappear, and have another submission or other scores."""
    before = {row.submission: scores.renamed(row.scores, setup.todays_keys) for row in rows}
    put = {row.submission: row for row, _ in change.put}
    gone = {row.submission for row in change.gone} | {old.submission for _, old in change.put if old} - put.keys()
    gone -= put.keys()
    new = put.keys() - before.keys()
    rescored = sum(row.scores != before[id_] for id_, row in put.items() if id_ in before)
    replaced = min(len(new), len(gone))
    return len(new) - replaced, len(gone) - replaced, replaced + rescored


def _holders(submitted: Iterable[Submission], keys: Collection[str]) -> int:
    """How many submissions have a score in a column, under any of the keys that it had."""
    return sum(any(key in own for own in _own_scores(one) for key in keys) for one in submitted)


def _own_scores(submission: Submission) -> Collection[Mapping[str, float]]:
    return scores.of_tasks(submission.scores or {}, submission.task).values()
