"""A rush of joins: 1,000 people join one competition as fast as they come, on the local stack (`benchmarks/rush --joins`).

Beside them stand the bare reads and writes that a join is made of, by as many at once, to the same emulator: each changes
the one counter of its competition, as a join does.
"""

import random
import secrets
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from itertools import count
from threading import Lock
from typing import Any, TypeVar

import httpx
from botocore.exceptions import ClientError

from agon.client import Client
from agon.errors import ProblemError, Unreachable
from agon.local.stack import Stack
from benchmarks import local
from benchmarks.report import quantile, show

#: At once: as many as a rush of submissions has.
SENDERS = 12
#: Before it is measured: so many that a slow machine still answers each in time.
MAKERS = 4
_TRIES = 20
Thing = TypeVar("Thing")


@dataclass
class Answers:
    """What people were told: who joined, how long each call took in seconds, and what was not so."""

    joined: set[str] = field(default_factory=set)
    seconds: list[float] = field(default_factory=list)
    refused: int = 0
    falsehoods: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)


def main(people: int) -> None:
    """Make the people; let them all in at once; then look whether what each was told is so."""
    with local.stack() as stack:
        organizer = stack.client(local.ORGANIZER, "organizer")
        competition = local.competition(organizer)["id"]
        everybody = crowd(stack, people)
        random.Random(1).shuffle(everybody)
        _warm(organizer)
        answers = Answers()
        began = time.perf_counter()
        _in_parallel(SENDERS, lambda person: _join(person, competition, answers), everybody)
        seconds = time.perf_counter() - began
        bare, met = _bare(stack, people)
        _check(organizer, everybody, competition, answers)
        _report(people, answers, seconds, bare, met)


def crowd(stack: Stack, people: int) -> list[tuple[str, Client]]:
    """Some who are signed in. Root makes their accounts: one network address may make but some hundred by itself."""
    cognito, pool = stack.aws.client("cognito-idp"), stack.outputs["UserPoolId"]
    # As many as people would each read the machine's certificates, and open a connection of their own.
    connections = httpx.HTTPTransport()

    def person(number: int) -> tuple[str, Client]:
        name, password = f"p{number:04}", secrets.token_urlsafe(12)
        address = [{"Name": "email", "Value": f"{name}@example.org"}, {"Name": "email_verified", "Value": "true"}]
        cognito.admin_create_user(UserPoolId=pool, Username=name, UserAttributes=address, MessageAction="SUPPRESS")
        cognito.admin_set_user_password(UserPoolId=pool, Username=name, Password=password, Permanent=True)
        client = Client(stack.api, transport=connections)
        client.sign_in(name, password)
        return name, client

    return _in_parallel(MAKERS, person, range(people))


def _warm(anybody: Client) -> None:
    """Have as many processes of the function as will be called at once: to start them is not what is measured."""
    for _ in range(3):
        _in_parallel(SENDERS, lambda _: anybody.me(), range(SENDERS))


def _join(person: tuple[str, Client], competition: str, answers: Answers) -> None:
    """Join, again after each refusal that says to; after such a refusal nobody may be in."""
    name, client = person
    for tried in count(1):
        began = time.perf_counter()
        try:
            told = client.join(competition)["status"]
        except (ProblemError, Unreachable) as problem:
            _note_refusal(person, competition, problem, answers)
            if tried == _TRIES or getattr(problem, "status", 503) < 500:
                return
            time.sleep(random.uniform(0, 0.05 * tried))
        else:
            with answers.lock:
                answers.seconds.append(time.perf_counter() - began)
                answers.joined.add(name)
                if told != "approved":
                    answers.falsehoods.append(f"{name} was told to be {told}")
            return


def _note_refusal(person: tuple[str, Client], competition: str, problem: Exception, answers: Answers) -> None:
    """Count a refusal. It is a falsehood when it came from the API, and yet somebody is in."""
    name, client = person
    is_in = isinstance(problem, ProblemError) and client.competition(competition)["my_status"] is not None
    with answers.lock:
        answers.refused += 1
        if is_in:
            answers.falsehoods.append(f"{name} was refused, and is in: {problem}")


def _check(organizer: Client, crowd: Sequence[tuple[str, Client]], competition: str, answers: Answers) -> None:
    """Compare what people were told with the table, with the competition's count, and with what they are told now."""
    there = Counter(one["username"] for one in organizer.participants(competition) if one["status"] == "approved")
    counted = organizer.competition(competition)["participants"]
    wrong = [f"{name} was told to be in, and is not" for name in answers.joined - set(there)]
    wrong += [f"{name} is in, and was not told so" for name in set(there) - answers.joined]
    wrong += [f"{name} is there {often} times" for name, often in there.items() if often > 1]
    if counted != len(there):
        wrong.append(f"{counted} are counted, and {len(there)} are there")
    told = _in_parallel(MAKERS, lambda one: (one[0], one[1].competition(competition)["my_status"]), crowd)
    wrong += [f"{name} is told: {status}" for name, status in told if (status == "approved") != (name in there)]
    answers.falsehoods += wrong


def _bare(stack: Stack, people: int) -> tuple[float, int]:
    """The seconds of as many bare reads and transactions, and how often two met and one was sent again."""
    table, meetings, database = stack.outputs["TableName"], Counter[str](), stack.aws.client("dynamodb")

    def join(number: int) -> None:
        keys = [_key("BARE", sk) for sk in ("COMPETITION", f"GUEST#{number}", f"PARTICIPANT#{number}")]
        database.batch_get_item(RequestItems={table: {"Keys": keys, "ConsistentRead": True}})
        for _ in range(_TRIES):
            try:
                database.transact_write_items(TransactItems=_writes(table, number))
            except ClientError as error:
                if error.response["Error"]["Code"] != "TransactionCanceledException":
                    raise
                meetings["met"] += 1
                time.sleep(random.uniform(0, 0.04))
            else:
                return
        raise SystemExit("The emulator took a bare write never.")

    began = time.perf_counter()
    _in_parallel(SENDERS, join, range(people))
    return time.perf_counter() - began, meetings["met"]


def _writes(table: str, number: int) -> list[dict[str, Any]]:
    """What a join stores: who takes part, whose the name is, and the count on the competition."""
    row = {**_key("BARE", f"PARTICIPANT#{number}"), "status": {"S": "approved"}, "address": {"S": f"p{number}@example.org"}}
    named = {**_key("BARE", f"USERNAME#{number}"), "user": {"S": str(number)}}
    counting = {"UpdateExpression": "ADD participants :one", "ExpressionAttributeValues": {":one": {"N": "1"}}}
    return [
        {"Put": {"TableName": table, "Item": row, "ConditionExpression": "attribute_not_exists(pk)"}},
        {"Put": {"TableName": table, "Item": named}},
        {"Update": {"TableName": table, "Key": _key("BARE", "COMPETITION"), **counting}},
    ]


def _key(pk: str, sk: str) -> dict[str, Any]:
    return {"pk": {"S": pk}, "sk": {"S": sk}}


def _in_parallel(most: int, verb: Callable[[Any], Thing], things: Iterable[Any]) -> list[Thing]:
    with ThreadPoolExecutor(most) as executor:
        return list(executor.map(verb, things))


def _report(people: int, answers: Answers, seconds: float, bare: float, met: int) -> None:
    result = {
        "people": people,
        "lost": people - len(answers.joined),
        "falsehoods": len(answers.falsehoods),
        "refused": answers.refused,
        "seconds": round(seconds, 1),
        "bare_seconds": round(bare, 1),
    }
    rows = [
        ("joined", len(answers.joined), "in", round(seconds, 1), "s"),
        ("a join, median", "", "", round(quantile(answers.seconds, 0.5), 3), "s"),
        ("a join, 99 of 100", "", "", round(quantile(answers.seconds, 0.99), 3), "s"),
        ("bare reads and writes of as many", people, "in", round(bare, 1), "s"),
        ("lost", result["lost"], "of", people, ""),
        ("told what was not so", len(answers.falsehoods), "of", people, ""),
        ("refused for the moment, and sent again", answers.refused, "", "", ""),
        ("bare writes that met", met, "", "", ""),
    ]
    show(f"{people:,} joins at once", ("", "", "", "", ""), rows, result)
    for falsehood in answers.falsehoods[:20]:
        print(falsehood)
    if result["lost"] or answers.falsehoods:
        raise SystemExit("Somebody was lost, or told what was not so.")
