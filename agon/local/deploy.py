"""The packaged stack onto whatever answers at an AWS endpoint: what `aws cloudformation package` and `deploy` do."""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import boto3
import botocore.session
import yaml
from botocore.exceptions import BotoCoreError, ClientError, WaiterError

from agon import config
from agon.errors import StackFailed
from agon.local import ministack
from agon.local.state import StackState

STACK = "agon"
_CODE_BUCKET = "agon-code"
# The C library reads the same, ten times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: Background tasks of an emulated account that run at once.
_TASKS_AT_ONCE = 5
_TRANSPORT, _LOOPBACK, _MAIL = "EncryptedTransportOnly", "LoopbackTargets", "MailFrom"
#: On one's own machine nobody is kept from making and calling what they like.
_BOUNDS = {"ImportsPerDay": "10000", "CallsPerSecond": "1000"}
#: What mails of a local stack come from. No address ends so, and none leaves the emulator.
MAIL_FROM = "agon@agon.internal"
_PACKAGED = (
    *("app.py", "chalicelib", "infra/policies", "console/openapi.json"),
    *("template.yaml", ".chalice/config.json", "locks/function.txt"),
    *("infra/setup/package.sh", "infra/setup/settle.py", "infra/setup/vendor.py"),
)


def deploy(state: StackState, endpoint: str, region: str) -> dict[str, str]:
    """The outputs of the stack at `endpoint`, after bringing it up to date with the sources. Raises StackFailed."""
    if not (config.SOURCE / "template.yaml").exists():
        raise StackFailed("The local stack is made of the project's sources: run this in a checkout of Agon.")
    aws = AwsEndpoint(endpoint, region)
    wanted = {"package": fingerprint(config.SOURCE), "endpoint": endpoint}
    try:
        if state.get("deployed") != wanted or not aws.has_stack():
            state.set("deployed", None)
            # Beside the sources and not in the state: all stacks of a checkout are made of the same package.
            aws.deploy(package(config.SOURCE / ".cache/stack", wanted["package"]))
        outputs = aws.outputs()
    except (BotoCoreError, ClientError) as error:
        raise StackFailed(f"The stack cannot be deployed to {endpoint}: {error}") from error
    state.set("deployed", wanted)
    state.set("outputs", outputs)
    return outputs


def package(folder: Path, mark: str) -> Path:
    """`folder` with sam.yaml and deployment.zip of the sources whose fingerprint is `mark`. Raises StackFailed."""
    stamp = folder / "fingerprint"
    folder.mkdir(parents=True, exist_ok=True)
    with _alone():
        if stamp.exists() and stamp.read_text() == mark:
            return folder
        stamp.unlink(missing_ok=True)
        script = config.SOURCE / "infra/setup/package.sh"
        path = f"{Path(sys.executable).parent}:/usr/local/bin:/usr/bin:/bin"
        made = subprocess.run(
            ["bash", str(script), str(folder)],
            env=config.child_environment(PATH=path),
            capture_output=True,
            text=True,
        )
        if made.returncode:
            raise StackFailed(f"The stack cannot be packaged:\n{made.stderr[-2000:]}")
        stamp.write_text(mark)
    return folder


def fingerprint(source: Path) -> str:
    """A hash over everything that is packaged, and over the interpreter that chooses the dependencies."""
    digest = hashlib.sha256(sys.version.encode())
    for name in _PACKAGED:
        path = source / name
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and "__pycache__" not in file.parts:
                digest.update(f"{file.relative_to(source)}\0".encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()


class AwsEndpoint:
    """Root's clients of an emulated account."""

    def __init__(self, endpoint: str, region: str) -> None:
        self.endpoint = endpoint
        self.region = region
        self._session = boto3.Session(botocore_session=botocore.session.Session(session_vars=_nobodys_variables()))

    def client(self, service: str) -> Any:
        """A boto3 client."""
        return self._session.client(
            service,
            endpoint_url=self.endpoint,
            region_name=self.region,
            aws_access_key_id=ministack.ROOT_KEY,
            aws_secret_access_key=ministack.ROOT_SECRET,
        )

    def has_stack(self) -> bool:
        """True when the stack is there and whole."""
        try:
            stacks = self.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"]
        except ClientError:
            return False
        return stacks[0]["StackStatus"] in ("CREATE_COMPLETE", "UPDATE_COMPLETE")

    def deploy(self, built: Path) -> None:
        """Create or update the stack from a package. Raises StackFailed, BotoCoreError or ClientError."""
        template = _with_code_at(built / "sam.yaml", _CODE_BUCKET, self._put_code(built / "deployment.zip"))
        if self._is_plain:
            _bound_tasks(template)
        body = json.dumps(template)
        self._put_template(body)
        if self._is_plain:
            self._verify_sender()
        formation = self.client("cloudformation")
        kind = "UPDATE" if self.has_stack() else "CREATE"
        change = formation.create_change_set(
            StackName=STACK,
            ChangeSetName=f"agon-{time.time_ns()}",
            ChangeSetType=kind,
            TemplateURL=f"{self.endpoint}/{_CODE_BUCKET}/template.json",
            Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
            Parameters=self._parameters(template.get("Parameters", {})),
        )["Id"]
        quickly = {"Delay": 1, "MaxAttempts": 300}
        try:
            formation.get_waiter("change_set_create_complete").wait(ChangeSetName=change, WaiterConfig=quickly)
        except WaiterError as error:
            if _is_unchanged(error):
                return
            raise
        formation.execute_change_set(ChangeSetName=change)
        formation.get_waiter(f"stack_{kind.lower()}_complete").wait(StackName=STACK, WaiterConfig=quickly)

    def outputs(self) -> dict[str, str]:
        """The stack's outputs, with the API at the endpoint's own address."""
        stack = self.client("cloudformation").describe_stacks(StackName=STACK)["Stacks"][0]
        outputs = {output["OutputKey"]: output["OutputValue"] for output in stack["Outputs"]}
        outputs["ApiUrl"] = f"{self.endpoint}/restapis/{outputs['RestAPIId']}/api/_user_request_"
        return outputs

    @property
    def _is_plain(self) -> bool:
        return self.endpoint.startswith("http://")

    def _verify_sender(self) -> None:
        # Whoever owns a domain has SES verify it. Here to say so is enough.
        mail = self.client("sesv2")
        for identity in (MAIL_FROM, MAIL_FROM.partition("@")[2]):
            with suppress(mail.exceptions.AlreadyExistsException):
                mail.create_email_identity(EmailIdentity=identity)

    def _parameters(self, declared: Mapping[str, Any]) -> list[dict[str, str]]:
        # The buckets refuse plain HTTP, which is all that an emulator on this machine speaks. Receivers of webhooks that are
        # tried out stand on this machine as well.
        chosen = {_TRANSPORT: "false", _LOOPBACK: "true", _MAIL: MAIL_FROM, **_BOUNDS} if self._is_plain else {}
        return [{"ParameterKey": name, "ParameterValue": value} for name, value in chosen.items() if name in declared]

    def _put_code(self, archive: Path) -> str:
        storage = self.client("s3")
        place = {} if self.region == "us-east-1" else {"LocationConstraint": self.region}
        if _CODE_BUCKET not in {bucket["Name"] for bucket in storage.list_buckets()["Buckets"]}:
            storage.create_bucket(Bucket=_CODE_BUCKET, **({"CreateBucketConfiguration": place} if place else {}))
        content = archive.read_bytes()
        key = f"{hashlib.sha256(content).hexdigest()}.zip"
        storage.put_object(Bucket=_CODE_BUCKET, Key=key, Body=content)
        return key

    def _put_template(self, body: str) -> None:
        # A template in the call itself may have 51,200 bytes at most; this one has more.
        self.client("s3").put_object(Bucket=_CODE_BUCKET, Key="template.json", Body=body.encode())


def _nobodys_variables() -> dict[str, Any]:
    """Defaults for all that boto3 reads of the person's environment and files.

    A profile that is not there ends every call, and one that is there may lead elsewhere.
    """
    known = botocore.session.Session.SESSION_VARIABLES
    defaults = {name: (None, None, default, conversion) for name, (_, _, default, conversion) in known.items()}
    nowhere = dict.fromkeys(("config_file", "credentials_file"), (None, None, os.devnull, None))
    return defaults | nowhere


def _is_unchanged(error: WaiterError) -> bool:
    # CloudFormation calls a change set without changes a failed one.
    reason = error.last_response.get("StatusReason", "")
    return "contain changes" in reason or "No updates" in reason


def _with_code_at(template: Path, bucket: str, key: str) -> Mapping[str, Any]:
    content: dict[str, Any] = yaml.load(template.read_text(encoding="utf-8"), _LOADER)
    for function in _functions(content):
        function["CodeUri"] = {"Bucket": bucket, "Key": key}
    return content


def _bound_tasks(template: Mapping[str, Any]) -> None:
    """A process each on this machine. It is no parameter: what a reference gives is a text to the emulator, and then it
    calls the function no more."""
    for function in _functions(template):
        for event in function.get("Events", {}).values():
            if "ScalingConfig" in event["Properties"]:
                event["Properties"]["ScalingConfig"] = {"MaximumConcurrency": _TASKS_AT_ONCE}


def _functions(template: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [one["Properties"] for one in template["Resources"].values() if one["Type"] == "AWS::Serverless::Function"]


@contextmanager
def _alone() -> Iterator[None]:
    # What was fetched for the functions stays in one folder; two packagings at once would tread on each other.
    lock = config.SOURCE / ".cache" / "package.lock"
    lock.parent.mkdir(exist_ok=True)
    with lock.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
