"""The table of a competition's participants: who they are, and what each has done in one phase; also as a file."""

import io
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import accumulate
from typing import BinaryIO

from chalicelib import ids, requests, responses, settings
from chalicelib.actions.competitions.permissions import check_organizer, check_sees_all
from chalicelib.actions.people import audit_log
from chalicelib.actions.people.extra_attempts import NO_PHASE_HERE
from chalicelib.actions.people.participants import robot_of
from chalicelib.aws import object_keys, objects
from chalicelib.domain import tables
from chalicelib.domain.bundle.leaderboard import Column, Leaderboard
from chalicelib.domain.leaderboards import policy, scores
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.people.participation import Wanted
from chalicelib.domain.submissions.robots import RANKED, UNRANKED
from chalicelib.errors import NotFound, TooLarge, say
from chalicelib.store import audit, table
from chalicelib.store.competitions import competitions, definition
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.competitions.settings import Question
from chalicelib.store.leaderboards.boards import BoardRow
from chalicelib.store.people import participants
from chalicelib.store.people.participants import Participant
from chalicelib.store.submissions.usage import Quota
from chalicelib.store.table import Place

PAGE_SIZE = 100
#: Of a page: one call reads so many. Who is in groups has several, so a page of them has fewer people.
BOARD_ROWS = 100
URL_SECONDS = 300
#: A call of the API lives for 29 seconds, and must answer where the file is.
PATIENCE = timedelta(seconds=20)
_FIXED = ("Username", "Status", "Reason", "Team", "Groups", "Joined at", "Robot", "Attempts", "Last submission at")


@dataclass(frozen=True)
class ParticipantTable:
    """The competition whose table it is, the phase that is counted in, and its boards, of which the first ranks now."""

    competition: Competition
    phase: Phase
    boards: Sequence[Leaderboard]

    @cached_property
    def column(self) -> Column | None:
        """The column that ranks on the first board; None where nothing does."""
        ranking = [column for board in self.boards[:1] for column in board.columns if column.index == board.primary_index]
        return ranking[0] if ranking else None

    @property
    def questions(self) -> Mapping[str, Question]:
        """The questions that those who joined were asked."""
        return self.competition.settings.registration_questions

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The keys of the competition's groups."""
        return tuple(group.key for group in self.competition.groups)

    @cached_property
    def todays_keys(self) -> dict[str, tuple[str, ...]]:
        """The keys where scores stand that are stored under the keys that columns had."""
        return scores.todays_keys(self.boards)

    def rows(self, page: Sequence[Participant]) -> list[responses.ParticipantRow]:
        """The rows of some, by two calls for each hundred."""
        counters = table.read_many(Quota.at(self.phase.id, one.user) for one in page)
        placed = table.read_many(place for one in page for place in self._places(one))
        used = {(counter.pk, counter.sk): counter for counter in counters}
        ranked = {(row.pk, row.sk): row for row in placed}
        return [
            self._row(
                one,
                used.get(Quota.at(self.phase.id, one.user)),
                [row for place in self._places(one) if (row := ranked.get(place))],
            )
            for one in page
        ]

    def first_of(self, found: Sequence[Participant]) -> Sequence[Participant]:
        """The first of some: so many that one call reads the board rows of all."""
        totals = accumulate(len(self._places(one)) for one in found)
        return found[: sum(total <= BOARD_ROWS for total in totals)]

    def _places(self, one: Participant) -> list[Place[BoardRow]]:
        """Where their row is, or those of each group that they are in."""
        of_groups = [key for key in sorted(one.groups or ()) if key in self.groups]
        return [BoardRow.at(self.phase.id, one.competitor, group=key) for key in (None, *of_groups)]

    def _row(self, one: Participant, used: Quota | None, ranked: Sequence[BoardRow]) -> responses.ParticipantRow:
        return responses.ParticipantRow(
            user=one.user,
            username=one.username,
            status=one.status,  # type: ignore[arg-type]
            reason=participants.reason_of(one),
            joined_at=one.joined_at,
            team=one.team_name,
            groups=[key for key in self.groups if key in (one.groups or ())],
            robot=robot_of(one),
            attempts=int(used.used + used.extra) if used else 0,
            last_submission_at=used.last_at if used else None,
            score=self._best(ranked),
            answers=one.answers or {},
        )

    def _best(self, ranked: Sequence[BoardRow]) -> float | None:
        if self.column is None:
            return None
        found = [scores.renamed(row.scores, self.todays_keys).get(self.column.key) for row in ranked]
        best = min if self.column.sorting == "asc" else max
        return best((score for score in found if score is not None), default=None)


def show(
    competition_id: str, wanted: Wanted, phase_id: str | None, account: Account, after: str | None, now: datetime
) -> responses.Participants:
    """One page: four calls, whatever the size, and however many groups each is in. Raises NotFound, NotAllowed."""
    shown = _table(competition_id, phase_id, account, now)
    there, following = participants.of_competition(competition_id, after, PAGE_SIZE, wanted)
    found = shown.first_of(there)
    if len(found) < len(there):
        following = found[-1].user
    column = shown.column.title if shown.column else None
    return responses.Participants(shown.rows(found), shown.phase.id, column, following)


def export(competition_id: str, body: requests.ExportParticipants, account: Account, now: datetime) -> responses.Download:
    """A signed URL of the table as CSV. Who has the addresses with it stands in the audit log before they do.

    Raises NotFound, NotAllowed, and TooLarge for more than there is time for.
    """
    shown = _table(competition_id, body.phase, account, now)
    if body.addresses:
        check_organizer(shown.competition, account)
        entry = audit_log.entry_about(competition_id, None, "exported", None, {"addresses": True}, "", account, now)
        audit.record(entry)
    with tempfile.TemporaryFile() as file:
        _write(file, shown, body, now)
        file.seek(0)
        object_key = object_keys.participant_export(competition_id, ids.new(now))
        objects.write_stream(settings.get().runs_bucket, object_key, file)
    return responses.Download(objects.get_url(settings.get().runs_bucket, object_key, "participants.csv", URL_SECONDS))


def _table(competition_id: str, phase_id: str | None, account: Account, now: datetime) -> ParticipantTable:
    competition, phases = competitions.find(competition_id)
    check_sees_all(competition, account)
    phase = _phase(phases, phase_id, now)
    boards = policy.boards_of(definition.phase_of(phase), definition.leaderboards_of(competition), now)
    return ParticipantTable(competition, phase, boards)


def _phase(phases: Sequence[Phase], phase_id: str | None, now: datetime) -> Phase:
    """The one that is asked for, else the one that began last. Raises NotFound."""
    if phase_id is None:
        return max((phase for phase in phases if phase.starts_at <= now), key=lambda one: one.starts_at, default=phases[0])
    named = [phase for phase in phases if phase.id == phase_id]
    if not named:
        raise NotFound(NO_PHASE_HERE)
    return named[0]


def _write(file: BinaryIO, shown: ParticipantTable, body: requests.ExportParticipants, now: datetime) -> None:
    asked = [str(question.get("title") or key) for key, question in shown.questions.items()]
    header = [*_FIXED, *([shown.column.title] if shown.column else []), *asked, *(["Address"] if body.addresses else [])]
    with _text(file) as text:
        tables.write(text, header, _lines(shown, body, now))


def _lines(shown: ParticipantTable, body: requests.ExportParticipants, now: datetime) -> Iterator[list[tables.Cell]]:
    after, wanted = None, Wanted(body.status, body.search, body.group)
    while True:
        page, after = participants.of_competition(shown.competition.id, after, PAGE_SIZE, wanted)
        for one, row in zip(page, shown.rows(page), strict=True):
            score = [row.score] if shown.column else []
            answers = [_answer(row.answers.get(key)) for key in shown.questions]
            yield [*_cells(row), *score, *answers, *([one.address] if body.addresses else [])]
        if after is None:
            return
        if datetime.now(UTC) > now + PATIENCE:
            raise TooLarge(
                say(
                    "table_too_long",
                    "There is no time for so many participants. Export those of one status, or some by name.",
                )
            )


def _answer(answer: str | bool | None) -> tables.Cell:
    return str(answer).lower() if isinstance(answer, bool) else answer


def _cells(row: responses.ParticipantRow) -> list[tables.Cell]:
    last = row.last_submission_at
    fixed: list[tables.Cell] = [row.username, row.status, row.reason, row.team, " ".join(row.groups)]
    return [*fixed, _iso(row.joined_at), _kind(row), row.attempts, _iso(last) if last else None]


def _kind(row: responses.ParticipantRow) -> str:
    """The word for a robot, as its submissions have it; nothing for a person."""
    return "" if row.robot is None else RANKED if row.robot.ranks else UNRANKED


def _iso(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


@contextmanager
def _text(file: BinaryIO) -> Iterator[io.TextIOWrapper]:
    """A file of bytes as one of text, which stays open."""
    text = io.TextIOWrapper(file, encoding="utf-8", newline="")
    yield text
    text.flush()
    text.detach()
