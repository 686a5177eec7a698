"""Phases."""

from chalicelib import requests, responses
from chalicelib.actions.competitions import phases
from chalicelib.actions.runs import determinism
from chalicelib.actions.submissions import migration, submitting
from chalicelib.http import Access, Call, Routes, choice, cursor

routes = Routes(__name__)
_MIGRATION = "/v1/phases/{phase}/migration"
_DETERMINISM = "/v1/phases/{phase}/determinism"
_FROM = {
    "source": "The phase that submissions come from.",
    "rule": "`last` or `best`.",
    "cursor": "The former page's `next`.",
}


@routes.get("/v1/phases/{phase}/handouts", access=Access.SIGNED_IN, answer=responses.Handouts)
def handouts(call: Call, phase: str) -> responses.Handouts:
    """Get download links for a phase's starting kit and public data."""
    return phases.handouts(phase, call.account)


@routes.get("/v1/phases/{phase}/quota", access=Access.SIGNED_IN, answer=responses.Quota)
def quota(call: Call, phase: str) -> responses.Quota:
    """Tell what is left of your limits in a phase, and when the next attempt opens."""
    return submitting.quota(phase, call.account, call.now)


@routes.get(_MIGRATION, access=Access.SIGNED_IN, answer=responses.Migration, query=_FROM)
def preview_migration(call: Call, phase: str) -> responses.Migration:
    """Show which submissions would go along into a phase, for organizers."""
    source, rule = call.query.get("source"), choice(call.query, "rule", ("last", "best"))
    return migration.preview(phase, source, rule, call.account, cursor(call.query))


@routes.post(_MIGRATION, access=Access.SIGNED_IN, body=requests.Migrate, answer=responses.Empty, status=202)
def migrate(call: Call, phase: str) -> responses.Empty:
    """Have submissions go along into a phase, as an organizer."""
    return migration.order(phase, call.body, call.account, call.now)


@routes.post(_DETERMINISM, access=Access.SIGNED_IN, body=requests.CheckDeterminism, answer=responses.Determinism, status=202)
def check_determinism(call: Call, phase: str) -> responses.Determinism:
    """Repeat the best submissions of a phase, as its organizer, to see whether they come to the same scores."""
    return determinism.begin(phase, call.body, call.account, call.now)


@routes.get(_DETERMINISM, access=Access.SIGNED_IN, answer=responses.Determinism)
def show_determinism(call: Call, phase: str) -> responses.Determinism:
    """Show what the latest check of a phase's determinism came to, for organizers."""
    return determinism.show(phase, call.account)
