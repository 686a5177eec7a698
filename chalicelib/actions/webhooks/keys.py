"""Keys of webhooks: the address and the secrets of one, which stand in SSM and in no row."""

import json
import secrets as random
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from chalicelib.aws import secrets
from chalicelib.domain.webhooks import signing
from chalicelib.errors import NotFound, say
from chalicelib.store.table import instant, seconds
from chalicelib.store.webhooks.webhooks import Webhook

#: So long after a rotation the former secret signs beside the new one.
OVERLAP = timedelta(days=1)
_KEY_BYTES = 32


@dataclass(frozen=True)
class Keys:
    """The address that a webhook sends to, its secret, and until when (seconds since 1970) the `former` one is good."""

    url: str
    secret: str
    former: str | None = None
    former_until: int = 0

    def good(self, now: datetime) -> list[str]:
        """The secrets that sign, the newest first."""
        return [self.secret, self.former] if self.former and seconds(now) < self.former_until else [self.secret]

    @property
    def overlaps_until(self) -> datetime | None:
        """The end of the former secret."""
        return instant(self.former_until) if self.former else None


def make(url: str) -> Keys:
    """Keys of a new webhook."""
    return Keys(url, _secret())


def rotated(keys: Keys, now: datetime) -> Keys:
    """The same with another secret. Of the former ones only the latest stays good."""
    return replace(keys, secret=_secret(), former=keys.secret, former_until=seconds(now + OVERLAP))


def keep(webhook: Webhook, keys: Keys) -> None:
    """Store a webhook's keys, in the place of former ones."""
    secrets.put(webhook.secret_name, json.dumps(asdict(keys)))


def find(webhook: Webhook) -> Keys:
    """The keys of a webhook, by one call. Raises NotFound when it is being removed."""
    kept = secrets.get(webhook.secret_name)
    if kept is None:
        raise NotFound(say("webhook_being_removed", "This webhook is being removed."))
    return Keys(**json.loads(kept))


def forget(webhook: Webhook) -> None:
    """Remove a webhook's keys."""
    secrets.delete(webhook.secret_name)


def _secret() -> str:
    return signing.secret_of(random.token_bytes(_KEY_BYTES))
