"""Checking determinism: the best submissions of a phase are repeated with the images and files that they ran with.

A repetition is a re-run that replaces nothing (ADR 16): its scores are kept beside the attempt, and board, result and
charge stay what they are, whatever it comes to.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from chalicelib import ids, requests, responses, telemetry
from chalicelib.actions.competitions.permissions import check_organizer, check_sees_all, visible_phase
from chalicelib.actions.events import acts
from chalicelib.actions.leaderboards import reading
from chalicelib.actions.runs import reruns
from chalicelib.actions.submissions import showing
from chalicelib.contract import Status
from chalicelib.domain.leaderboards import scores
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.runs import comparison
from chalicelib.errors import AgonError, Conflict, say
from chalicelib.store import audit, table
from chalicelib.store.competitions import definition
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.library.datasets import Dataset
from chalicelib.store.queues import queues
from chalicelib.store.runs import attempts, determinism
from chalicelib.store.runs.attempts import Attempt
from chalicelib.store.runs.determinism import DeterminismCheck
from chalicelib.store.submissions import submissions
from chalicelib.store.submissions.submissions import Submission
from chalicelib.store.table import Found


def begin(phase_id: str, body: requests.CheckDeterminism, account: Account, now: datetime) -> responses.Determinism:
    """Repeat the best submissions of the phase's first board. Raises NotFound, NotAllowed, Conflict when there is none."""
    competition, phase = visible_phase(phase_id, account)
    check_organizer(competition, account)
    ranked, _ = reading.page_rows(reading.look(phase.id, reading.Which(), False, account, now), 1)
    rows = [{"rank": row["rank"], "submission": row["submission"]} for row in ranked[: body.top]]
    if not rows:
        raise Conflict(say("nothing_to_repeat", "Nobody is on the leaderboard yet, so there is nothing to repeat."))
    check = determinism.new(ids.new(now), phase.id, account.username, body.top, rows, now)
    # First: what is repeated from now on is found by it.
    determinism.begin(check, audit.along(acts.made(phase.id, "repeated", account, now, after={"top": body.top})))
    there = _submissions_of(check)
    for row in rows:
        id_ = row["submission"]
        try:
            _repeat(there.get(id_), competition, check, now)
        except AgonError as error:
            check.refused[id_] = error.detail
    determinism.store(check)
    telemetry.logger.info("determinism is checked", phase=phase.id, submissions=len(rows), by=account.id)
    return _answer(check, competition)


def show(phase_id: str, account: Account) -> responses.Determinism:
    """The results of the latest check so far. Raises NotFound, NotAllowed."""
    competition, phase = visible_phase(phase_id, account)
    check_sees_all(competition, account)
    return _answer(determinism.find(phase.id), competition)


def _repeat(submission: Submission | None, competition: Competition, check: DeterminismCheck, now: datetime) -> None:
    if submission is None or submission.status != Status.FINISHED:
        raise Conflict(say("repeat_unfinished", "It is not Finished, or in progress. Wait for its end, then check again."))
    children = submissions.children(submission)
    for run in children or [submission]:
        if run.queue == queues.NONE:
            raise Conflict(say("repeat_judged", "Nobody ran it: people alone judge it."))
        run.checking = {"check": check.id, **_pins(run)}
    if children:
        submission.checking = {"check": check.id}
    reruns.queue(submission, children, competition, None, now)


def _pins(run: Submission) -> dict[str, Any]:
    """Exactly what the run had: its files, the name of its image, and the digest of each step's. Raises Conflict."""
    recorded = run.ran_with
    if not recorded:
        raise Conflict(say("repeat_unrecorded", "What it ran with was not recorded."))
    places = {kind: Dataset.at(used["dataset"]) for kind, used in recorded["files"].items()}
    found = table.read_all(places.values())
    files = {}
    for kind, place in places.items():
        dataset = found.get(place)
        if dataset is None:
            raise Conflict(say("repeat_file_gone", "The {kind} that it ran with is gone.", kind=kind.replace("_", " ")))
        files[kind] = {
            "dataset": dataset.id,
            "object_key": dataset.object_key,
            "sha256": dataset.sha256,
            "size_bytes": int(dataset.size_bytes),
        }
    return {"files": files, "image": recorded["image"], "digests": _digests(run.steps)}


def _digests(steps: list[dict[str, Any]] | None) -> dict[str, str]:
    return {step["name"]: step["image_digest"] for step in steps or [] if step.get("image_digest")}


def _submissions_of(check: DeterminismCheck) -> dict[str, Submission]:
    there = table.read_many(Submission.at(row["submission"]) for row in check.rows)
    return {submission.id: submission for submission in there if not submission.purged}


def _answer(check: DeterminismCheck, competition: Competition) -> responses.Determinism:
    runs = _runs_of(check)
    leases = showing.read_leases(*(run for _, _, run in runs))
    repeated = [_repeated(check, rank, submission, run, competition, leases) for rank, submission, run in runs]
    return responses.Determinism(
        id=check.id,
        phase=check.phase,
        asked_by=check.asked_by,
        created_at=check.created_at,
        in_progress=sum(one.status in ("Submitted", "Preparing", "Running", "Scoring") for one in repeated),
        repeated=repeated,
        refused=check.refused,
    )


def _runs_of(check: DeterminismCheck) -> list[tuple[int | None, Submission, Submission]]:
    """What is repeated: its rank, and its run on each task, which is itself where there is one task."""
    there = _submissions_of(check)
    rows = [row for row in check.rows if row["submission"] in there and row["submission"] not in check.refused]
    runs = []
    for row in rows:
        submission = there[row["submission"]]
        runs += [(row["rank"], submission, run) for run in submissions.children(submission) or [submission]]
    return runs


def _repeated(
    check: DeterminismCheck,
    rank: int | None,
    submission: Submission,
    run: Submission,
    competition: Competition,
    leases: Found,
) -> responses.Repeated:
    ended = next((one for one in attempts.kept(run) if one.check == check.id), None)
    compared = _compared(run, ended, competition) if ended and ended.status == Status.FINISHED else []
    return responses.Repeated(
        rank=rank,
        submission=submission.id,
        participant=submission.competitor_name,
        task=run.task if run.parent else None,
        attempt=int(ended.number) if ended else None,
        status=_status(check, run, ended, leases),  # type: ignore[arg-type]
        same=all(one.same for one in compared) if compared else None,
        same_images=_digests(run.steps) == _digests(ended.steps) if ended and ended.steps else None,
        columns=[responses.ComparedScore(one.key, one.before, one.after, one.difference, one.same) for one in compared],
        reason=(ended.reason or "") if ended else "",
    )


def _compared(run: Submission, ended: Attempt, competition: Competition) -> list[comparison.Compared]:
    """The scores of a run and of its repetition, both under the keys that columns have today."""
    task, boards = str(run.task), definition.leaderboards_of(competition)
    first = run.original_scores if run.original_scores is not None else run.scores
    before, after = (
        scores.anew(scores.of_tasks(stored or {}, task).get(task, {}), boards) for stored in (first, ended.scores)
    )
    return comparison.compare(before, after, definition.judged_columns(competition))


def _status(check: DeterminismCheck, run: Submission, ended: Attempt | None, leases: Found) -> str:
    if ended is not None:
        return str(ended.status)
    is_waiting = isinstance(run.checking, Mapping) and run.checking.get("check") == check.id
    # Cancelled before a runner had it, it left no attempt.
    return showing.status_of(run, leases) if is_waiting else str(Status.CANCELLED)
