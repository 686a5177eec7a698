"""What administrators set for the site as a whole."""

from chalicelib import answers, telemetry
from chalicelib.bodies import Pause
from chalicelib.domain.accounts import Account
from chalicelib.store import site, table
from chalicelib.store.site import Site


def show() -> answers.Site:
    """The site's settings."""
    return _answer(site.read(table.fetch(site.KEY).get(site.KEY)))


def pause(body: Pause, account: Account) -> answers.Site:
    """Take no submissions anywhere, or take them again. What was taken before is run all the same."""
    settings = Site(*site.KEY, paused=body.paused, message=body.message)
    settings.save()
    telemetry.logger.warning("site paused" if body.paused else "site goes on", account=account.id)
    return _answer(settings)


def _answer(settings: Site) -> answers.Site:
    return answers.Site(bool(settings.paused), settings.message or "")
