"""Submissions for the runner suite: put onto the fake backend and the queue, and waited for."""

import io
import itertools
import json
import os
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from chalicelib.contract import File, Step
from chalicelib.domain.bundle.model import Task
from chalicelib.domain.runs import steps
from tests.runner.fake_backend import Attempt, FakeBackend

IMAGE = "agon.internal/competition:1"
#: Where images of these tests are: other processes of this machine may run them as well.
OWN_IMAGES = f"agon-test-{os.getpid()}"
MIB = 1024**2
numbers = itertools.count(1)
#: Scores what it finds: the names and texts of the predictions, in a page; how many there are, as the score.
SCORE = """
import json, os
found = {name: open("/app/input/res/" + name).read() for name in sorted(os.listdir("/app/input/res"))}
json.dump(found, open("/app/output/found.json", "w"))
json.dump({"found": len(found)}, open("/app/output/scores.json", "w"))
"""


def waits(word: str = "go") -> str:
    """Lines of a program that go on when a test says so (`let_go`), however slow the machine is, and no later."""
    return f"import os, time\nwhile not os.path.exists('/app/program/{word}'): time.sleep(0.02)\n"


class Queue:
    """Puts submissions onto the backend and the queue, and waits for what becomes of them."""

    def __init__(self, backend: FakeBackend, sqs: Any) -> None:
        self._backend = backend
        self._sqs = sqs

    def put(
        self,
        script: str = "",
        *,
        submission: bytes | None = None,
        program: Mapping[str, str | bytes] | None = None,
        reference: bytes | File | None = None,
        image: str = IMAGE,
        time_limit_seconds: int = 60,
        network: bool = False,
        **changes: Any,
    ) -> Attempt:
        """A submission whose scoring program is `score.py` with the text `script`, or the files of `program`."""
        files = program or {"metadata.yaml": "command: python3 $program/score.py $input $output", "score.py": script}
        task = Task(index=0, network=("scoring",) if network else ())
        truth = reference if isinstance(reference, File) else self.offer(reference or {"truth.txt": "1"})
        ready = {"scoring_program": self.offer(files), "reference_data": truth}
        made = steps.of(steps.Setting(task, ready, True, time_limit_seconds))
        return self._put(made, submission=submission, image=image, **changes)

    def put_code(
        self,
        *,
        ingestion: str | Mapping[str, str | bytes] | None = None,
        submission: bytes | Mapping[str, str | bytes] | None = None,
        scoring: str | Mapping[str, str | bytes] | None = SCORE,
        beside: bool = False,
        contract: str = "2",
        input_data: Mapping[str, str | bytes] | None = None,
        reference_data: Mapping[str, str | bytes] | None = None,
        time_limit_seconds: int = 60,
        confidential_data: tuple[str, ...] = ("scoring",),
        images: Mapping[str, str] | None = None,
        network: tuple[str, ...] = (),
        **changes: Any,
    ) -> Attempt:
        """A code submission, as the backend would have it run: what is a text is a script with its metadata file."""
        task = Task(
            index=0,
            contract=contract,
            ingestion_only_during_scoring=beside,
            confidential_data=confidential_data,
            network=network,
            **{f"{step}_image": name for step, name in (images or {}).items()},
        )
        files = {
            "scoring_program": program_of("score.py", scoring),
            "ingestion_program": program_of("ingest.py", ingestion),
            "input_data": input_data,
            "reference_data": reference_data or {"truth.txt": "1"},
        }
        offered = {kind: self.offer(made) for kind, made in files.items() if made}
        setting = steps.Setting(task, offered, False, time_limit_seconds)
        sent = submission if isinstance(submission, bytes) else make_zip(submission or {"answer.txt": "1"})
        return self._put(steps.of(setting), submission=sent, contract=contract, **changes)

    def put_task(
        self, task: Task, read: Callable[[str], bytes], submission: bytes, *, only_results: bool, plain_file: str = ""
    ) -> Attempt:
        """A submission to a task of a bundle, whose files `read` gives as zips."""
        kinds = ("scoring_program", "ingestion_program", "input_data", "reference_data")
        paths = {kind: getattr(task, kind) for kind in kinds if getattr(task, kind)}
        files = {kind: File(**self._backend.offer_file(read(path))) for kind, path in paths.items()}
        setting = steps.Setting(task, files, only_results, 60)
        changes = {"contract": task.contract, "score_failed_predictions": task.score_failed_predictions}
        changes["plain_file"] = plain_file
        return self._put(steps.of(setting), submission=submission, **changes)

    def _put(
        self,
        made: Sequence[Step],
        *,
        submission: bytes | None = None,
        image: str = IMAGE,
        announced: bool = True,
        **changes: Any,
    ) -> Attempt:
        name = f"s-{next(numbers)}"
        archive = self._backend.offer_file(make_zip({"answer.txt": "1"}) if submission is None else submission)
        attempt = self._backend.add(name, image, archive, [asdict(step) for step in made], **changes)
        if announced:
            self.announce(name)
        return attempt

    def offer(self, files: Mapping[str, str | bytes] | bytes) -> File:
        """A file that jobs may name."""
        return File(**self._backend.offer_file(files if isinstance(files, bytes) else make_zip(files)))

    def announce(self, submission: str) -> None:
        body = json.dumps({"version": 1, "submission": submission})
        self._sqs.send_message(QueueUrl=self._backend.queue_url, MessageBody=body)

    def score(self, script: str = "", **options: Any) -> dict[str, Any]:
        """Put it and wait for its outcome."""
        attempt = self.put(script, **options)
        assert attempt.over.wait(60), "the runner never reported"
        assert attempt.abort_reason is None, attempt.abort_reason
        assert attempt.outcome is not None
        return attempt.outcome

    def is_empty(self) -> bool:
        """No message waits and none is in flight."""
        names = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
        answer = self._sqs.get_queue_attributes(QueueUrl=self._backend.queue_url, AttributeNames=names)
        return all(int(value) == 0 for value in answer["Attributes"].values())


def program_of(name: str, made: str | Mapping[str, str | bytes] | None) -> Mapping[str, str | bytes] | None:
    """A program of the script `made`, named `name`; or `made` itself, when it is whole already."""
    return {"metadata.yaml": f"command: python3 $program/{name}", name: made} if isinstance(made, str) else made


def make_zip(files: Mapping[str, str | bytes]) -> bytes:
    """A zip of these files: the same bytes whenever it is made."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return content.getvalue()
