"""Phases."""

from chalicelib import answers, bodies
from chalicelib.actions import determinism, migrations, phases, submitting
from chalicelib.http import Access, Call, Routes, choice, cursor

routes = Routes(__name__)
_MIGRATION = "/v1/phases/{phase}/migration"
_DETERMINISM = "/v1/phases/{phase}/determinism"
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


@routes.post(_DETERMINISM, access=Access.SIGNED_IN, body=bodies.CheckDeterminism, answer=answers.Determinism, status=202)
def check_determinism(call: Call, phase: str) -> answers.Determinism:
    """Repeat the best submissions of a phase, as its organizer, to see whether they come to the same scores."""
    return determinism.begin(phase, call.body, call.account, call.now)


@routes.get(_DETERMINISM, access=Access.SIGNED_IN, answer=answers.Determinism)
def show_determinism(call: Call, phase: str) -> answers.Determinism:
    """Show what the latest check of a phase's determinism came to, for organizers."""
    return determinism.show(phase, call.account)
