"""Queues of runners: who may use them, what waits on them and who serves them."""

from collections import Counter
from datetime import datetime, timedelta

from chalicelib import ids, requests, responses, telemetry
from chalicelib.actions.events import acts
from chalicelib.aws import messages, secrets
from chalicelib.domain.people.accounts import Account
from chalicelib.domain.queues import protocols
from chalicelib.errors import Conflict, NotAllowed, NotFound, QuotaExceeded, say
from chalicelib.store import table, writes
from chalicelib.store.competitions.competitions import Competition
from chalicelib.store.library import shares
from chalicelib.store.queues import queues, registries
from chalicelib.store.queues.queues import Queue, Runner
from chalicelib.store.runs import waiting_list

PAGE_SIZE = 50
#: What a person who is no administrator may have: each is a queue of SQS, which an AWS account has not endlessly many of.
MAX_QUEUES = 5
#: How much of a line is looked through for what is told of it.
MAX_COUNTED = 5000
#: What a removal leaves to the sweeper when it breaks off.
REMOVAL_OVERDUE = timedelta(minutes=1)


def create(account: Account, body: requests.NewQueue, now: datetime) -> responses.Queue:
    """Make a queue. Raises QuotaExceeded for who has many."""
    if not account.is_admin and len(queues.of_owner(account.id, None, MAX_QUEUES)[0]) >= MAX_QUEUES:
        raise QuotaExceeded(
            say(
                "enough_queues",
                "You have {most} queues, which is what one person may have. Remove one, or share one.",
                most=MAX_QUEUES,
            )
        )
    queue = _new(account, body, now)
    # First, so that what has a row can be sent to. Its like without a row costs nothing.
    messages.create(queue.id)
    writes.put_with(queue, acts.along_of_owner(account.id, "queue_made", account, now, after=thing(queue)))
    telemetry.logger.info("queue created", queue=queue.id)
    return answer(queue)


def list_mine(account: Account, before: str | None) -> responses.Queues:
    """One page of the account's own queues, newest first."""
    found, following = queues.of_owner(account.id, before, PAGE_SIZE)
    return responses.Queues([answer(queue) for queue in found], following)


def list_public(before: str | None) -> responses.Queues:
    """One page of what everybody may use, newest first; the site's own queue comes last."""
    found, following = queues.public(before, PAGE_SIZE)
    own = [] if following else [_read(queues.DEFAULT)]
    return responses.Queues([answer(queue) for queue in [*found, *own]], following)


def list_shared(account: Account, before: str | None) -> responses.Queues:
    """One page of what others share with the account, newest first."""
    found, following = shares.with_account(shares.QUEUES, Queue, account.id, before, PAGE_SIZE)
    usable = [queue for queue in found if queues.is_usable(queue, account.id)]
    return responses.Queues([answer(queue) for queue in usable], following)


def show(queue_id: str, account: Account, now: datetime) -> responses.QueueInFull:
    """A queue and how it does; who serves and uses it is its owner's to know. Raises NotFound."""
    queue = _usable(_read(queue_id), account)
    is_mine = _is_owner(queue, account)
    line, runners = waiting_list.facts(queue_id, MAX_COUNTED), queues.runners_of(queue_id)
    waiting = Counter(submission.competition for submission in line)
    return responses.QueueInFull(
        queue=answer(queue),
        depth=len(line),
        oldest_at=min((submission.waits_since for submission in line), default=None),
        runners_alive=sum(queues.is_alive(runner, now) for runner in runners),
        waiting=[responses.Waiting(competition, count) for competition, count in waiting.most_common()] if is_mine else [],
        runners=[_runner(runner, now) for runner in runners] if is_mine else [],
        shared_with=sorted(queue.shared_with or ()) if is_mine else [],
    )


def change(queue_id: str, account: Account, body: requests.ChangeQueue, now: datetime) -> responses.Queue:
    """Change what is said of a queue, or who may use it. Raises NotFound, NotAllowed, Conflict."""
    queue = own(queue_id, account)
    if queue.id == queues.DEFAULT and (body.visibility or body.shared_with is not None):
        raise Conflict(say("queue_of_everybody", "The site's own queue is everybody's to use."))
    if body.shared_with is not None:
        shares.change(shares.QUEUES, Queue.at(queue.id), queue.id, queue.shared_with or (), body.shared_with)
    changes = body.model_dump(exclude_unset=True)
    former = queue.attribute_values
    told = acts.change_of_owner(queue.owner, "queue_changed", account, now, thing(queue), former, changes)
    queues.change(queue, changes, told)
    return answer(queue)


def remove(queue_id: str, account: Account, now: datetime) -> responses.Empty:
    """Remove a queue that no competition uses and on which nothing waits. Raises NotFound, NotAllowed, Conflict."""
    queue = own(queue_id, account)
    if queue.id == queues.DEFAULT:
        raise Conflict(say("queue_of_site_stays", "The site's own queue stays: competitions that name none use it."))
    if waiting_list.first(queue.id, None, 1):
        raise Conflict(say("queue_has_waiting", "Submissions wait on this queue. Start a runner for them, or cancel them."))
    _forget_former_users(queue)
    told = acts.along_of_owner(queue.owner, "queue_removed", account, now, before=thing(queue))
    queues.begin_removal(queue, now + REMOVAL_OVERDUE, told)
    finish_removal(queue)
    return responses.Empty()


def is_idle(queue: Queue) -> bool:
    """True for a queue that no competition uses and on which nothing waits. Forgets those that used it once."""
    _forget_former_users(queue)
    return not queues.uses_of(queue.id) and not waiting_list.first(queue.id, None, 1)


def finish_removal(queue: Queue) -> None:
    """Remove a queue's messages, tokens and runners, then its row: until then the sweeper comes back to it."""
    messages.delete(queue.id)
    secrets.delete(registries.secret_name(queue.pk))
    shares.change(shares.QUEUES, Queue.at(queue.id), queue.id, queue.shared_with or (), ())
    queues.remove(queue)
    telemetry.logger.info("queue removed", queue=queue.id)


def own(queue_id: str, account: Account) -> Queue:
    """The queue, when the account may change it. Raises NotFound, NotAllowed."""
    queue = _usable(_read(queue_id), account)
    if not _is_owner(queue, account):
        raise NotAllowed(say("queue_of_others", "Only its owner may do this with a queue."))
    return queue


def thing(queue: Queue) -> dict[str, str]:
    """The queue that an act is on, as a log tells it."""
    return {"queue": queue.id, "name": queue.name}


def answer(queue: Queue) -> responses.Queue:
    """A queue as people see it."""
    terms = queues.terms(queue)
    return responses.Queue(
        id=queue.id,
        name=queue.name,
        description=queue.description,
        owner=queue.owner_name,
        visibility=queue.visibility,  # type: ignore[arg-type]
        sealed=bool(queue.sealed),
        registries=list(terms.registries),
        max_time_limit_seconds=terms.max_time_limit_seconds,
        uses=int(queue.uses),
        created_at=queue.created_at,
    )


def _forget_former_users(queue: Queue) -> None:
    """Competitions that came to nothing, or whose change of queue broke off half-way."""
    noted = {use.competition for use in queues.uses_of(queue.id)}
    stored = table.read_many(Competition.at(id_) for id_ in noted)
    for competition in noted - {one.id for one in stored if queue.id in queues.queues_of(one)}:
        queues.no_longer_use(queue.id, competition)


def _new(account: Account, body: requests.NewQueue, now: datetime) -> Queue:
    id_ = ids.new(now)
    queue = Queue(
        *Queue.at(id_),
        id=id_,
        name=body.name,
        description=body.description,
        owner=account.id,
        owner_name=account.username,
        visibility=body.visibility,
        sealed=body.sealed,
        created_at=now,
        owner_pk=queues.owner_key(account.id),
        owner_sk=id_,
    )
    queues.list_if_public(queue)
    return queue


def _read(queue_id: str) -> Queue:
    (stored,) = table.read(Queue.at(queue_id))
    queue = queues.read(queue_id, stored)
    if queue is None:
        raise NotFound(queues.NO_QUEUE)
    return queue


def _usable(queue: Queue, account: Account) -> Queue:
    if not account.is_admin and not queues.is_usable(queue, account.id):
        raise NotFound(queues.NO_QUEUE)
    return queue


def _is_owner(queue: Queue, account: Account) -> bool:
    """The site's own queue is the administrators', as every other."""
    return account.is_admin or queue.owner == account.id


def _runner(runner: Runner, now: datetime) -> responses.Runner:
    return responses.Runner(
        name=runner.name,
        alive=queues.is_alive(runner, now),
        last_seen_at=runner.seen_at,
        version=runner.version,
        protocol=int(runner.protocol),
        advice=protocols.advice(int(runner.protocol)),
        slots=int(runner.slots),
        capabilities=responses.Capabilities(**runner.capabilities),
        gpus=list(runner.gpus),
        jobs=list(runner.jobs),
    )
