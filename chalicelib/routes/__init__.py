"""The URL map on one screen. Every path begins with /v1; what each route does stands in its module."""

from chalice.app import Chalice

from chalicelib.http import Endpoint
from chalicelib.routes.administration.schema import routes as schema
from chalicelib.routes.administration.site_reports import routes as site_reports
from chalicelib.routes.administration.storage import routes as storage
from chalicelib.routes.background.failures import routes as failures
from chalicelib.routes.background.health import routes as health
from chalicelib.routes.bundles.bundles import routes as bundles
from chalicelib.routes.bundles.dumps import routes as dumps
from chalicelib.routes.bundles.editor import routes as editor
from chalicelib.routes.bundles.imports import routes as imports
from chalicelib.routes.competitions.approvals import routes as approvals
from chalicelib.routes.competitions.competitions import routes as competitions
from chalicelib.routes.competitions.phases import routes as phases
from chalicelib.routes.discovery.discovery import routes as discovery
from chalicelib.routes.discovery.federation import routes as federation
from chalicelib.routes.discovery.feeds import routes as feeds
from chalicelib.routes.document import routes as document
from chalicelib.routes.forum.announcements import routes as announcements
from chalicelib.routes.forum.inbox import routes as inbox
from chalicelib.routes.forum.reports import routes as reports
from chalicelib.routes.forum.threads import routes as threads
from chalicelib.routes.judging.judging import routes as judging
from chalicelib.routes.judging.jurors import routes as jurors
from chalicelib.routes.leaderboards.leaderboards import routes as leaderboards
from chalicelib.routes.library.library import routes as library
from chalicelib.routes.library.uploads import routes as uploads
from chalicelib.routes.mail.mailings import routes as mailings
from chalicelib.routes.mail.preferences import routes as mail_preferences
from chalicelib.routes.mail.suppressions import routes as suppressions
from chalicelib.routes.people.accounts import routes as accounts
from chalicelib.routes.people.bans import routes as bans
from chalicelib.routes.people.groups import routes as groups
from chalicelib.routes.people.guests import routes as guests
from chalicelib.routes.people.invitations import routes as invitations
from chalicelib.routes.people.organizations import routes as organizations
from chalicelib.routes.people.organizers import routes as organizers
from chalicelib.routes.people.participants import routes as participants
from chalicelib.routes.people.profiles import routes as profiles
from chalicelib.routes.people.removals import routes as removals
from chalicelib.routes.people.robots import routes as robots
from chalicelib.routes.people.second_steps import routes as second_steps
from chalicelib.routes.people.site import routes as site
from chalicelib.routes.people.teams import routes as teams
from chalicelib.routes.people.tokens import routes as tokens
from chalicelib.routes.queues.queues import routes as queues
from chalicelib.routes.queues.registries import routes as registries
from chalicelib.routes.runs.runner import routes as runner
from chalicelib.routes.submissions.exports import routes as exports
from chalicelib.routes.submissions.sharing import routes as sharing
from chalicelib.routes.submissions.submissions import routes as submissions
from chalicelib.routes.webhooks.webhooks import routes as webhooks

ALL = (
    accounts,  # ........ /accounts, /sessions, /me
    profiles,  # ........ /people/{u}, /me
    second_steps,  # .... /me/second-step
    tokens,  # .......... /tokens
    uploads,  # ......... /uploads
    competitions,  # .... /competitions, /competitions/{c}, …/pages/{n}, …/publish
    approvals,  # ....... /site/approvals
    discovery,  # ....... /competitions/{c}/featured
    federation,  # ...... /federation/…
    feeds,  # ........... /feed, /calendars/{k}, /competitions/{c}/feed, …/calendar, …/croissant
    editor,  # .......... /competitions/{c}/settings/…
    library,  # ......... /datasets, /tasks
    dumps,  # ........... /competitions/{c}/dumps, …/clone
    bundles,  # ......... /bundles/check, /competitions/{c}/bundles
    imports,  # ......... /imports/{i}
    participants,  # .... /competitions/{c}/participants
    guests,  # .......... /competitions/{c}/guests, /me/guest-lists
    robots,  # .......... /competitions/{c}/robots
    organizers,  # ...... /competitions/{c}/organizers, /offers
    groups,  # .......... /competitions/{c}/groups
    teams,  # ........... /competitions/{c}/teams, …/teams/{t}/members
    threads,  # ......... /competitions/{c}/threads, …/threads/{t}/posts/{n}
    invitations,  # ..... /me/invitations
    reports,  # ......... /competitions/{c}/reports
    announcements,  # ... /competitions/{c}/announcements, /announcements
    inbox,  # ........... /me/inbox, /me/announcements
    organizations,  # ... /organizations/{o}
    phases,  # .......... /phases/{p}/handouts, …/quota
    submissions,  # ..... /phases/{p}/submissions, /submissions/{s}
    sharing,  # ......... /phases/{p}/shared, /shared/{s}
    exports,  # ......... /phases/{p}/parcels
    leaderboards,  # .... /phases/{p}/leaderboard
    jurors,  # .......... /competitions/{c}/jurors, /juries
    judging,  # ......... /phases/{p}/judging/…, /judging/{k}
    queues,  # .......... /queues, /queues/{q}/tokens
    registries,  # ...... /competitions/{c}/registry, /queues/{q}/registry
    webhooks,  # ........ /competitions/{c}/webhooks, …/webhooks/{w}/deliveries
    runner,  # .......... /runner/session, /runner/presence, /runner/jobs/{s}/…
    mail_preferences,  #  /me/mail, /unsubscribe
    mailings,  # ........ /competitions/{c}/mailings
    suppressions,  # .... /site/suppressions
    site,  # ............ /site
    schema,  # .......... /site/schema
    storage,  # ......... /me/storage, /competitions/{c}/storage, /site/storage, /site/accounts/{u}/storage
    site_reports,  # .... /competitions/{c}/reports, /site/reports, /site/usage
    failures,  # ........ /site/failures
    health,  # .......... /health, /site/status
    removals,  # ........ /me/removal, /site/accounts/{u}/removal, …/merger
    bans,  # ............ /site/accounts, …/{u}/ban, /site/audit
    document,  # ........ /openapi.json
)


def register(app: Chalice) -> None:
    """Add every route to the application."""
    for routes in ALL:
        app.register_blueprint(routes)


def endpoints() -> list[Endpoint]:
    """Every route as declared."""
    return [endpoint for routes in ALL for endpoint in routes.endpoints]
