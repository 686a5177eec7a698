"""Solutions: submissions that are known to work. A task that one of them was scored on is validated."""

from datetime import datetime
from typing import Any

from chalicelib import ids, responses, telemetry
from chalicelib.actions.competitions.permissions import check_organizer
from chalicelib.actions.events import acts
from chalicelib.actions.leaderboards.visibility import score_view_of
from chalicelib.actions.queues import queueing
from chalicelib.actions.submissions import showing
from chalicelib.contract import Status
from chalicelib.domain.people.accounts import Account
from chalicelib.errors import Conflict, NotFound, say
from chalicelib.store import audit, table
from chalicelib.store.competitions import competitions
from chalicelib.store.competitions.competitions import Competition, Phase
from chalicelib.store.library import tasks
from chalicelib.store.submissions import creation, submissions
from chalicelib.store.submissions.submissions import Submission


def run(competition_id: str, index: int, account: Account, now: datetime) -> responses.Submissions:
    """Run a solution on each of its tasks, uncharged and on no board. Raises NotFound, NotAllowed, Conflict."""
    competition, phases = competitions.find(competition_id)
    check_organizer(competition, account)
    solution = next((one for one in competition.solutions or [] if one["index"] == index), None)
    if solution is None:
        raise NotFound(say("no_solution", "This competition has no such solution. Its settings list them."))
    made = [_submission(competition, phases, solution, str(task), account, now) for task in solution["tasks"]]
    queueing.enqueue(competition, None, table.read_all(queueing.counters(competition.id)), *made)
    for submission in made:
        told = {"solution": index}
        entry = acts.made(submission.phase, "solution_run", account, now, submission=submission.id, after=told)
        creation.create_uncharged(submission, also=audit.along(entry))
        queueing.wake(submission)
        telemetry.logger.info("solution is run", submission=submission.id, task=submission.task)
    score_views = {phase.id: score_view_of(competition, phase, account, now) for phase in phases}
    return responses.Submissions([showing.answer(submission, score_views[submission.phase]) for submission in made], None)


def note(submission: Submission, competition: Competition, status: Status) -> None:
    """A submission has ended: when it is what a solution is, and was scored, its task is validated.

    Codabench goes by the file alone (FORMATS 1.2), so a participant who hands in the solution validates it, too.
    """
    task = competition.tasks.get(submission.task, {})
    if status is not Status.FINISHED or not task.get("id"):
        return
    for solution in competition.solutions or []:
        if solution["file"]["sha256"] == submission.sha256 and int(submission.task) in solution["tasks"]:
            tasks.validate(task["id"], submission.id)
            return


def _submission(
    competition: Competition, phases: list[Phase], solution: dict[str, Any], task: str, account: Account, now: datetime
) -> Submission:
    phase = next((phase for phase in phases if int(task) in phase.tasks), None)
    if phase is None:
        raise Conflict(
            say("solution_without_phase", "No phase has the task {task}, so the solution cannot be run on it.", task=task)
        )
    if not queueing.is_run(competition, phase, task):
        raise Conflict(say("solution_judged", "Nothing is run for the task {task}: people alone judge it.", task=task))
    file, id_ = solution["file"], ids.new(now)
    return Submission(
        *Submission.at(id_),
        id=id_,
        competition=competition.id,
        phase=phase.id,
        task=task,
        user=account.id,
        username=account.username,
        name=f"Solution {solution['index']}: {solution['name']}"[:100],
        status=Status.SUBMITTED,
        object_key=file["object_key"],
        filename="solution.zip",
        size_bytes=file["size_bytes"],
        sha256=file["sha256"],
        solution=solution["index"],
        created_at=now,
        list_pk=submissions.list_key(phase.id),
        list_sk=id_,
        owner_pk=submissions.owner_key(account.id, phase.id),
        owner_sk=id_,
    )
