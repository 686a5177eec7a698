"""Phases."""

from chalicelib import answers, bodies
from chalicelib.actions import migrations, phases, submitting
from chalicelib.http import Access, Call, Routes, choice, cursor

routes = Routes(__name__)
_MIGRATION = "/v1/phases/{phase}/migration"
_FROM = {
    "source": "The phase that submissions come from.",
    "rule": "`last` or `best`.",
    "cursor": "The former page's `next`.",
}


@routes.get("/v1/phases/{phase}/handouts", access=Access.SIGNED_IN, answer=answers.Handouts)
def handouts(call: Call, phase: str) -> answers.Handouts:
    """Get download links for a phase's starting kit and public data."""
    return phases.handouts(phase, call.account)


@routes.get("/v1/phases/{phase}/quota", access=Access.SIGNED_IN, answer=answers.Quota)
def quota(call: Call, phase: str) -> answers.Quota:
    """Tell what is left of your limits in a phase, and when the next attempt opens."""
    return submitting.quota(phase, call.account, call.now)


@routes.get(_MIGRATION, access=Access.SIGNED_IN, answer=answers.Migration, query=_FROM)
def preview_migration(call: Call, phase: str) -> answers.Migration:
    """Show which submissions would go along into a phase, for organizers."""
    source, rule = call.query.get("source"), choice(call.query, "rule", ("last", "best"))
    return migrations.preview(phase, source, rule, call.account, cursor(call.query))


@routes.post(_MIGRATION, access=Access.SIGNED_IN, body=bodies.Migrate, answer=answers.Empty, status=202)
def migrate(call: Call, phase: str) -> answers.Empty:
    """Have submissions go along into a phase, as an organizer."""
    return migrations.order(phase, call.body, call.account, call.now)
