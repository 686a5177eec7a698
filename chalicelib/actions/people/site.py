"""What administrators set for the site as a whole."""

from chalicelib import responses, telemetry
from chalicelib.domain.people.accounts import Account
from chalicelib.requests import Pause
from chalicelib.store import table, writes
from chalicelib.store.people import site
from chalicelib.store.people.site import Site


def show() -> responses.Site:
    """The site's settings."""
    (found,) = table.read(Site.at())
    return _answer(site.read(found))


def pause(body: Pause, account: Account) -> responses.Site:
    """Take no submissions anywhere, or take them again. What was taken before is run all the same."""
    settings = Site(*Site.at(), paused=body.paused, message=body.message)
    writes.put(settings)
    telemetry.logger.warning("site paused" if body.paused else "site goes on", account=account.id)
    return _answer(settings)


def _answer(settings: Site) -> responses.Site:
    return responses.Site(bool(settings.paused), settings.message or "")
