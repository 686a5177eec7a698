"""Runners: their queue's tokens, the session that a token is exchanged for, and that they are there."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib import ids, responses, settings
from chalicelib.actions.events import acts
from chalicelib.actions.queues import queues as queues_of
from chalicelib.aws import credentials, messages
from chalicelib.contract import PROTOCOL_VERSIONS, Capabilities
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.queues import protocols
from chalicelib.errors import Incompatible, NotSignedIn, say
from chalicelib.requests import NewToken, Presence, StartSession
from chalicelib.store import table, writes
from chalicelib.store.people import tokens
from chalicelib.store.people.tokens import RunnerToken
from chalicelib.store.queues import queues
from chalicelib.store.runs import unsealing, waiting_list
from chalicelib.store.table import Place

TOKEN_PREFIX = "agonr_"
#: How far down a line something to do is looked for at each presence.
LOOK = 25
_UNKNOWN = say(
    "runner_token_unknown", "This runner token is unknown, expired or revoked. Ask the queue's owner for a new one."
)


@dataclass(frozen=True)
class Runner:
    """The claims of a runner's token; `check_token` says whether it is true."""

    queue: str
    token_key: Place[RunnerToken]
    digest: str


def identify(token: str) -> Runner:
    """Take a runner token apart, without any call. Raises NotSignedIn when it is none."""
    queue, _, rest = token.removeprefix(TOKEN_PREFIX).partition("_")
    id_, _, secret = rest.partition("_")
    if not (token.startswith(TOKEN_PREFIX) and queue and id_ and secret):
        raise NotSignedIn(say("runner_token_shape", "Runners sign in with a queue's token, which begins with agonr_."))
    return Runner(queue, RunnerToken.at(queue, id_), ids.digest(token))


def check_token(stored: RunnerToken | None, runner: Runner, now: datetime) -> None:
    """Raise NotSignedIn unless the stored token is the runner's and still good."""
    if stored is None or not tokens.is_valid(stored, runner.digest, now):
        raise NotSignedIn(_UNKNOWN)


def start_session(runner: Runner, body: StartSession, now: datetime) -> responses.RunnerSession:
    """Exchange a runner token for keys to one queue.

    Raises NotSignedIn, and Incompatible for another protocol: then the queue's owner sees that the runner came.
    """
    (token,) = table.read(runner.token_key)
    check_token(token, runner, now)
    if not protocols.is_spoken(body.protocol):
        queues.note_runner(_at_the_door(body), runner.queue, now)
    check_protocol(body.protocol)
    keys = credentials.for_queue(messages.arn_of(runner.queue), f"runner-{runner.token_key[1].rpartition('#')[2]}")
    return responses.RunnerSession(
        queue=runner.queue,
        queue_url=messages.url_of(runner.queue),
        region=settings.get().region,
        credentials=responses.Credentials(keys.access_key_id, keys.secret_access_key, keys.session_token),
        expires_at=keys.expires_at,
        protocol=body.protocol,
        notice=protocols.advice(body.protocol),
    )


def _at_the_door(body: StartSession) -> queues.Runner:
    """A runner that was not let in: nobody knows what it has."""
    has = Capabilities().to_dict()
    return queues.Runner(
        name=body.runner, version=body.version, protocol=body.protocol, slots=0, capabilities=has, gpus=[], jobs=[]
    )


def check_protocol(protocol: int) -> None:
    """Raise Incompatible for a version of the runner protocol that this site does not speak."""
    if not protocols.is_spoken(protocol):
        raise Incompatible(protocols.advice(protocol), PROTOCOL_VERSIONS)


def note_presence(runner: Runner, body: Presence, now: datetime) -> responses.Presence:
    """Note that a runner is there; tell what it could do should its wake-up have been lost, and what to send: three calls.

    One that speaks another protocol is told of no work, and may send what it keeps. Raises NotSignedIn.
    """
    release_at = unsealing.UnsealingRequest.at(runner.queue, body.runner)
    token, release = table.read(runner.token_key, release_at)
    check_token(token, runner, now)
    facts = body.model_dump()
    can = Capabilities.from_dict(facts["capabilities"])
    there = {"name": facts.pop("runner"), **facts, "capabilities": can.to_dict()}
    queues.note_runner(queues.Runner(**there), runner.queue, now)
    line = waiting_list.first(runner.queue, None, LOOK) if protocols.is_spoken(body.protocol) else []
    fitting = (one.id for one in line if one.is_for(can, body.protocol))
    return responses.Presence(next(fitting, None), sorted(unsealing.of(release)))


def create_token(queue: str, account: Account, body: NewToken, now: datetime) -> responses.NewToken:
    """Make a runner token, shown this once. Raises NotFound, and NotAllowed for who does not own the queue."""
    owned = queues_of.own(queue, account)
    id_ = ids.new(now)
    secret = f"{TOKEN_PREFIX}{queue}_{id_}_{ids.secret()}"
    expires_at = now + timedelta(days=body.expires_in_days)
    stored = RunnerToken(
        *RunnerToken.at(queue, id_),
        id=id_,
        name=body.name,
        digest=ids.digest(secret),
        queue=queue,
        created_at=now,
        expires_at=expires_at,
        gone_at=expires_at,
    )
    told = {**queues_of.thing(owned), "token": id_, "token_name": body.name}
    writes.put_with(stored, acts.along_of_owner(owned.owner, "runner_token_made", account, now, after=told))
    return responses.NewToken(id_, body.name, now, expires_at, secret)


def list_tokens(queue: str, account: Account) -> responses.Tokens:
    """A queue's runner tokens, without their secrets. Raises NotFound, NotAllowed."""
    queues_of.own(queue, account)
    return responses.Tokens(
        [responses.Token(token.id, token.name, token.created_at, token.expires_at) for token in tokens.of_queue(queue)]
    )


def revoke_token(queue: str, account: Account, token: str, now: datetime) -> responses.Empty:
    """Runners with this token are let in no more; keys that they hold die within the hour. Raises NotFound, NotAllowed."""
    owned = queues_of.own(queue, account)
    told = {**queues_of.thing(owned), "token": token}
    tokens.revoke_runner(queue, token, acts.along_of_owner(owned.owner, "runner_token_revoked", account, now, before=told))
    return responses.Empty()
