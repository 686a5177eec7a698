"""The packaged stack onto whatever answers at an AWS endpoint: what `aws cloudformation package` and `deploy` do."""

import fcntl
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import boto3
import botocore.session
import yaml
from botocore.exceptions import BotoCoreError, ClientError

from agon import config
from agon.errors import StackFailed
from agon.local import ministack, pages
from agon.local.formation import Formation
from agon.local.state import StackState

STACK = "agon"
_CODE_BUCKET = "agon-code"
#: Clients are for all threads; to make them is for one at a time.
_MAKING = Lock()
# The C library reads the same, ten times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
#: Background tasks of an emulated account that run at once.
_TASKS_AT_ONCE = 5
#: What mails of a local stack come from. No address ends so, and none leaves the emulator.
MAIL_FROM = "agon@agon.internal"
#: What a stack on this machine is told. The buckets refuse plain HTTP, which is all that an emulator speaks; receivers of
#: webhooks that are tried out stand here as well; and nobody is kept from making and calling what they like.
EMULATED = {
    "EncryptedTransportOnly": "false",
    "LoopbackTargets": "true",
    "MailFrom": MAIL_FROM,
    "ImportsPerDay": "10000",
    "CallsPerSecond": "1000",
}
_PACKAGED = (
    *("app.py", "chalicelib", "infra/policies", "console/openapi.json"),
    *("template.yaml", ".chalice/config.json", "locks/function.txt"),
    *("infra/setup/package.sh", "infra/setup/settle.py", "infra/setup/target.py", "infra/setup/vendor.py"),
)


def deploy(state: StackState, endpoint: str, region: str) -> dict[str, str]:
    """The outputs of the stack at `endpoint`, after bringing it up to date with the sources. Raises StackFailed."""
    if not (config.SOURCE / "template.yaml").exists():
        raise StackFailed("The local stack is made of the project's sources: run this in a checkout of Agon.")
    aws = AwsEndpoint(endpoint, region)
    wanted = {"package": fingerprint(config.SOURCE), "endpoint": endpoint, "pages": pages.origin(state)}
    try:
        if state.get("deployed") != wanted or not aws.formation.is_whole:
            state.set("deployed", None)
            # Beside the sources and not in the state: all stacks of a checkout are made of the same package.
            aws.deploy(package(config.SOURCE / ".cache/stack", wanted["package"]), wanted["pages"])
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

    def client(self, service: str) -> Any:
        """The process's boto3 client of a service: what botocore reads to make one costs more than most that it is asked."""
        with _MAKING:
            return _client(self.endpoint, self.region, service)

    @property
    def formation(self) -> Formation:
        """The stack."""
        return Formation(self.client("cloudformation"), STACK)

    def deploy(self, built: Path, pages_url: str) -> None:
        """Create or update the stack from a package; scripts of pages run at that origin.

        Raises StackFailed, BotoCoreError or ClientError.
        """
        template = with_code_at(built / "sam.yaml", _CODE_BUCKET, self._put_code(built / "deployment.zip"))
        if self._is_plain:
            for_emulator(template)
        self._put_template(json.dumps(template))
        if self._is_plain:
            verify_sender(self.client("sesv2"))
        parameters = {**self.parameters(), "PagesUrl": pages_url}
        plan = self.formation.plan(f"{self.endpoint}/{_CODE_BUCKET}/template.json", parameters)
        if plan:
            self.formation.carry_out(plan)

    def outputs(self) -> dict[str, str]:
        """The stack's outputs, with the API at the endpoint's own address."""
        return at_emulator(self.formation.outputs(), self.endpoint)

    def parameters(self) -> dict[str, str]:
        """Parameters of the stack at this address: none on AWS."""
        return dict(EMULATED) if self._is_plain else {}

    @property
    def _is_plain(self) -> bool:
        return self.endpoint.startswith("http://")

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


@cache
def _client(endpoint: str, region: str, service: str) -> Any:
    keys = {"aws_access_key_id": ministack.ROOT_KEY, "aws_secret_access_key": ministack.ROOT_SECRET}
    return _session().client(service, endpoint_url=endpoint, region_name=region, **keys)


@cache
def _session() -> boto3.Session:
    return boto3.Session(botocore_session=botocore.session.Session(session_vars=_nobodys_variables()))


def _nobodys_variables() -> dict[str, Any]:
    """Defaults for all that boto3 reads of the person's environment and files.

    A profile that is not there ends every call, and one that is there may lead elsewhere.
    """
    known = botocore.session.Session.SESSION_VARIABLES
    defaults = {name: (None, None, default, conversion) for name, (_, _, default, conversion) in known.items()}
    nowhere = dict.fromkeys(("config_file", "credentials_file"), (None, None, os.devnull, None))
    return defaults | nowhere


def at_emulator(outputs: dict[str, str], endpoint: str) -> dict[str, str]:
    """A stack's outputs, with the API at an emulator's own address."""
    return outputs | {"ApiUrl": f"{endpoint}/restapis/{outputs['RestAPIId']}/api/_user_request_"}


def verify_sender(mail: Any) -> None:
    """Have an emulator know whom mails come from. Whoever owns a domain has SES verify it; here to say so is enough."""
    for identity in (MAIL_FROM, MAIL_FROM.partition("@")[2]):
        with suppress(mail.exceptions.AlreadyExistsException):
            mail.create_email_identity(EmailIdentity=identity)


def with_code_at(template: Path, bucket: str, key: str) -> dict[str, Any]:
    """The packaged template, whose functions' code is that object."""
    content: dict[str, Any] = yaml.load(template.read_text(encoding="utf-8"), _LOADER)
    for function in _functions(content):
        function["CodeUri"] = {"Bucket": bucket, "Key": key}
    return content


def for_emulator(template: Mapping[str, Any]) -> None:
    """Bound background tasks, which take a process each on this machine.

    It is no parameter: what a reference gives is a text to the emulator, and then it calls the function no more.
    """
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
