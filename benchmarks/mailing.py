"""A letter to 10,000 participants, function after function, beside as many bare calls of SES to the same emulator."""

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

from agon.local.deploy import MAIL_FROM
from benchmarks import local
from benchmarks.budget import as_a_function
from benchmarks.counting import Counter
from benchmarks.report import show

PARTICIPANTS = int(os.environ.get("AGON_BENCHMARK_PARTICIPANTS", "10000"))
AT_ONCE = 10
#: Calls for each participant beside that of SES: ten share two writes, a hundred share three reads.
LIMIT = 0.3


def main() -> None:
    """Send the letter by functions that live for as long as they may, one after the other."""
    with local.stack() as stack, as_a_function(stack):
        os.environ["AGON_MAILS_PER_SECOND"] = "1000000"
        os.environ["AGON_API_URL"] = "https://api.example.org/api"
        with stack.client(local.ORGANIZER, "organizer") as organizer:
            competition = local.competition(organizer)["id"]
        # Before any model is used: each has the connection that is there then.
        counter = Counter()
        _crowd(competition)
        calls, seconds, functions = _send(competition, counter)
        bare = _bare()
    each = calls / PARTICIPANTS - 1
    rows = [
        ("the letter", PARTICIPANTS, calls, seconds, functions),
        ("bare SendEmail", PARTICIPANTS, PARTICIPANTS, bare, ""),
    ]
    result = {"participants": PARTICIPANTS, "calls": calls, "seconds": seconds, "functions": functions, "bare_seconds": bare}
    show(f"A letter to {PARTICIPANTS:,} participants", ("what", "mails", "calls", "seconds", "functions"), rows, result)
    if each > LIMIT:
        sys.exit(f"Over budget: {each:.2f} calls for each participant beside that of SES.")


def _crowd(competition: str) -> None:
    from chalicelib.store.people.participants import Participant

    with Participant.batch_write() as batch:
        for number in range(PARTICIPANTS):
            name = f"p{number:06d}"
            facts: dict[str, Any] = {"user": name, "username": name, "address": f"{name}@example.org"}
            place = Participant.at(competition, name)
            facts |= {"competition": competition, "status": "approved", "joined_at": datetime.now(UTC)}
            batch.save(Participant(*place, **facts))


def _send(competition: str, counter: Counter) -> tuple[int, float, int]:
    """The calls, the seconds, and how many functions took part: each stops after a minute, and the next goes on."""
    from chalicelib.actions.background import jobs
    from chalicelib.domain.mail.audiences import EVERYBODY
    from chalicelib.domain.mail.letters import Letter
    from chalicelib.store.mail import mailings
    from chalicelib.store.mail.mailings import Mailing

    now = datetime.now(UTC)
    letter = Letter("letters", "News", "The phase is **longer**.")
    mailings.begin(mailings.made("benchmark", competition, letter, EVERYBODY, None, now))
    functions, began = 0, time.perf_counter()
    with counter.counting() as count:
        while mailings.find("benchmark").status != "Finished":
            functions += 1
            jobs.run(Mailing, "benchmark", now, datetime.now(UTC) + timedelta(seconds=90))
    found, seconds = mailings.find("benchmark"), time.perf_counter() - began
    if (found.sent, found.left_out, found.uncertain) != (PARTICIPANTS, 0, 0):
        sys.exit(f"Not everybody got it: {found.sent} sent, {found.left_out} left out, {found.uncertain} uncertain.")
    return count.calls, seconds, functions


def _bare() -> float:
    """The seconds that as many calls of SES take, as many at once."""
    from chalicelib.aws.clients import client

    content = {"Simple": {"Subject": {"Data": "News"}, "Body": {"Text": {"Data": "The phase is longer."}}}}

    def send(number: int) -> None:
        to = {"ToAddresses": [f"p{number:06d}@example.org"]}
        client("sesv2").send_email(FromEmailAddress=MAIL_FROM, Destination=to, Content=content)

    began = time.perf_counter()
    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(send, range(PARTICIPANTS)))
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
