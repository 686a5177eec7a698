"""The URL map on one screen. Every path begins with /v1; what each route does stands in its module."""

from chalice import Chalice

from chalicelib.http import Endpoint
from chalicelib.routes.accounts import routes as accounts
from chalicelib.routes.bundles import routes as bundles
from chalicelib.routes.competitions import routes as competitions
from chalicelib.routes.document import routes as document
from chalicelib.routes.dumps import routes as dumps
from chalicelib.routes.editor import routes as editor
from chalicelib.routes.imports import routes as imports
from chalicelib.routes.judging import routes as judging
from chalicelib.routes.jurors import routes as jurors
from chalicelib.routes.leaderboards import routes as leaderboards
from chalicelib.routes.library import routes as library
from chalicelib.routes.parcels import routes as parcels
from chalicelib.routes.participants import routes as participants
from chalicelib.routes.phases import routes as phases
from chalicelib.routes.queues import routes as queues
from chalicelib.routes.registries import routes as registries
from chalicelib.routes.runner import routes as runner
from chalicelib.routes.sharing import routes as sharing
from chalicelib.routes.site import routes as site
from chalicelib.routes.submissions import routes as submissions
from chalicelib.routes.teams import routes as teams
from chalicelib.routes.tokens import routes as tokens
from chalicelib.routes.uploads import routes as uploads

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
    document,  # ........ /openapi.json
)


def register(app: Chalice) -> None:
    """Hang every route into the application."""
    for routes in ALL:
        app.register_blueprint(routes)


def endpoints() -> list[Endpoint]:
    """Every route as declared."""
    return [endpoint for routes in ALL for endpoint in routes.endpoints]
