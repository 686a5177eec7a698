"""IAM in the suite of the API: whatever a function asks of AWS must be granted by its policy, and what is granted is noted
once it is used, so that `.ci/rights.py` can tell which rights no test uses.

The emulator of the system tests enforces the same policies, by IAM's own rules, for what those tests reach; this holds them
to each call that any test of the API makes. Resources are written as the policies write them, by names in the template.
"""

import json
import os
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import pytest
from botocore.client import BaseClient
from botocore.exceptions import ClientError

from tests.policies import grants

#: Where each process of a run notes what it has used.
NOTED = Path(__file__).parents[2] / ".cache/rights"
_ACCOUNT = "${AWS::Region}:${AWS::AccountId}"
#: What S3 asks for where the call is called otherwise. A copy reads as well.
_OF_S3 = {
    **dict.fromkeys(("HeadObject", "GetObject"), "GetObject"),
    **dict.fromkeys(("CreateMultipartUpload", "UploadPart", "CompleteMultipartUpload"), "PutObject"),
    **dict.fromkeys(("CopyObject", "UploadPartCopy"), "PutObject"),
    **dict.fromkeys(("ListObjectsV2", "HeadBucket"), "ListBucket"),
    "ListMultipartUploads": "ListBucketMultipartUploads",
    "ListParts": "ListMultipartUploadParts",
    "DeleteObjects": "DeleteObject",
}  # fmt: skip
_OF_BUCKETS = ("ListBucket", "ListBucketMultipartUploads")
_QUEUES = {"JobsQueueUrl": "JobsQueue", "TasksQueueUrl": "TasksQueue", "TasksDeadQueueUrl": "TasksDeadQueue"}
_NOT_FOUND = ("404", "NoSuchKey")

#: A right that a call needs: an action, and the resource as the policies write it.
Right = tuple[str, str]


class Recorder:
    """The function that is at work at this moment, and the grants that were used by now."""

    def __init__(self, outputs: Mapping[str, str]) -> None:
        self._buckets = {outputs[name]: name for name in ("FilesBucket", "RunsBucket")}
        self._queues = {outputs[url].rpartition("/")[2]: name for url, name in _QUEUES.items()}
        self._function: str | None = None
        self.used: set[tuple[str, str, str, str]] = set()

    def at_work(self, function: str | None, verb: Any) -> Any:
        """The verb, as something that a function does; of None, that the test does, whoever it interrupts."""

        def doing(*arguments: Any, **named: Any) -> Any:
            before, self._function = self._function, function
            try:
                return verb(*arguments, **named)
            finally:
                self._function = before

        return doing

    def check(self, service: str, operation: str, arguments: Mapping[str, Any]) -> None:
        """Fail the test whose function is not granted what it does."""
        for right in self._needed(service, operation, arguments) if self._function else ():
            self._use(right)

    def not_found(self, arguments: Mapping[str, Any]) -> None:
        """S3 says that an object is not there to who may list its bucket, and else that nobody may know."""
        if self._function and arguments.get("Bucket") in self._buckets:
            self._use(("s3:ListBucket", f"${{{self._buckets[arguments['Bucket']]}.Arn}}"))

    def keep(self) -> None:
        """Write down what was used."""
        NOTED.mkdir(parents=True, exist_ok=True)
        (NOTED / f"{os.getpid()}.json").write_text(json.dumps(sorted(self.used)))

    def _use(self, right: Right) -> None:
        action, resource = right
        found = [one for one in grants() if one.function == self._function and one.action == action]
        granted = [one for one in found if fnmatchcase(resource, one.resource)]
        if not granted:
            pytest.fail(f"{self._function} is not granted {action} of {resource}: see infra/policies.")
        self.used.update((one.function, one.sid, one.action, one.resource) for one in granted)

    def _needed(self, service: str, operation: str, told: Mapping[str, Any]) -> Iterator[Right]:
        if service == "dynamodb":
            yield from _of_dynamodb(operation, told)
        elif service == "s3":
            yield from self._of_s3(operation, told)
        elif service == "sqs":
            yield f"sqs:{operation}", self._queue(told.get("QueueUrl") or told["QueueName"])
        elif service == "ssm":
            name = str(told["Name"]).split("/", 2)[2]
            yield f"ssm:{operation}", f"arn:${{AWS::Partition}}:ssm:{_ACCOUNT}:parameter/${{AWS::StackName}}/{name}"
        elif service == "cognito-idp" and "UserPoolId" in told:
            # What is asked for with a client's id or a token is asked by who has those, and not by a role.
            yield f"cognito-idp:{operation}", "${UserPool.Arn}"
        elif service == "sts":
            yield f"sts:{operation}", "${RunnerRole.Arn}"

    def _of_s3(self, operation: str, told: Mapping[str, Any]) -> Iterator[Right]:
        action = _OF_S3.get(operation, operation)
        bucket = f"${{{self._buckets[told['Bucket']]}.Arn}}"
        if action in _OF_BUCKETS:
            yield f"s3:{action}", bucket
            return
        keys = [one["Key"] for one in told["Delete"]["Objects"]] if operation == "DeleteObjects" else [told["Key"]]
        yield from ((f"s3:{action}", f"{bucket}/{key}") for key in keys)
        if isinstance(source := told.get("CopySource"), Mapping):
            yield "s3:GetObject", f"${{{self._buckets[source['Bucket']]}.Arn}}/{source['Key']}"

    def _queue(self, url: str) -> str:
        name = url.rpartition("/")[2]
        if name in self._queues:
            return f"${{{self._queues[name]}.Arn}}"
        return f"arn:${{AWS::Partition}}:sqs:{_ACCOUNT}:${{AWS::StackName}}-queue-{name.rpartition('-queue-')[2]}"


def _of_dynamodb(operation: str, told: Mapping[str, Any]) -> Iterator[Right]:
    table = "${Table.Arn}"
    if operation == "TransactWriteItems":
        for item in told["TransactItems"]:
            yield from ((f"dynamodb:{_TRANSACTED[verb]}", table) for verb in item)
    else:
        index = told.get("IndexName")
        yield f"dynamodb:{operation}", f"{table}/index/{index}" if index else table


_TRANSACTED = {"Put": "PutItem", "Update": "UpdateItem", "Delete": "DeleteItem", "ConditionCheck": "ConditionCheckItem"}


def install(patch: pytest.MonkeyPatch, outputs: Mapping[str, str]) -> Recorder:
    """Look at each call before it is made, and at each address that is signed for others."""
    from chalicelib.actions.background import dispatch, jobs, sweep
    from chalicelib.aws import signed
    from chalicelib.aws.clients import client

    recorder, real = Recorder(outputs), BaseClient._make_api_call

    def call(self: Any, operation: str, arguments: dict[str, Any]) -> Any:
        service = self.meta.service_model.service_name
        recorder.check(service, operation, arguments)
        try:
            return real(self, operation, arguments)
        except ClientError as error:
            if service == "s3" and error.response["Error"]["Code"] in _NOT_FOUND:
                recorder.not_found(arguments)
            raise

    storage = client("s3")
    sign = storage.generate_presigned_url

    def part(method: str, arguments: dict[str, Any], *more: Any, **named: Any) -> Any:
        if method == "upload_part":
            recorder.check("s3", "UploadPart", arguments)
        return sign(method, arguments, *more, **named)

    def checked(operation: str, real: Any) -> Any:
        def make(bucket: str, key: str, *more: Any) -> Any:
            recorder.check("s3", operation, {"Bucket": bucket, "Key": key})
            return real(bucket, key, *more)

        return make

    patch.setattr(BaseClient, "_make_api_call", call)
    patch.setattr(storage, "generate_presigned_url", part)
    patch.setattr(signed, "address", checked("GetObject", signed.address))
    patch.setattr(signed, "form", checked("PutObject", signed.form))
    patch.setattr(dispatch, "perform", recorder.at_work("on_task", dispatch.perform))
    patch.setattr(jobs, "run", recorder.at_work("on_task", jobs.run))
    patch.setattr(sweep, "sweep", recorder.at_work("sweep", sweep.sweep))
    return recorder
