"""Submissions for the runner suite: put onto the fake backend and the queue, and waited for."""

import io
import itertools
import json
import zipfile
from collections.abc import Mapping
from typing import Any

from tests.runner.fake_backend import Attempt, FakeBackend

IMAGE = "agon/competition:1"
MIB = 1024**2
numbers = itertools.count(1)


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
        image: str = IMAGE,
        time_limit_seconds: float = 60,
        network: bool = False,
        **changes: Any,
    ) -> Attempt:
        """A submission whose scoring program is `score.py` with the text `script`, or the files of `program`."""
        files = program or {"metadata.yaml": "command: python3 $program/score.py $input $output", "score.py": script}
        offer = self._backend.offer_file
        step = {
            "name": "scoring",
            "program": offer(make_zip(files)),
            "mounts": [
                {"path": "/app/input/ref", "file": offer(make_zip({"truth.txt": "1"})), "cacheable": True},
                {
                    "path": "/app/input/res",
                    "file": offer(make_zip({"answer.txt": "1"}) if submission is None else submission),
                    "cacheable": False,
                },
            ],
            "time_limit_seconds": time_limit_seconds,
            "network": network,
        }
        name = f"s-{next(numbers)}"
        attempt = self._backend.add(name, image, [step], **changes)
        self.announce(name)
        return attempt

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


def make_zip(files: Mapping[str, str | bytes]) -> bytes:
    """A zip of these files: the same bytes whenever it is made."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return content.getvalue()
