"""What a site costs on AWS, in dollars: submissions, viewers, an idle month; beside a classic deployment's machine.

Calls, capacity units and seconds of CPU are measured in this run, of the verbs in this process on a deployed stack;
prices are those of benchmarks/prices.py, without any free tier unless a row says so. What is assumed is in `ASSUMED`.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from agon import config
from benchmarks import budget, local, prices
from benchmarks.counting import Count
from benchmarks.report import show

#: The share of a virtual processor that a function has is its memory's of so much (AWS's developer guide of Lambda).
WHOLE_PROCESSOR_MIB = 1769
#: A first page's files (at most 150 kB of compressed JavaScript), and a board with its competition.
PAGE_REQUESTS, PAGE_BYTES = 12, 200_000
VIEW = {"competitions_show": 1, "leaderboards_read": 2}
#: One result submission, whose job takes 30 seconds and whose participant looks ten times (docs/scale.md).
SUBMISSION = {
    "uploads_begin": 1,
    "uploads_commit": 1,
    "submissions_submit": 1,
    "runner_claim": 1,
    "runner_heartbeat": 6,
    "runner_finish": 1,
    "submissions_show": 10,
}
#: Who sends and fetches files without a function: the participant's upload, the runner's fetches, its output and logs.
DIRECT_PUTS, DIRECT_GETS = 5, 2
#: A classic deployment as it was measured: what all of Codabench's containers hold while nobody uses them.
CODABENCH_IDLE_MIB = 1756
CLASSIC_DISK_GB = 30
ASSUMED = {
    "seconds that one call to AWS takes from within a function": 0.005,
    "bytes that a request leaves in the logs": 1000,
    "long polls of the tasks queue at once (AWS's developer guide of Lambda: it begins with five)": 5,
    "gigabytes that a board of some hundred rows, compressed, sends to a viewer": 0.00002,
}
CALL_SECONDS, LOG_BYTES, POLLS, BOARD_GB = ASSUMED.values()
LONG_POLL_SECONDS = 20
_S3_PUTS = {"PutObject", "CopyObject", "CreateMultipartUpload", "CompleteMultipartUpload", "UploadPartCopy", "ListObjectsV2"}
_S3_GETS = {"GetObject", "HeadObject", "SelectObjectContent"}
_SQS = {"SendMessage", "SendMessageBatch", "ReceiveMessage", "DeleteMessage", "ChangeMessageVisibility"}


@dataclass(frozen=True)
class Cost:
    """What one thing takes of each service, in dollars."""

    dynamodb: float = 0.0
    gateway: float = 0.0
    functions: float = 0.0
    messages: float = 0.0
    objects: float = 0.0
    logs: float = 0.0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(*(mine + others for mine, others in zip(self.amounts, other.amounts, strict=True)))

    def __mul__(self, times: float) -> "Cost":
        return Cost(*(amount * times for amount in self.amounts))

    @property
    def amounts(self) -> tuple[float, ...]:
        """By service, in the order of the fields."""
        return tuple(vars(self).values())

    @property
    def dollars(self) -> float:
        """Of all services."""
        return sum(self.amounts)


@dataclass(frozen=True)
class Measured:
    """One verb: what it consumed, its seconds of CPU, and its function's memory in MiB."""

    count: Count
    cpu_seconds: float
    memory_mib: int

    @property
    def gb_seconds(self) -> float:
        """What Lambda bills: the time that the CPU's share takes, and the calls' round trips, by the memory."""
        seconds = self.cpu_seconds / min(1.0, self.memory_mib / WHOLE_PROCESSOR_MIB) + self.count.calls * CALL_SECONDS
        return seconds * self.memory_mib / 1024

    def cost(self, gateway: bool) -> Cost:
        """In dollars, each time; by the gateway where people ask for it."""
        asked = [sum(name in kind for name in self.count.names) for kind in (_SQS, _S3_PUTS, _S3_GETS)]
        return Cost(
            dynamodb=self.count.read_units * prices.READ_UNIT + self.count.write_units * prices.WRITE_UNIT,
            gateway=prices.GATEWAY_REQUEST if gateway else 0.0,
            functions=prices.LAMBDA_REQUEST + self.gb_seconds * prices.LAMBDA_GB_SECOND,
            messages=asked[0] * prices.SQS_REQUEST,
            objects=asked[1] * prices.S3_PUT + asked[2] * prices.S3_GET,
            logs=LOG_BYTES / 1e9 * prices.LOGS_GB,
        )


def main() -> None:
    """Measure, work it out, and show it."""
    measured = _measured()
    submissions = _submission(measured) * 1000
    viewers = _story(measured, VIEW) * 1000
    sweeps = prices.SECONDS_A_MONTH / 60
    idle, watching = measured["sweep"].cost(gateway=False) * sweeps + _polling(), _watching()
    classic = _classic()
    edge = 1000 * (PAGE_REQUESTS * prices.EDGE_REQUEST + (PAGE_BYTES / 1e9 + BOARD_GB) * prices.EDGE_GB)
    cached = 1000 * sum(VIEW.values()) * prices.EDGE_REQUEST
    columns = {"1,000 submissions": submissions, "1,000 viewers of a board": viewers, "an idle month": idle}
    rows = [(name, *(vars(one)[name] for one in columns.values())) for name in vars(Cost())]
    rows.append(("together", *(one.dollars for one in columns.values())))
    show(f"Dollars by service ({prices.REGION}, {prices.AS_OF})", ("", *columns), rows, None)
    free = _idle_free(measured["sweep"], sweeps)
    result = {
        "submissions_1000": round(submissions.dollars, 4),
        "viewers_1000": round(viewers.dollars, 4),
        "viewers_1000_cached_at_the_edge": round(cached, 4),
        "page_1000": round(edge, 4),
        "idle_month": round(idle.dollars, 4),
        "idle_month_after_what_is_always_free": round(free, 4),
        "watching_month": {name: round(amount, 2) for name, amount in watching.items()},
        "classic_month": round(classic, 2),
    }
    ratios = [
        ("an idle month", idle.dollars, classic, idle.dollars / classic),
        ("the same, less what every account has for nothing", free, classic, free / classic),
        ("alarms, metrics and dashboard a month", watching["listed"], "", ""),
        ("the same, less what every account has for nothing", watching["after what is always free"], "", ""),
        ("the firewall a month, where the console has one", watching["firewall"], "", ""),
        ("1,000 submissions", submissions.dollars, "", ""),
        ("1,000 viewers of a board, cached at the edge", cached, viewers.dollars, cached / viewers.dollars),
        ("1,000 first visits of the console's files", edge, "", ""),
        ("submissions a month that cost what the machine does", classic / submissions.dollars * 1000, "", ""),
    ]
    show(
        "Dollars, beside a classic deployment's machine (4 GiB, its disk and address)",
        ("", "Agon", "beside", "ratio"),
        ratios,
        result,
    )


def _measured() -> Mapping[str, Measured]:
    """Every verb of the budget's story, a board's rebuild and a sweep with nothing to do."""
    with local.stack() as stack, budget.as_a_function(stack):
        local.trust_this_process(stack)
        # Of the sweeper's environment alone.
        os.environ["AGON_TASKS_DEAD_QUEUE_URL"] = stack.outputs["TasksDeadQueueUrl"]
        verbs = budget.Verbs()
        phase = budget.play(verbs, stack)
        _work(verbs, phase)
    memory = _memory()
    own = {"rebuild": memory["on_task"], "sweep": memory["sweep"]}
    return {
        name: Measured(count, verbs.cpu_seconds[name], own.get(name, memory["api_handler"]))
        for name, count in verbs.counts.items()
    }


def _work(verbs: budget.Verbs, phase: str) -> None:
    from chalicelib.actions.background import dispatch, sweep
    from chalicelib.store import writes
    from chalicelib.store.leaderboards import boards

    # What the story left due is looked after first: an idle site has none of it.
    sweep.sweep(datetime.now(UTC))
    row, *_ = boards.all_rows(phase)
    # A board that was just rebuilt waits for more.
    begin, apart = datetime.now(UTC), timedelta(minutes=1)
    for number in range(1, 6):
        now = begin + number * apart
        # As a finish does, without which there is nothing to rebuild.
        writes.transact(partial(boards.counting, phase=phase, changed=str(row.user), now=now, rows=[str(row.sk)]))
        with verbs.counting("rebuild"):
            message = {"body": json.dumps({"task": "rebuild", "id": phase}), "attributes": {"SentTimestamp": "0"}}
            dispatch.perform(message, now, now + timedelta(minutes=10))
        with verbs.counting("sweep"):
            sweep.sweep(datetime.now(UTC))
    if "PutObject" not in verbs.counts["rebuild"].names:
        raise SystemExit("The rebuild found nothing to do, so nothing of it was measured.")


def _memory() -> dict[str, int]:
    """MiB of each function, as it is deployed."""
    stage = json.loads((config.SOURCE / ".chalice" / "config.json").read_text())["stages"]
    functions = next(iter(stage.values()))["lambda_functions"]
    return {name: settings["lambda_memory_size"] for name, settings in functions.items()}


def _story(measured: Mapping[str, Measured], times: Mapping[str, int]) -> Cost:
    return sum((measured[name].cost(gateway=True) * often for name, often in times.items()), Cost())


def _submission(measured: Mapping[str, Measured]) -> Cost:
    """A submission that is followed by its board's rebuild, as all are where fewer than one arrives in two seconds."""
    direct = Cost(
        # The wake-up is received and deleted by the runner, the rebuild's message by the function.
        messages=4 * prices.SQS_REQUEST,
        objects=DIRECT_PUTS * prices.S3_PUT + DIRECT_GETS * prices.S3_GET,
    )
    return _story(measured, SUBMISSION) + measured["rebuild"].cost(gateway=False) + direct


def _polling() -> Cost:
    """Lambda asks the tasks queue all the time, whether there is something or not."""
    return Cost(messages=_polls() * prices.SQS_REQUEST)


def _polls() -> float:
    return POLLS * prices.SECONDS_A_MONTH / LONG_POLL_SECONDS


def _idle_free(sweep: Measured, sweeps: float) -> float:
    """An idle month of an account that has nothing besides, less what is always free."""
    one = sweep.cost(gateway=False)
    messages = one.messages * sweeps / prices.SQS_REQUEST + _polls()
    seconds = max(0.0, sweep.gb_seconds * sweeps - prices.FREE_LAMBDA_GB_SECONDS)
    return (
        one.dynamodb * sweeps
        + seconds * prices.LAMBDA_GB_SECOND
        + max(0.0, messages - prices.FREE_SQS_REQUESTS) * prices.SQS_REQUEST
    )


def _watching() -> dict[str, float]:
    """A month of what the templates say that is watched, whether anything happens or not."""
    template, console = _text("template.yaml"), _text("infra/console.yaml")
    alarms, boards = template.count("AWS::CloudWatch::Alarm"), template.count("AWS::CloudWatch::Dashboard")
    source = "".join(path.read_text() for path in (config.SOURCE / "chalicelib").rglob("*.py"))
    metrics = len(set(re.findall(r'(?:gauge\(|telemetry\.seconds\(|_tell\()"(\w+)"', source)))
    rules = len(re.findall(r"^\s+(?:- )?Priority:|\{Name: \S+, Priority:", console, re.MULTILINE))
    return {
        "listed": alarms * prices.ALARM + metrics * prices.METRIC + boards * prices.DASHBOARD,
        "after what is always free": max(0, alarms - prices.FREE_ALARMS) * prices.ALARM
        + max(0, metrics - prices.FREE_METRICS) * prices.METRIC
        + max(0, boards - prices.FREE_DASHBOARDS) * prices.DASHBOARD,
        "firewall": (prices.WEB_ACL + rules * prices.WEB_ACL_RULE) if "AWS::WAFv2::WebACL" in console else 0.0,
    }


def _text(name: str) -> str:
    path = Path(config.SOURCE) / name
    return path.read_text() if path.exists() else ""


def _classic() -> float:
    """A month of the smallest machine that holds Codabench's containers and a system, its disk and its address."""
    hour = prices.T3_SMALL_HOUR if CODABENCH_IDLE_MIB + 512 <= 2048 else prices.T3_MEDIUM_HOUR
    return (hour + prices.PUBLIC_ADDRESS_HOUR) * prices.HOURS_A_MONTH + CLASSIC_DISK_GB * prices.GP3_GB


if __name__ == "__main__":
    main()
