"""Work that takes longer than an API call may: one verb per kind of task message."""

import json
from collections.abc import Callable
from datetime import datetime

from chalicelib import telemetry
from chalicelib.actions import batches, clearing, dumps, exhibits, imports, leaderboards, parcels, receipts, verdicts

_VERBS: dict[str, Callable[[str, datetime, datetime], object]] = {
    "import": imports.run,
    "dump": dumps.run,
    "parcel": parcels.run,
    "batch": batches.run,
    "clear": lambda phase_and_unit, now, _deadline: clearing.clear(phase_and_unit, now),
    "receive": lambda submission, now, _deadline: receipts.receive(submission, now),
    "unpack": lambda exhibit, _now, _deadline: exhibits.unpack(exhibit),
    "judge": lambda phase, now, _deadline: verdicts.rebuild(phase, now),
    "rebuild": lambda phase, now, _deadline: leaderboards.rebuild(phase, now),
}


def perform(message: str, now: datetime, deadline: datetime) -> None:
    """Do what a message of the tasks queue asks for, before `deadline`, when the function's time is over.

    Messages are ours alone, so a malformed one is a defect: it raises.
    """
    body = json.loads(message)
    telemetry.logger.append_keys(task=body["task"], id=body["id"])
    _VERBS[body["task"]](body["id"], now, deadline)
