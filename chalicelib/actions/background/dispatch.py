"""Work that takes longer than an API call may: one verb per kind of task message."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import partial

from chalicelib import telemetry
from chalicelib.actions.background import jobs
from chalicelib.actions.judging import artifacts, scoring
from chalicelib.actions.leaderboards import rebuilding
from chalicelib.actions.runs import unrun
from chalicelib.actions.submissions import retention
from chalicelib.store.background.phase_jobs import PhaseJob
from chalicelib.store.bundles.dumps import Dump
from chalicelib.store.bundles.imports import Import
from chalicelib.store.submissions.exports import SubmissionExport

_VERBS: dict[str, Callable[[str, datetime, datetime], object]] = {
    "import": partial(jobs.run, Import),
    "dump": partial(jobs.run, Dump),
    "parcel": partial(jobs.run, SubmissionExport),
    "batch": partial(jobs.run, PhaseJob),
    "clear": lambda phase_and_competitor, now, _deadline: retention.clear(phase_and_competitor, now),
    "receive": lambda submission, now, _deadline: unrun.receive(submission, now),
    "unpack": lambda artifact, _now, _deadline: artifacts.unpack(artifact),
    "judge": lambda phase, now, _deadline: scoring.rebuild(phase, now),
    "rebuild": lambda phase, now, _deadline: rebuilding.rebuild(phase, now),
}


def perform(message: str, now: datetime, deadline: datetime) -> None:
    """Do what a message of the tasks queue asks for, before `deadline`, when the function's time is over.

    Messages are ours alone, so a malformed one is a defect: it raises.
    """
    body = json.loads(message)
    telemetry.logger.append_keys(task=body["task"], id=body["id"])
    _VERBS[body["task"]](body["id"], now, deadline)
