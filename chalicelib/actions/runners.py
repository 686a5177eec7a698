"""Runners: their queue's tokens, and the session that a token is exchanged for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib import answers, ids, settings
from chalicelib.aws import credentials
from chalicelib.bodies import NewToken, StartSession
from chalicelib.contract import PROTOCOL_VERSION
from chalicelib.errors import Conflict, NotFound, NotSignedIn
from chalicelib.store import queues, table, tokens
from chalicelib.store.tokens import RunnerToken

TOKEN_PREFIX = "agonr_"
_UNKNOWN = "This runner token is unknown, expired or revoked. Ask the queue's owner for a new one."


@dataclass(frozen=True)
class Runner:
    """What a runner's token says of itself; `check_token` says whether it is true."""

    queue: str
    token_key: table.Key
    digest: str


def identify(token: str) -> Runner:
    """Take a runner token apart, without any call. Raises NotSignedIn when it is none."""
    queue, _, rest = token.removeprefix(TOKEN_PREFIX).partition("_")
    id_, _, secret = rest.partition("_")
    if not (token.startswith(TOKEN_PREFIX) and queue and id_ and secret):
        raise NotSignedIn("Runners sign in with a queue's token, which begins with agonr_.")
    return Runner(queue, tokens.runner_key(queue, id_), ids.digest(token))


def check_token(stored: table.Item | None, runner: Runner, now: datetime) -> None:
    """Raise NotSignedIn unless the stored token is the runner's and still good."""
    if not isinstance(stored, RunnerToken) or not tokens.is_valid(stored, runner.digest, now):
        raise NotSignedIn(_UNKNOWN)


def start_session(runner: Runner, body: StartSession, now: datetime) -> answers.RunnerSession:
    """Exchange a runner token for keys to one queue. Raises NotSignedIn, Conflict for another protocol."""
    check_token(table.fetch(runner.token_key).get(runner.token_key), runner, now)
    if body.protocol != PROTOCOL_VERSION:
        raise Conflict(f"This site speaks version {PROTOCOL_VERSION} of the runner protocol. Install a runner of today.")
    config = settings.get()
    keys = credentials.for_queue(config.jobs_queue_arn, f"runner-{runner.token_key[1].rpartition('#')[2]}")
    return answers.RunnerSession(
        queue=runner.queue,
        queue_url=config.jobs_queue_url,
        region=config.region,
        credentials=answers.Credentials(keys.access_key_id, keys.secret_access_key, keys.session_token),
        expires_at=keys.expires_at,
    )


def create_token(queue: str, body: NewToken, now: datetime) -> answers.NewToken:
    """Make a runner token. Raises NotFound for a queue that is not there."""
    _check_queue(queue)
    id_ = ids.new(now)
    secret = f"{TOKEN_PREFIX}{queue}_{id_}_{ids.secret()}"
    expires_at = now + timedelta(days=body.expires_in_days)
    RunnerToken(
        *tokens.runner_key(queue, id_),
        id=id_,
        name=body.name,
        digest=ids.digest(secret),
        queue=queue,
        created_at=now,
        expires_at=expires_at,
        gone_at=expires_at,
    ).save()
    return answers.NewToken(id_, body.name, now, expires_at, secret)


def list_tokens(queue: str) -> answers.Tokens:
    """A queue's runner tokens, without their secrets."""
    _check_queue(queue)
    return answers.Tokens(
        [answers.Token(token.id, token.name, token.created_at, token.expires_at) for token in tokens.of_queue(queue)]
    )


def revoke_token(queue: str, token: str) -> answers.Empty:
    """Runners with this token are let in no more; keys that they hold die within the hour."""
    tokens.revoke_runner(queue, token)
    return answers.Empty()


def _check_queue(queue: str) -> None:
    if queue != queues.DEFAULT:
        raise NotFound("There is no such queue. The one there is, is called `default`.")
