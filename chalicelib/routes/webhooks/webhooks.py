"""Webhooks of a competition, for its organizers. A secret is told once and never again."""

from chalicelib import parameters, requests, responses
from chalicelib.actions.webhooks import log, managing
from chalicelib.errors import Conflict, NotAllowed, NotFound
from chalicelib.http import Access, Call, Routes

routes = Routes(__name__)
CURSOR = parameters.cursor()
_PATH = "/v1/competitions/{competition}/webhooks"
_WEBHOOK = f"{_PATH}/{{webhook}}"
_DELIVERIES = f"{_WEBHOOK}/deliveries"
_ERRORS = (NotAllowed, NotFound)


@routes.post(
    _PATH,
    body=requests.NewWebhook,
    access=Access.SIGNED_IN,
    answer=responses.WebhookSecret,
    status=201,
    errors=(*_ERRORS, Conflict),
)
def create(call: Call[requests.NewWebhook], competition: str) -> responses.WebhookSecret:
    """Make a webhook. The answer has its secret, this once."""
    return managing.create(competition, call.body, call.account, call.now)


@routes.get(_PATH, access=Access.SIGNED_IN, answer=responses.Webhooks, errors=_ERRORS)
def list_all(call: Call[None], competition: str) -> responses.Webhooks:
    """List a competition's webhooks, without their secrets."""
    return managing.list_all(competition, call.account)


@routes.patch(
    _WEBHOOK,
    body=requests.ChangeWebhook,
    access=Access.SIGNED_IN,
    answer=responses.Webhook,
    errors=(*_ERRORS, Conflict),
)
def change(call: Call[requests.ChangeWebhook], competition: str, webhook: str) -> responses.Webhook:
    """Change a webhook, switch it off or on."""
    return managing.change(competition, webhook, call.body, call.account, call.now)


@routes.delete(_WEBHOOK, access=Access.SIGNED_IN, answer=responses.Empty, errors=(*_ERRORS, Conflict))
def remove(call: Call[None], competition: str, webhook: str) -> responses.Empty:
    """Forget a webhook. Nothing more is sent by it."""
    return managing.remove(competition, webhook, call.account, call.now)


@routes.post(f"{_WEBHOOK}/secret", access=Access.SIGNED_IN, answer=responses.WebhookSecret, errors=(*_ERRORS, Conflict))
def rotate(call: Call[None], competition: str, webhook: str) -> responses.WebhookSecret:
    """Give a webhook another secret. For a day the former one signs too."""
    return managing.rotate(competition, webhook, call.account, call.now)


@routes.get(_DELIVERIES, access=Access.SIGNED_IN, answer=responses.Deliveries, query=(CURSOR,), errors=_ERRORS)
def list_deliveries(call: Call[None], competition: str, webhook: str) -> responses.Deliveries:
    """List what a webhook sent in the last two weeks, and what waits."""
    return log.list_all(competition, webhook, call.account, call.asked(CURSOR))


@routes.post(_DELIVERIES, access=Access.SIGNED_IN, answer=responses.Delivery, status=202, errors=(*_ERRORS, Conflict))
def test(call: Call[None], competition: str, webhook: str) -> responses.Delivery:
    """Have a webhook send a test."""
    return log.test(competition, webhook, call.account, call.now)


@routes.get(f"{_DELIVERIES}/{{delivery}}", access=Access.SIGNED_IN, answer=responses.Delivery, errors=_ERRORS)
def show_delivery(call: Call[None], competition: str, webhook: str, delivery: str) -> responses.Delivery:
    """Show one delivery."""
    return log.show(competition, webhook, delivery, call.account)


@routes.post(
    f"{_DELIVERIES}/{{delivery}}",
    access=Access.SIGNED_IN,
    answer=responses.Delivery,
    status=202,
    errors=(*_ERRORS, Conflict),
)
def replay(call: Call[None], competition: str, webhook: str, delivery: str) -> responses.Delivery:
    """Send a delivery once more, under its id."""
    return log.replay(competition, webhook, delivery, call.account, call.now)
