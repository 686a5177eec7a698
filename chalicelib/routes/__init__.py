"""The URL map on one screen. Every path begins with /v1; what each route does stands in its module."""

from chalice.app import Chalice

from chalicelib.http import Endpoint
from chalicelib.routes.background.failures import routes as failures
from chalicelib.routes.bundles.bundles import routes as bundles
from chalicelib.routes.bundles.dumps import routes as dumps
from chalicelib.routes.bundles.editor import routes as editor
from chalicelib.routes.bundles.imports import routes as imports
from chalicelib.routes.competitions.competitions import routes as competitions
from chalicelib.routes.competitions.phases import routes as phases
from chalicelib.routes.document import routes as document
from chalicelib.routes.judging.judging import routes as judging
from chalicelib.routes.judging.jurors import routes as jurors
from chalicelib.routes.leaderboards.leaderboards import routes as leaderboards
from chalicelib.routes.library.library import routes as library
from chalicelib.routes.library.uploads import routes as uploads
from chalicelib.routes.people.accounts import routes as accounts
from chalicelib.routes.people.participants import routes as participants
from chalicelib.routes.people.site import routes as site
from chalicelib.routes.people.teams import routes as teams
from chalicelib.routes.people.tokens import routes as tokens
from chalicelib.routes.queues.queues import routes as queues
from chalicelib.routes.queues.registries import routes as registries
from chalicelib.routes.runs.runner import routes as runner
from chalicelib.routes.submissions.parcels import routes as parcels
from chalicelib.routes.submissions.sharing import routes as sharing
from chalicelib.routes.submissions.submissions import routes as submissions

ALL = (
    accounts,  # ........ /accounts, /sessions, /me
    tokens,  # .......... /tokens
    uploads,  # ......... /uploads
    competitions,  # .... /competitions, /competitions/{c}, …/pages/{n}, …/publish
    editor,  # .......... /competitions/{c}/settings/…
    library,  # ......... /datasets, /tasks
    dumps,  # ........... /competitions/{c}/dumps, …/clone
    bundles,  # ......... /bundles/check, /competitions/{c}/bundles
    imports,  # ......... /imports/{i}
    participants,  # .... /competitions/{c}/participants
    teams,  # ........... /competitions/{c}/teams, …/teams/{t}/members
    phases,  # .......... /phases/{p}/handouts, …/quota
    submissions,  # ..... /phases/{p}/submissions, /submissions/{s}
    sharing,  # ......... /phases/{p}/shared, /shared/{s}
    parcels,  # ......... /phases/{p}/parcels
    leaderboards,  # .... /phases/{p}/leaderboard
    jurors,  # .......... /competitions/{c}/jurors, /juries
    judging,  # ......... /phases/{p}/judging/…, /judging/{k}
    queues,  # .......... /queues, /queues/{q}/tokens
    registries,  # ...... /competitions/{c}/registry, /queues/{q}/registry
    runner,  # .......... /runner/session, /runner/presence, /runner/jobs/{s}/…
    site,  # ............ /site
    failures,  # ........ /site/failures
    document,  # ........ /openapi.json
)


def register(app: Chalice) -> None:
    """Hang every route into the application."""
    for routes in ALL:
        app.register_blueprint(routes)


def endpoints() -> list[Endpoint]:
    """Every route as declared."""
    return [endpoint for routes in ALL for endpoint in routes.endpoints]
