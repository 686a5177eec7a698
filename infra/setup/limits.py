"""How much of AWS's limits the packaged stack takes: docs/limits.md, and what its test reads.

Limits are those of the services' own pages, as of November 2026; each row names its page.
"""

import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import boto3
import yaml

from agon import config
from agon.local import deploy

TARGET = config.SOURCE / "docs" / "limits.md"
#: What a name becomes at most: the longest region and partition, an account, and the longest name that a stack may have.
_LONGEST = {
    "AWS::Partition": "aws-us-gov",
    "AWS::Region": "ap-northeast-1",
    "AWS::AccountId": "0" * 12,
    "AWS::StackName": "s" * 40,
}
#: What a reference becomes at most: an address of a queue.
_REFERENCE = "r" * 120
_HEAD = """\
# AWS's limits, and what the stack takes of them

Written by `python -m infra.setup.limits` from the packaged stack. `tests/house/test_limits.py` fails when a number here is
off by more than a twentieth, and when a row takes more than {most:.0%} of its limit, or {most_adjustable:.0%} where AWS
raises it for who asks (Service Quotas). Names and addresses are taken as long as they can be; a stack's name may have 40
characters. Times are chosen, and no code makes them grow, so they have no row: the API's function has {api_seconds} s, all
that API Gateway waits, and the tasks function {task_seconds} s, all that Lambda gives; what takes longer goes on in another.

| what | limit | today | share | raised | see |
| --- | ---: | ---: | ---: | --- | --- |
"""
MOST, MOST_ADJUSTABLE = 0.8, 0.9
#: For how long API Gateway waits for a function, and Lambda runs one.
API_SECONDS, TASK_SECONDS = 29, 900

Template = Mapping[str, Any]


@dataclass(frozen=True)
class Limit:
    """A limit of AWS's and what the stack takes of it, in the same unit. `is_adjustable`: AWS raises it for who asks."""

    name: str
    limit: int
    today: int
    see: str
    is_adjustable: bool = False

    @property
    def share(self) -> float:
        """What is taken, of 1."""
        return self.today / self.limit

    @property
    def is_kept(self) -> bool:
        """True while there is room to grow."""
        return self.share <= (MOST_ADJUSTABLE if self.is_adjustable else MOST)


def packaged() -> Path:
    """The folder of the packaged stack, made where it is not today's. Raises StackFailed."""
    return deploy.package(config.SOURCE / ".cache/stack", deploy.fingerprint(config.SOURCE))


def measured(folder: Path) -> list[Limit]:
    """Each limit that the stack in `folder` (sam.yaml, deployment.zip) meets."""
    text = (folder / "sam.yaml").read_text()
    template = yaml.load(text, yaml.CSafeLoader)
    return [
        *_of_cloudformation(text, template),
        *_of_api_gateway(template),
        *_of_functions(template, folder / "deployment.zip"),
        *_of_roles(template),
        *_of_state(template),
    ]


def render(limits: list[Limit]) -> str:
    """The page, as Markdown."""
    head = _HEAD.format(most=MOST, most_adjustable=MOST_ADJUSTABLE, api_seconds=API_SECONDS, task_seconds=TASK_SECONDS)
    return head + "".join(f"| {' | '.join(_cells(one))} |\n" for one in limits)


def _cells(one: Limit) -> list[str]:
    raised = "yes" if one.is_adjustable else "no"
    return [one.name, f"{one.limit:,}", f"{one.today:,}", f"{one.share:.0%}", raised, one.see]


def _of_cloudformation(text: str, template: Template) -> Iterator[Limit]:
    row = partial(Limit, see="AWS CloudFormation quotas")
    yield row("CloudFormation: bytes of the template, from S3", 1_000_000, len(text.encode()))
    yield row("CloudFormation: resources, once SAM has expanded them", 500, len(expanded(template)["Resources"]))
    yield row("CloudFormation: parameters", 200, len(template["Parameters"]))
    yield row("CloudFormation: outputs", 200, len(template["Outputs"]))
    # Whose documented commands name no bucket.
    for path in ("infra/console.yaml", "infra/runner-host/fleet.yaml"):
        name = Path(path).name
        yield row(f"CloudFormation: bytes of {name}, sent directly", 51_200, (config.SOURCE / path).stat().st_size)


def _of_api_gateway(template: Template) -> Iterator[Limit]:
    row = partial(Limit, see="Amazon API Gateway quotas")
    body = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]
    paths = [path.strip("/").split("/") for path in body["paths"]]
    # A resource of its own for each beginning of a path.
    resources = {tuple(path[: end + 1]) for path in paths for end in range(len(path))}
    yield row("API Gateway: resources of an API", 300, len(resources), is_adjustable=True)
    yield row("API Gateway: bytes of the API's definition", 6 * 2**20, len(json.dumps(body)))
    seconds = template["Resources"]["APIHandler"]["Properties"]["Timeout"]
    # As much as there is, on purpose: what takes longer is a job.
    assert seconds == API_SECONDS, "API Gateway waits for no function for more than 29 s."


def _of_functions(template: Template, archive: Path) -> Iterator[Limit]:
    row = partial(Limit, see="AWS Lambda quotas")
    with zipfile.ZipFile(archive) as zipped:
        unpacked = sum(member.file_size for member in zipped.infolist())
    yield row("Lambda: bytes of the function's zip, sent directly", 50 * 2**20, archive.stat().st_size)
    yield row("Lambda: bytes of the function, unpacked", 250 * 2**20, unpacked)
    shared = template.get("Globals", {}).get("Function", {}).get("Environment", {}).get("Variables", {})
    for name, function in _of_type(template, "AWS::Serverless::Function"):
        own = (function.get("Environment") or {}).get("Variables", {})
        size = sum(len(key) + _length_in(template, value) for key, value in {**shared, **own}.items())
        yield row(f"Lambda: bytes of the environment of {name}", 4096, size)
        assert function["Timeout"] <= TASK_SECONDS, "Lambda runs no function for more than 15 minutes."


def _of_roles(template: Template) -> Iterator[Limit]:
    row = partial(Limit, see="IAM and AWS STS quotas")
    beside = [policy for _, policy in _of_type(template, "AWS::IAM::Policy")]
    for name, role in _of_type(template, "AWS::IAM::Role"):
        documents = [policy["PolicyDocument"] for policy in role.get("Policies", [])]
        documents += [policy["PolicyDocument"] for policy in beside if {"Ref": name} in policy["Roles"]]
        yield row(f"IAM: characters of the policies in {name}", 10_240, sum(map(_length, documents)))
        yield row(
            f"IAM: characters of whom {name} trusts", 2048, _length(role["AssumeRolePolicyDocument"]), is_adjustable=True
        )


def _of_state(template: Template) -> Iterator[Limit]:
    (table,) = [one for _, one in _of_type(template, "AWS::DynamoDB::Table")]
    indexes = table["GlobalSecondaryIndexes"]
    copied = sum(len(index["Projection"].get("NonKeyAttributes", [])) for index in indexes)
    row = partial(Limit, see="Quotas in Amazon DynamoDB")
    yield row("DynamoDB: global secondary indexes of the table", 20, len(indexes), is_adjustable=True)
    yield row("DynamoDB: attributes that its indexes copy by name", 100, copied)
    most = max(len(one["LifecycleConfiguration"]["Rules"]) for _, one in _of_type(template, "AWS::S3::Bucket"))
    yield Limit("S3: lifecycle rules of a bucket", 1000, most, "Setting a lifecycle configuration")
    # STACK-queue-ID, ids having 26 characters.
    longest = len(_LONGEST["AWS::StackName"]) + len("-queue-") + 26
    assert longest <= 80, "A queue's name has at most 80 characters (Amazon SQS quotas)."


def _of_type(template: Template, kind: str) -> list[tuple[str, dict[str, Any]]]:
    return [(name, one["Properties"]) for name, one in template["Resources"].items() if one["Type"] == kind]


def _length(value: Any) -> int:
    """The length of a value of a template at most, without blanks, as IAM and Lambda count it."""
    text = json.dumps(_resolved(value), separators=(",", ":"))
    return len(text) - 2 if isinstance(_resolved(value), str) else len(text)


def _length_in(template: Template, value: Any) -> int:
    """The same; a parameter that says which values it takes has none that is longer than these."""
    name = value.get("Ref") if isinstance(value, dict) else None
    allowed = template.get("Parameters", {}).get(name, {}).get("AllowedValues")
    return max(map(len, allowed)) if allowed else _length(value)


def _resolved(value: Any) -> Any:
    if isinstance(value, list):
        return [_resolved(one) for one in value]
    if not isinstance(value, dict):
        return value
    if "Fn::Sub" in value:
        return _filled(str(value["Fn::Sub"]))
    if "Fn::If" in value:
        return max((_resolved(one) for one in value["Fn::If"][1:]), key=lambda one: len(json.dumps(one)))
    if value.keys() & {"Ref", "Fn::GetAtt"}:
        return _REFERENCE
    return {key: _resolved(one) for key, one in value.items()}


def _filled(text: str) -> str:
    for name, longest in _LONGEST.items():
        text = text.replace(f"${{{name}}}", longest)
    while "${" in text:
        before, _, after = text.partition("${")
        text = before + _REFERENCE + after.partition("}")[2]
    return text


def expanded(template: Template) -> dict[str, Any]:
    """The template as SAM's transform leaves it."""
    # Not while tests are collected: it makes the grammars of jsonschema.
    from samtranslator.parser.parser import Parser
    from samtranslator.translator.translator import Translator

    copy = json.loads(json.dumps(template))
    for _, function in _of_type(copy, "AWS::Serverless::Function"):
        function["CodeUri"] = "s3://bucket/key"
    anywhere = boto3.Session(region_name="eu-west-1")
    expanded: dict[str, Any] = Translator({}, Parser(), boto_session=anywhere).translate(copy, {})
    return expanded


if __name__ == "__main__":
    TARGET.write_text(render(measured(packaged())), encoding="utf-8")
