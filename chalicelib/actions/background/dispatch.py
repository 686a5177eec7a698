"""Work that takes longer than an API call may: one verb per kind of task message."""

import json
import time
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from chalicelib import telemetry
from chalicelib.actions.background import failures, jobs, listening
from chalicelib.actions.discovery import cataloguing, federation
from chalicelib.actions.judging import artifacts, scoring
from chalicelib.actions.leaderboards import rebuilding, results
from chalicelib.actions.mail import feedback, sending
from chalicelib.actions.runs import unrun
from chalicelib.actions.submissions import portfolios
from chalicelib.actions.webhooks import delivering
from chalicelib.contract import correlation
from chalicelib.store.background import failures as stored_failures
from chalicelib.store.background.phase_jobs import PhaseJob
from chalicelib.store.background.schema_migrations import SchemaMigration
from chalicelib.store.bundles.dumps import Dump
from chalicelib.store.bundles.imports import Import
from chalicelib.store.competitions.removals import CompetitionRemoval
from chalicelib.store.forum.mailing import AnnouncementMailing
from chalicelib.store.forum.notices import Notice
from chalicelib.store.mail.mailings import Mailing
from chalicelib.store.metering.reviews import StorageReview
from chalicelib.store.people.account_jobs import AccountJob
from chalicelib.store.people.group_jobs import GroupJob
from chalicelib.store.people.team_moves import TeamMove
from chalicelib.store.submissions.exports import SubmissionExport
from chalicelib.store.submissions.retention import RetentionRequest

#: Who tells of mails that did not arrive, by way of EventBridge (template.yaml).
SES = "aws.ses"
_VERBS: dict[str, Callable[[str, datetime, datetime], object]] = {
    "import": partial(jobs.run, Import),
    "dump": partial(jobs.run, Dump),
    "parcel": partial(jobs.run, SubmissionExport),
    "batch": partial(jobs.run, PhaseJob),
    "group": partial(jobs.run, GroupJob),
    "clear": partial(jobs.run, RetentionRequest),
    "event": lambda event, now, _deadline: listening.tell(event, now),
    "mailing": partial(jobs.run, Mailing),
    "mail": lambda mail, now, _deadline: sending.send(mail, now),
    "notice": partial(jobs.run, Notice),
    "team_move": partial(jobs.run, TeamMove),
    "account": partial(jobs.run, AccountJob),
    "competition_removal": partial(jobs.run, CompetitionRemoval),
    "storage_review": partial(jobs.run, StorageReview),
    "schema": partial(jobs.run, SchemaMigration),
    "announcement": partial(jobs.run, AnnouncementMailing),
    "webhook": lambda webhook, now, deadline: delivering.run(webhook, now, deadline),
    "receive": lambda submission, now, _deadline: unrun.receive(submission, now),
    "unpack": lambda artifact, _now, _deadline: artifacts.unpack(artifact),
    "judge": lambda phase, now, _deadline: scoring.rebuild(phase, now),
    "rebuild": lambda phase, now, _deadline: rebuilding.rebuild(phase, now),
    "results": results.keep,
    "results_review": lambda before, now, _deadline: results.review(before, now),
    "code_review": lambda before, now, _deadline: portfolios.review(before, now),
    "federate": lambda site, now, _deadline: federation.fetch(site, now),
    "catalogue": lambda what, now, _deadline: cataloguing.rebuild(what, now),
}


def perform(message: Mapping[str, Any], now: datetime, deadline: datetime) -> None:
    """Do what a message of the tasks queue, as SQS tells it, asks for before `deadline`, when the function's time is over.

    Messages are ours alone, and EventBridge's about mail, so a malformed one is a defect: it raises. What raises comes
    again, and is given up after three times; one that was, and is got through with now, is told to nobody any more.
    """
    body, attributes = json.loads(message["body"]), message.get("messageAttributes") or {}
    telemetry.correlate(attributes.get(correlation.ATTRIBUTE, {}).get("stringValue"))
    if body.get("source") == SES:
        feedback.hear(body["detail"], now)
    else:
        telemetry.logger.append_keys(task=body["task"], id=body["id"])
        if _VERBS[body["task"]](body["id"], now, deadline) and body["task"] == "rebuild":
            # The first change after a rebuild asks for the next one.
            telemetry.seconds("BoardLagSeconds", time.time() - int(message["attributes"]["SentTimestamp"]) / 1000)
    if failures.FAILURE in body:
        stored_failures.mended(body[failures.FAILURE])
