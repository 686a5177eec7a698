"""Calls about webhooks, as a part of the client."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, TypedDict

from agon.verbs import Verbs

if TYPE_CHECKING:
    from agon import api_types as api


class _Optional(TypedDict, total=False):
    description: str
    format: str


class NewWebhook(_Optional):
    """A webhook to be made."""

    url: str
    events: Sequence[str]


class Webhooks(Verbs):
    """The verbs of webhooks, for organizers."""

    def webhooks(self, competition: str) -> list[api.Webhook]:
        """All webhooks of a competition."""
        return self.http.call("GET", "/competitions/{competition}/webhooks", competition=competition)["webhooks"]

    def make_webhook(self, competition: str, webhook: NewWebhook) -> api.WebhookSecret:
        """A new webhook: its id and its secret, which is told this once."""
        body = {**webhook, "events": list(webhook["events"])}
        return self.http.call("POST", "/competitions/{competition}/webhooks", body, competition=competition)

    def change_webhook(self, competition: str, webhook: str, **changes: Any) -> api.Webhook:
        """Change the `url`, the `events`, the `description` of a webhook, or whether it is `active`."""
        return self.http.call(
            "PATCH", "/competitions/{competition}/webhooks/{webhook}", changes, competition=competition, webhook=webhook
        )

    def remove_webhook(self, competition: str, webhook: str) -> None:
        """Forget a webhook."""
        self.http.call("DELETE", "/competitions/{competition}/webhooks/{webhook}", competition=competition, webhook=webhook)

    def rotate_webhook(self, competition: str, webhook: str) -> api.WebhookSecret:
        """Another secret for a webhook. For a day the former one signs too."""
        return self.http.call(
            "POST", "/competitions/{competition}/webhooks/{webhook}/secret", competition=competition, webhook=webhook
        )

    def deliveries(self, competition: str, webhook: str) -> Iterator[api.Delivery]:
        """All that a webhook sent in the last two weeks, or is to send, newest first."""

        def ask(at: dict[str, str]) -> api.Deliveries:
            return self.http.call(
                "GET",
                "/competitions/{competition}/webhooks/{webhook}/deliveries",
                None,
                at,
                competition=competition,
                webhook=webhook,
            )

        for page in self._pages(ask):
            yield from page["deliveries"]

    def test_webhook(self, competition: str, webhook: str, timeout_seconds: float = 30) -> api.Delivery:
        """Have a webhook send a test, and what came of its first try."""
        made = self.http.call(
            "POST", "/competitions/{competition}/webhooks/{webhook}/deliveries", competition=competition, webhook=webhook
        )
        return self._tried(competition, webhook, made["id"], timeout_seconds)

    def replay(self, competition: str, webhook: str, delivery: str, timeout_seconds: float = 30) -> api.Delivery:
        """Send a delivery once more, and what came of the first try."""
        self.http.call(
            "POST",
            "/competitions/{competition}/webhooks/{webhook}/deliveries/{delivery}",
            competition=competition,
            webhook=webhook,
            delivery=delivery,
        )
        return self._tried(competition, webhook, delivery, timeout_seconds)

    def delivery(self, competition: str, webhook: str, delivery: str) -> api.Delivery:
        """One delivery."""
        return self.http.call(
            "GET",
            "/competitions/{competition}/webhooks/{webhook}/deliveries/{delivery}",
            competition=competition,
            webhook=webhook,
            delivery=delivery,
        )

    def _tried(self, competition: str, webhook: str, delivery: str, timeout_seconds: float) -> api.Delivery:
        ask = partial(self.delivery, competition, webhook, delivery)
        return self._wait(ask, lambda state: state["tries"] > 0, timeout_seconds, lambda state: None)
